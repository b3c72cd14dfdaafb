import { fileURLToPath } from 'node:url';

import type { FastifyInstance } from 'fastify';
import { format, resolveConfig } from 'prettier';

import type { ApiExample } from '../src/serving/api/load-examples.ts';

/** Headers that an example states wherever there are any; of others, such as `etag`, those that it names. */
const TELLING = [
  'content-type',
  'content-disposition',
  'location',
  'link',
  'allow',
  'www-authenticate',
  'retry-after',
];

/** The file's place on the disk. */
export function exampleFile(name: string): string {
  return fileURLToPath(new URL(`../src/serving/api/examples/${name}`, import.meta.url));
}

/** The text of the file of these examples, as it is when each is answered as `api` answers it now, one after the other. */
export async function renderAnswered(
  api: FastifyInstance,
  name: string,
  examples: readonly ApiExample[],
): Promise<string> {
  const answered: ApiExample[] = [];
  for (const example of examples) answered.push({ ...example, answer: await answerOf(api, example) });
  const filepath = exampleFile(name);
  return format(JSON.stringify(answered), { ...(await resolveConfig(filepath)), filepath });
}

/** Sends the request just as the example has it. */
export async function answerOf(
  api: FastifyInstance,
  { request, answer: stated }: ApiExample,
): Promise<ApiExample['answer']> {
  const { method, url, headers = {}, body } = request;
  const answer = await api.inject({
    method: method as 'GET',
    url,
    headers,
    ...(body !== undefined && { payload: JSON.stringify(body) }),
  });
  const named = [...TELLING, ...Object.keys(stated.headers).filter((header) => !TELLING.includes(header))];
  const given = named.flatMap((header) => {
    const value = answer.headers[header];
    return value === undefined ? [] : [[header, String(value)] as const];
  });
  return {
    status: answer.statusCode,
    headers: Object.fromEntries(given),
    ...(answer.body !== '' && { body: documentOf(answer.headers['content-type'], answer.body) }),
  };
}

function documentOf(type: unknown, body: string): unknown {
  return /\bjson\b/.test(String(type)) ? (JSON.parse(body) as unknown) : body;
}
