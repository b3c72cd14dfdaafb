import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import { expect, inject, it } from 'vitest';

import { describeOnEachDatabase } from '../../../test/databases.ts';
import { answerOf } from '../../../test/example-answers.ts';
import { openExampleApi, serveExamples } from '../../../test/example-catalogue.ts';
import { openFingerprint } from '../../../test/fingerprint.ts';
import { BROKEN_TEXTS, HOSTILE_TEXTS } from '../../../test/hostile-texts.ts';
import { fieldOf, stringFields, withField } from '../../../test/string-fields.ts';
import { findOperation } from './find-operation.ts';
import { EXAMPLE_FILES, EXAMPLES, type ApiExample } from './load-examples.ts';

// Each route that takes a body, with the body of its first example that is taken: a new route is among them by itself.

const DOCUMENT = inject('apiDocument');

/** A route that takes a body, as it is called rightly. */
interface TakingRoute {
  readonly name: string;
  readonly example: ApiExample;
  readonly schema: object;
}

const TAKING: readonly TakingRoute[] = Object.entries(DOCUMENT.paths).flatMap(([template, methods]) =>
  Object.entries(methods).flatMap(([method, operation]) => {
    const schema = operation.requestBody?.content['application/json']?.schema;
    const example = EXAMPLES.find(
      ({ request, answer }) =>
        answer.status < 400 && findOperation(DOCUMENT, request.method, request.url)?.operation === operation,
    );
    if (schema === undefined) return [];
    if (example === undefined) throw new Error(`${method} ${template} has no example that is taken.`);
    return [{ name: `${method.toUpperCase()} ${template}`, example, schema }];
  }),
);

/** Those that write and take no body, each with an example that is taken. */
const BODYLESS = EXAMPLES.filter(({ request, answer }) => {
  const operation = findOperation(DOCUMENT, request.method, request.url)?.operation;
  return request.method !== 'GET' && answer.status < 400 && operation?.requestBody === undefined;
}).map((example) => [`${example.request.method} ${example.request.url}`, example] as const);

const ROUTES = TAKING.map((route) => [route.name, route] as const);

const FIELDS = TAKING.flatMap((route) =>
  stringFields(route.schema, DOCUMENT.components.schemas).map(
    (path) => [`${route.name}: ${path.join('.')}`, route, path] as const,
  ),
);

/** Parameters of a query that are given once: the first of each operation. */
const ONCE = EXAMPLES.flatMap(({ request: { method, url, headers = {} } }) => {
  const found = findOperation(DOCUMENT, method, url);
  const parameter = found?.operation.parameters?.find(
    ({ in: place, schema }) =>
      place === 'query' && ['integer', 'string'].includes((schema as { type: string }).type),
  );
  return parameter === undefined || method !== 'GET'
    ? []
    : [{ template: found?.template ?? '', url, headers, name: parameter.name }];
}).filter(({ template }, at, all) => all.findIndex((other) => other.template === template) === at);

/** What ties a request to one body, or to one state. */
const TYING = ['idempotency-key', 'if-match'];

/** Sends another body. */
function send(api: FastifyInstance, { request }: ApiExample, payload: string, headers: object = {}) {
  const { method, url } = request;
  const rest = Object.entries({ ...request.headers }).filter(([name]) => !TYING.includes(name));
  return api.inject({
    method: method as 'POST',
    url,
    headers: { ...Object.fromEntries(rest), ...headers },
    payload,
  });
}

/** That it is shown as data, whatever is in it. */
function isHarmless({ headers }: LightMyRequestResponse): void {
  expect(headers['content-type']).toMatch(/^application\/(problem\+)?json\b/);
  expect(headers['x-content-type-options']).toBe('nosniff');
  expect(headers['content-security-policy']).toContain("default-src 'none'");
}

