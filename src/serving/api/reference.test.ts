import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { FastifyInstance } from 'fastify';
import { describe, expect, inject, test } from 'vitest';

import { openTestApi } from '../../../test/api.ts';
import { within } from '../../../test/conformance.ts';
import { describeOnPglite } from '../../../test/databases.ts';
import { ERRORS } from '../../model/errors.ts';
import type { ApiDocument } from './api-document.ts';

// That what is answered is what it says is seen to by every test: see test/conformance.ts.

describe('the API reference', () => {
  const document = inject('apiDocument');

  test('is OpenAPI 3.1, without a schema that leads nowhere, and with problems at every route', () => {
    expect(document.openapi).toBe('3.1.0');
    const ajv = new Ajv2020({ strict: false });
    addFormats.default(ajv);
    ajv.addSchema({ $id: 'reference', components: document.components });
    for (const [path, operations] of Object.entries(document.paths)) {
      for (const { parameters = [], requestBody, responses } of Object.values(operations)) {
        expect([path, Object.keys(responses)]).toEqual([path, expect.arrayContaining(['default'])]);
        const contents = [requestBody, ...Object.values(responses)].flatMap((part) =>
          Object.values(part?.content ?? {}),
        );
        for (const { schema } of [...parameters, ...contents])
          expect(() => ajv.compile(within(schema))).not.toThrow();
      }
    }
  });

  test('has the parameters of a list with their limits, and what is to be said of them', () => {
    const parameters = document.paths['/movies']?.get?.parameters ?? [];
    const of = (name: string) => parameters.find((parameter) => parameter.name === name);
    expect(of('limit')).toMatchObject({
      description: 'Most items of the page. Default: 20.',
      schema: { type: 'integer', minimum: 1, maximum: 100 },
    });
    expect(of('rating_gt')?.schema).toMatchObject({ type: 'number', minimum: 0, maximum: 10 });
    expect(of('genre')?.schema).toMatchObject({ type: 'array', items: { type: 'string' } });
  });

  test('has the merge patch of a film, in which each value may be null', () => {
    const content = document.paths['/movies/{id}']?.patch?.requestBody?.content ?? {};
    expect(Object.keys(content)).toEqual(['application/json', 'application/merge-patch+json']);
    const schema = content['application/merge-patch+json']?.schema ?? {};
    const validate = new Ajv2020({ strict: false, validateFormats: false }).compile(schema);
    const patches = [{ year: null, genres: ['War'] }, { year: 'x' }, { imdbId: 'tt0133093' }, { genres: [] }];
    expect(patches.map((patch) => validate(patch))).toEqual([true, false, false, false]);
  });

  test('has no operation twice, no schema for nothing, and words for every answer', () => {
    const text = JSON.stringify(document.paths) + JSON.stringify(document.components);
    const idle = Object.keys(document.components.schemas).filter(
      (name) => !text.includes(`"#/components/schemas/${name}"`),
    );
    const methods = new Set(Object.values(document.paths).flatMap((operations) => Object.keys(operations)));
    expect(idle).toEqual([]);
    expect(methods).not.toContain('head');
    expect(text).not.toContain('Default Response');
  });
});

describeOnPglite('the API reference of an API', (open) => {
  async function served(): Promise<FastifyInstance> {
    return openTestApi((await open()).db);
  }

  test('is what answers are held against', async () => {
    const api = await served();
    const { paths, components } = (await api.inject('/openapi.json')).json<ApiDocument>();
    expect({ paths, components }).toEqual({
      paths: inject('apiDocument').paths,
      components: inject('apiDocument').components,
    });
  });

  test('has a page for every error of the table', async () => {
    const api = await served();
    for (const [code, { title, mend }] of Object.entries(ERRORS)) {
      expect((await api.inject(`/problems/${code}`)).json()).toMatchObject({ code, title, mend });
    }
    expect((await api.inject('/problems/toString')).statusCode).toBe(404);
  });

  test('is shown at /docs, every operation with its parameters', async () => {
    const api = await served();
    const page = await api.inject({ url: '/docs', headers: { accept: 'text/html' } });
    expect([page.statusCode, page.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
    const { paths } = inject('apiDocument');
    const operations = Object.entries(paths).flatMap(([path, of]) =>
      Object.keys(of).map((method) => `<code>${method.toUpperCase()} ${path}</code>`),
    );
    expect(operations.filter((operation) => !page.body.includes(operation))).toEqual([]);
    expect(page.body).toContain('<code>rating_gt</code>');
    expect((await api.inject('/docs')).json()).toEqual((await api.inject('/openapi.json')).json());
  });
});
