import fc from 'fast-check';
import type { InjectOptions } from 'fastify';

import type { ApiDocument, Operation } from '../src/serving/api/api-document.ts';
import type { ApiExample } from '../src/serving/api/load-examples.ts';
import { BROKEN_TEXTS, HOSTILE_TEXTS } from './hostile-texts.ts';
import { schemaValues, type JsonSchema, type Schemas } from './schema-values.ts';

/** Any text, and such as has been trouble somewhere. */
const anyText = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.constantFrom('', '0', '-1', '1e9', '99999999999999999999', '%', '%00', '%ff', 'null', '[]', "'", '%25'),
  fc.constantFrom(...HOSTILE_TEXTS, ...BROKEN_TEXTS),
);

/** As it may stand in an address. */
const written = anyText.map((text) => encodeURIComponent(text.replace(/\p{Cs}/gu, '')));

const anyId = fc.oneof(
  written.filter((text) => text !== ''),
  fc.uuid(),
  fc.integer({ min: 0, max: 9_999_999 }).map((number) => `tt${String(number).padStart(7, '0')}`),
);

const headerValue = fc.oneof(
  fc.constantFrom(
    '*',
    '*/*',
    'gzip',
    'br;q=0',
    'application/json',
    'text/plain',
    'W/"x"',
    '"x"',
    ',,;q=',
    '"',
  ),
  fc.stringMatching(/^[\x21-\x7e]{0,30}$/),
);

const HEADERS = [
  'accept',
  'accept-encoding',
  'authorization',
  'content-encoding',
  'content-type',
  'idempotency-key',
  'if-match',
  'if-none-match',
  'origin',
  'x-request-id',
];

/** Requests of an operation: what the document says of it and its examples have, mixed with anything. */
export function requestsOf(
  document: ApiDocument,
  operation: { readonly template: string; readonly method: string; readonly operation: Operation },
  example: ApiExample | null = null,
): fc.Arbitrary<InjectOptions> {
  const { template, method } = operation;
  const { schemas } = document.components;
  return fc.record({
    method: fc.constant(method.toUpperCase() as 'GET'),
    url: fc
      .tuple(pathsOf(template, operation.operation, example), queriesOf(operation.operation, schemas))
      .map(join),
    headers: headersOf(operation.operation, example),
    payload: bodiesOf(operation.operation, schemas, example),
  });
}

/** The last two are of no route. */
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'QUERY'] as 'GET'[];

/** Requests of addresses that the document may not have, with any method. */
export function requestsAnywhere(document: ApiDocument): fc.Arbitrary<InjectOptions> {
  const known = Object.keys(document.paths).map((path) => path.replace(/\{\w+\}/g, 'x'));
  const start = fc.constantFrom(...known, '/openapi.json', '/docs', '/nowhere');
  const paths = fc.oneof(
    fc
      .tuple(start, fc.constantFrom('%', '%00', '//', '/..', ';', '.json', '.csv', '.html'))
      .map(([a, b]) => a + b),
    fc.tuple(start, written).map(([known, end]) => `${known}/${end}`),
    written.map((text) => `/${text}`),
  );
  return fc.record({
    method: fc.constantFrom(...METHODS),
    url: fc.tuple(paths, queriesOf({ responses: {} }, {})).map(join),
    headers: headersOf({ responses: {} }, null),
    payload: anyText,
  });
}

function join([path, query]: readonly [string, string]): string {
  return query === '' ? path : `${path}?${query}`;
}

/** Mostly that of the example, or with ids of the document's examples, so that there is something at it. */
function pathsOf(
  template: string,
  { parameters = [] }: Operation,
  example: ApiExample | null,
): fc.Arbitrary<string> {
  const idsOf = (name: string) => {
    const { examples = {} } = parameters.find((one) => one.in === 'path' && one.name === name) ?? {};
    const known = Object.values(examples).map(({ value }: { value?: unknown }) =>
      encodeURIComponent(String(value)),
    );
    return known.length === 0 ? anyId : fc.oneof(fc.constantFrom(...known), anyId);
  };
  const parts = template.split('/').map((part) => {
    const name = /^\{(.+)\}$/.exec(part)?.[1];
    return name === undefined ? fc.constant(part) : idsOf(name);
  });
  const made = fc.tuple(...parts).map((path) => path.join('/'));
  const asked = example?.request.url.split('?')[0];
  return asked === undefined ? made : fc.oneof({ weight: 3, arbitrary: fc.constant(asked) }, made);
}

