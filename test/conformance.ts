import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

import type { ApiDocument, OperationAnswer } from '../src/serving/api/api-document.ts';
import { pageFaults } from './page-faults.ts';
import { findOperation, withoutEnding } from '../src/serving/api/find-operation.ts';

/** An answer as it was given. */
export interface GivenAnswer {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  readonly status: number;
  /** The header of the answer; null without one. */
  readonly contentType: string | null;
  /** Decoded; empty without one. */
  readonly body: string;
}

/** What is wrong with an answer by the API reference, in sentences; none where all is right. */
export type Conformance = (answer: GivenAnswer) => string[];

/**
 * Addresses that the document leaves out: itself, and what pages load and send. What they refuse is a problem document, as everywhere.
 */
const OUTSIDE = [
  /^\/openapi\.json($|\?)/,
  /^\/docs($|[/?])/,
  /^\/assets\//,
  /^\/theme$/,
  /\/comments\/form$/,
];

/** Statuses that HTTP gives no body: no content, not modified, and the redirect to another id. */
const WITHOUT_BODY = [204, 304, 308];

/** The answers that HTTP itself has: to OPTIONS, and to whoever has the body already. */
const OF_HTTP: Readonly<Record<string, readonly number[]>> = { OPTIONS: [204], GET: [304], HEAD: [304] };

export function openConformance(document: ApiDocument): Conformance {
  const validate = openValidator(document);
  const problem = anyProblem(document);
  return (answer) => {
    const { method, url, status } = answer;
    if (isPage(answer)) return pageFaultsOf(answer);
    if (status < 400 && OUTSIDE.some((address) => address.test(withoutEnding(url)))) return [];
    if (OF_HTTP[method]?.includes(status) === true) return bodyless(answer);
    const found = findOperation(document, method, url);
    const response = found === null ? undefined : responseOf(found.operation.responses, status);
    if (response !== undefined) return checkBody(validate, answer, response);
    if (status >= 400) return checkBody(validate, answer, problem);
    const what = found === null ? 'is of no operation of the document' : `may not have the status ${status}`;
    return [sentence(answer, what)];
  };
}

/** Whether it is a page for people. */
function isPage({ method, contentType, body }: GivenAnswer): boolean {
  const isHtml = contentType?.startsWith('text/html') === true;
  return isHtml && (method === 'HEAD' || body.startsWith('<!doctype html>'));
}

/** Pages stand at the addresses of the document, which says nothing of them. */
function pageFaultsOf(answer: GivenAnswer): string[] {
  if (answer.method === 'HEAD') return bodyless(answer);
  return pageFaults(answer.body).map((fault) => sentence(answer, fault));
}

/** `default` stands for what is refused or fails; what works has a status of its own. */
function responseOf(responses: Record<string, OperationAnswer>, status: number): OperationAnswer | undefined {
  return responses[status] ?? (status >= 400 ? responses.default : undefined);
}

/** What any address may answer that is none. */
function anyProblem({ components }: ApiDocument): OperationAnswer {
  if (components.schemas.Problem === undefined) throw new Error('The document has no schema Problem.');
  const schema = { $ref: '#/components/schemas/Problem' };
  return { description: '', content: { 'application/problem+json': { schema } } };
}

type Validate = (schema: object, value: unknown) => string | null;

function checkBody(validate: Validate, answer: GivenAnswer, { content }: OperationAnswer): string[] {
  if (content === undefined || WITHOUT_BODY.includes(answer.status)) return bodyless(answer);
  const type = (answer.contentType ?? '').split(';')[0] ?? '';
  const schema = content[type]?.schema;
  if (schema === undefined) {
    return [sentence(answer, `has the type "${type}"; documented: ${Object.keys(content).join(', ')}`)];
  }
  if (answer.method === 'HEAD') return bodyless(answer);
  const value = valueOf(type, answer.body);
  if (value === undefined)
    return [sentence(answer, `says that it is ${type}, and is not: ${answer.body.slice(0, 200)}`)];
  const fault = validate(schema, value);
  return fault === null ? [] : [sentence(answer, fault)];
}

function bodyless(answer: GivenAnswer): string[] {
  return answer.body === '' ? [] : [sentence(answer, `has a body: ${answer.body.slice(0, 200)}`)];
}

/** Undefined where the text is not what its type says. */
function valueOf(type: string, body: string): unknown {
  if (!/\bjson$/.test(type)) return body;
  try {
    return JSON.parse(body) as unknown;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function sentence({ method, url, status }: GivenAnswer, what: string): string {
  return `${method} ${url}: the answer (${status}) ${what}`;
}

/** Gives what is wrong with a value by a schema of the document, or null. */
function openValidator({ components }: ApiDocument): Validate {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats.default(ajv);
  ajv.addSchema({ $id: 'reference', components });
  const compiled = new Map<object, ValidateFunction>();
  return (schema, value) => {
    const check = compiled.get(schema) ?? ajv.compile(within(schema));
    compiled.set(schema, check);
    return check(value) ? null : ajv.errorsText(check.errors, { dataVar: 'body' });
  };
}

/** The schema with its references into the document. */
export function within(schema: object): object {
  return JSON.parse(JSON.stringify(schema).replaceAll('"#/components/', '"reference#/components/')) as object;
}