describeOnEachDatabase('what is hostile', (open) => {
  /** Served up to the moment before the example is sent: with what those before it in its file have written. */
  async function servedUntil(example: ApiExample) {
    const { db } = await open();
    await serveExamples(db);
    const api = await openExampleApi(db);
    const file = [...EXAMPLE_FILES.values()].find((examples) => examples.includes(example)) ?? [];
    const before = file.slice(0, file.indexOf(example)).filter(({ request }) => request.method !== 'GET');
    for (const written of before) await answerOf(api, written);
    return { api, fingerprint: await openFingerprint(db) };
  }

  it.each(ROUTES)('in a text of %s is refused, or given back as it is', async (_name, route) => {
    const { api } = await servedUntil(route.example);
    for (const [field, , path] of FIELDS.filter(([, of]) => of === route)) {
      for (const text of HOSTILE_TEXTS) {
        const body = withField(route.example.request.body, path, text);
        const answer = await send(api, route.example, JSON.stringify(body));
        isHarmless(answer);
        if (answer.statusCode >= 400) expect([field, text, answer.statusCode]).toEqual([field, text, 400]);
        else expect([field, fieldOf(answer.json(), path)]).toEqual([field, text]);
      }
    }
  });

  it.each(ROUTES)(
    'in %s as half a character, NUL, a megabyte or 10,000 levels is refused',
    async (_name, route) => {
      const { api, fingerprint } = await servedUntil(route.example);
      const before = await fingerprint();
      for (const [, , path] of FIELDS.filter(([, of]) => of === route)) {
        for (const text of BROKEN_TEXTS) {
          const body = withField(route.example.request.body, path, text);
          expect((await send(api, route.example, JSON.stringify(body))).statusCode).toBe(400);
        }
        const long = withField(route.example.request.body, path, 'x'.repeat(1_000_000));
        expect((await send(api, route.example, JSON.stringify(long))).statusCode).toBe(413);
      }
      for (const [start, end] of [
        ['[', ']'],
        ['{"a":', '}'],
      ] as const) {
        const deep = `${start.repeat(10_000)}1${end.repeat(10_000)}`;
        expect((await send(api, route.example, deep)).statusCode).toBe(400);
      }
      expect(await fingerprint()).toEqual(before);
    },
  );

  it.each(ROUTES)(
    'is a name of prototypes in %s, which is refused and changes none',
    async (_name, route) => {
      const { api, fingerprint } = await servedUntil(route.example);
      const before = await fingerprint();
      const text = JSON.stringify(route.example.request.body);
      for (const name of ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty']) {
        for (const value of ['{"polluted":true}', '{"prototype":{"polluted":true}}', 'null', '"x"']) {
          const answer = await send(api, route.example, text.replace(/^\{/, `{"${name}":${value},`));
          expect([name, value, answer.statusCode]).toEqual([name, value, 400]);
          isHarmless(answer);
        }
      }
      expect('polluted' in {}).toBe(false);
      expect(await fingerprint()).toEqual(before);
    },
  );

  it.each(ROUTES)('is another type of body for %s', async (_name, route) => {
    const { api, fingerprint } = await servedUntil(route.example);
    const before = await fingerprint();
    const form = 'title=x&year=2000';
    const multipart = '--x\r\ncontent-disposition: form-data; name="title"\r\n\r\nx\r\n--x--\r\n';
    const text = JSON.stringify(route.example.request.body);
    const statuses = [];
    for (const [type, payload] of [
      ['text/plain', text],
      ['application/x-www-form-urlencoded', form],
      ['multipart/form-data; boundary=x', multipart],
      ['application/xml', '<title>x</title>'],
      ['application/octet-stream', text],
      ['text/html', text],
    ] as const) {
      statuses.push([type, (await send(api, route.example, payload, { 'content-type': type })).statusCode]);
    }
    expect(statuses.filter(([, status]) => status !== 415)).toEqual([]);
    expect(await fingerprint()).toEqual(before);
  });

  it.each(BODYLESS)('is any body for %s, which takes none', async (_name, example) => {
    const { api } = await servedUntil(example);
    const json = await send(api, example, '{"full":true}', { 'content-type': 'application/json' });
    const text = await send(api, example, 'full', { 'content-type': 'text/plain' });
    expect([json.statusCode, text.statusCode]).toEqual([400, 415]);
    expect(json.json()).toMatchObject({ errors: [{ field: 'the body', message: 'is not taken here' }] });
  });

  it('is a parameter that is given twice, and is refused by its name', async () => {
    const { db } = await open();
    await serveExamples(db);
    const api = await openExampleApi(db);
    expect(ONCE.length).toBeGreaterThan(10);
    for (const { template, url, headers, name } of ONCE) {
      const path = url.split('?')[0] ?? url;
      const answer = await api.inject({ url: `${path}?${name}=2&${name}=2`, headers: { ...headers } });
      expect([template, answer.statusCode]).toEqual([template, 400]);
      expect(answer.json()).toMatchObject({ errors: [{ field: name }] });
    }
  });

  it('in an address is never given back as anything but data', async () => {
    const { db } = await open();
    await serveExamples(db);
    const api = await openExampleApi(db);
    for (const text of HOSTILE_TEXTS) {
      for (const template of [
        '/',
        '/movies/',
        '/problems/',
        '/reports/',
        '/movies?genre=',
        '/movies?',
        '/companies?name=',
      ]) {
        const answer = await api.inject(template + encodeURIComponent(text));
        isHarmless(answer);
        expect(answer.statusCode).toBeLessThan(500);
      }
    }
  });
});
