import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';

import { ERRORS, FilmbaseError, type ErrorCode } from '../../../model/errors.ts';
import { noQuery, problemResponse } from '../api-schemas.ts';
import { sendJson } from '../send-json.ts';

const problemPageSchema = z.strictObject({
  type: z.string(),
  code: z.string(),
  title: z.string(),
  status: z.int(),
  mend: z.string().describe('What to do about it.'),
});

/** `GET /problems/{code}`: what an error means, and what to do about it. */
export function problemPages(app: FastifyInstance): void {
  app.withTypeProvider<ZodTypeProvider>().route({
    method: ['GET', 'HEAD'],
    url: '/problems/:code',
    schema: {
      summary: 'What a problem means, and what to do about it',
      tags: ['reference'],
      params: z.strictObject({ code: z.string() }),
      querystring: noQuery,
      response: { 200: problemPageSchema, ...problemResponse },
    },
    handler: (request, reply) => {
      const { code } = request.params;
      if (!isErrorCode(code)) throw notFound(code);
      const { title, status, mend } = ERRORS[code];
      sendJson(request, reply, JSON.stringify({ type: `/problems/${code}`, code, title, status, mend }));
    },
  });
}

function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(ERRORS, code);
}

function notFound(code: string): FilmbaseError {
  return new FilmbaseError('not_found', `No problem has the code ${code}.`, {
    fields: [{ field: 'code', message: `must be one of ${Object.keys(ERRORS).join(', ')}` }],
  });
}