function queriesOf({ parameters = [] }: Operation, schemas: Schemas): fc.Arbitrary<string> {
  const declared = parameters.filter((one) => one.in === 'query');
  const rightly = declared.map(({ name, schema }) =>
    schemaValues(schema, schemas).map((value) =>
      [value]
        .flat()
        .map((each) => `${name}=${encodeURIComponent(String(each).replace(/\p{Cs}/gu, ''))}`)
        .join('&'),
    ),
  );
  const names = fc.oneof(
    fc.constantFrom(...declared.map(({ name }) => name), '__proto__', 'constructor', 'limit'),
    written,
  );
  const wrongly = fc.tuple(names, written).map(([name, value]) => `${name}=${value}`);
  const one =
    rightly.length === 0 ? wrongly : fc.oneof({ weight: 2, arbitrary: fc.oneof(...rightly) }, wrongly);
  return fc
    .oneof({ weight: 2, arbitrary: fc.constant<string[]>([]) }, fc.array(one, { maxLength: 4 }))
    .map((pairs) => pairs.filter((pair) => pair !== '').join('&'));
}

/** Those of the example with any others, or any. */
function headersOf(
  { parameters = [] }: Operation,
  example: ApiExample | null,
): fc.Arbitrary<Record<string, string>> {
  const declared = parameters.filter((one) => one.in === 'header').map(({ name }) => name.toLowerCase());
  const any = fc.dictionary(fc.constantFrom(...HEADERS, ...declared), headerValue, { maxKeys: 4 });
  const right = { ...example?.request.headers };
  return fc.oneof(
    { weight: 2, arbitrary: fc.constant(right) },
    { weight: 2, arbitrary: any.map((some) => ({ ...some, ...right })) },
    any.map((some) => ({ ...right, ...some })),
  );
}

/** The example's body, also with one thing in it otherwise; what the schema allows, or nearly; and anything. */
function bodiesOf(
  { requestBody }: Operation,
  schemas: Schemas,
  example: ApiExample | null,
): fc.Arbitrary<string> {
  const anything = fc.oneof(fc.json(), anyText);
  const schema = Object.values(requestBody?.content ?? {})[0]?.schema;
  if (schema === undefined) return fc.oneof({ weight: 3, arbitrary: fc.constant('') }, anything);
  const allowed = schemaValues(schema, schemas).map((value) => JSON.stringify(value));
  const body = example?.request.body;
  if (body === undefined) return fc.oneof(allowed, anything);
  return fc.oneof(
    fc.constant(JSON.stringify(body)),
    { weight: 4, arbitrary: changed(body as object, schema, schemas) },
    { weight: 2, arbitrary: allowed },
    anything,
  );
}

function changed(body: object, { properties = {} }: JsonSchema, schemas: Schemas): fc.Arbitrary<string> {
  const names = [...new Set([...Object.keys(body), ...Object.keys(properties)])];
  const value = (name: string) =>
    fc.oneof(
      schemaValues(properties[name] ?? {}, schemas),
      fc.constantFrom(...HOSTILE_TEXTS, ...BROKEN_TEXTS),
      fc.jsonValue(),
    );
  const otherwise = fc
    .constantFrom(...names)
    .chain((name) => value(name).map((given) => JSON.stringify({ ...body, [name]: given })));
  const without = fc.constantFrom(...names).map((name) => JSON.stringify({ ...body, [name]: undefined }));
  const more = fc
    .tuple(fc.constantFrom('__proto__', 'constructor', 'more', '0'), fc.json())
    .map(([name, given]) => JSON.stringify(body).replace(/^\{/, `{"${name}":${given},`));
  return fc.oneof({ weight: 3, arbitrary: otherwise }, without, more);
}
