import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';

import { ERRORS, FilmbaseError, type ErrorCode, type FieldError } from '../../model/errors.ts';

/** Seconds after which an answer of 503, or to a request that is under way, may be another one. */
const RETRY_AFTER_SECONDS = 2;

/** Fastify's own errors that a request can cause: https://fastify.dev/docs/latest/Reference/Errors/ */
const FASTIFY_ERRORS: Readonly<Record<string, ErrorCode>> = {
  FST_ERR_BAD_URL: 'parameter_invalid',
  FST_ERR_MAX_PARAM_LENGTH: 'parameter_invalid',
  FST_ERR_CTP_BODY_TOO_LARGE: 'body_too_large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'media_type_unsupported',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'body_invalid',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'body_invalid',
  FST_ERR_CTP_INVALID_JSON_BODY: 'body_invalid',
  FST_CP_ERR_INVALID_CONTENT_ENCODING: 'media_type_unsupported',
  FST_CP_ERR_INVALID_CONTENT: 'body_invalid',
};

/** Which part of the request each code speaks of, where no field is named. */
const FIELD_OF: Partial<Record<ErrorCode, string>> = {
  parameter_invalid: 'the address',
  body_invalid: 'the body',
  body_too_large: 'the body',
  media_type_unsupported: 'content-type',
  not_acceptable: 'accept',
  precondition_failed: 'if-match',
  request_in_flight: 'idempotency-key',
  idempotency_mismatch: 'idempotency-key',
  source_not_configured: 'name',
  sync_running: 'name',
};

/** An RFC 9457 problem document. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  /** The request's id. */
  readonly instance: string;
  readonly errors: readonly FieldError[];
  readonly [extra: string]: unknown;
}

export function problemOf(error: FilmbaseError, requestId: string): Problem {
  const { title, status } = ERRORS[error.code];
  return {
    type: `/problems/${error.code}`,
    title,
    status,
    detail: status === 500 ? title : error.message,
    instance: requestId,
    errors: fieldsOf(error),
    ...error.extra,
  };
}

function fieldsOf({ code, fields, message }: FilmbaseError): readonly FieldError[] {
  const field = FIELD_OF[code];
  return fields.length === 0 && field !== undefined ? [{ field, message }] : fields;
}

/** Answers with the problem document of `error`. */
export function sendProblem(
  error: FilmbaseError,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const problem = problemOf(error, request.id);
  if (problem.status === 401) reply.header('www-authenticate', 'Bearer realm="filmbase"');
  if (problem.status === 503 || error.code === 'request_in_flight')
    reply.header('retry-after', String(RETRY_AFTER_SECONDS));
  return reply
    .code(problem.status)
    .header('cache-control', 'no-store')
    .removeHeader('etag')
    .type('application/problem+json')
    .send(Buffer.from(JSON.stringify(problem)));
}

/** The error of our table that `error`, thrown while a request was answered, stands for. */
export function errorOf(error: unknown): FilmbaseError {
  if (error instanceof FilmbaseError) return error;
  if (hasZodFastifySchemaValidationErrors(error)) return validationError(error);
  const { code, message } = error as Partial<FastifyError>;
  const known = code === undefined ? undefined : FASTIFY_ERRORS[code];
  return known === undefined
    ? new FilmbaseError('internal', ERRORS.internal.title, { cause: error })
    : new FilmbaseError(known, message ?? ERRORS[known].title, { cause: error });
}

type ValidationFailure = Pick<FastifyError, 'validationContext'> & {
  readonly validation: readonly { instancePath: string; keyword: string; message?: string; params: object }[];
};

function validationError({ validation, validationContext }: ValidationFailure): FilmbaseError {
  const inBody = validationContext === 'body';
  const fields = validation.flatMap(({ instancePath, keyword, message, params }): FieldError[] => {
    const field = instancePath.slice(1).replaceAll('/', '.') || (inBody ? 'the body' : 'the address');
    return keyword === 'unrecognized_keys'
      ? (params as { keys: string[] }).keys.map((key) =>
          unknownField(inBody && instancePath !== '/' ? `${field}.${key}` : key, inBody),
        )
      : [{ field, message: message ?? 'is not valid' }];
  });
  const words = fields.map(({ field, message }) => `${field} ${message}`).join('; ');
  return new FilmbaseError(inBody ? 'body_invalid' : 'parameter_invalid', `${words}.`, { fields });
}

/** A JSON object may have a member whose name is empty. */
function unknownField(field: string, inBody: boolean): FieldError {
  return {
    field: field === '' ? '""' : field,
    message: inBody ? 'is not a field of this' : 'is not a parameter here',
  };
}
