import { describe, expect, inject, it } from 'vitest';

import { openSimulator } from '../samples/simulators/simulator.ts';
import { Metrics } from '../src/model/metrics.ts';
import { openTestApi } from './api.ts';
import { noteAnswer, takeViolations } from './checked-answers.ts';
import { openConformance, type GivenAnswer } from './conformance.ts';
import { describeOnPglite } from './databases.ts';

const conformance = openConformance(inject('apiDocument'));

function given(answer: Partial<GivenAnswer>): GivenAnswer {
  return {
    method: 'GET',
    url: '/genres',
    status: 200,
    contentType: 'application/json; charset=utf-8',
    body: '{"data":[{"name":"Drama","films":1}]}',
    ...answer,
  };
}

const problem = JSON.stringify({
  type: '/problems/not_found',
  title: 'There is nothing at this address.',
  status: 404,
  detail: 'There is nothing here.',
  instance: 'x-1',
  errors: [],
});

const refused: Partial<GivenAnswer> = { status: 404, contentType: 'application/problem+json', body: problem };

describe('an answer', () => {
  it.each([
    ['is what the document says', {}],
    ['is of a path with a parameter, and refused', { url: '/movies/tt1', ...refused }],
    ['has an ending that asks for JSON', { url: '/genres.json' }],
    [
      'has an ending that asks for CSV',
      { url: '/reports/genre-budget.csv', contentType: 'text/csv', body: 'a' },
    ],
    ['is to HEAD, without a body', { method: 'HEAD', body: '' }],
    ['says that nothing has changed', { status: 304, contentType: null, body: '' }],
    ['leads elsewhere', { url: '/movies/tt1', status: 308, contentType: null, body: '' }],
    ['is to a preflight', { method: 'OPTIONS', status: 204, contentType: null, body: '' }],
    ['is of no address, and refused', { url: '/nowhere', ...refused }],
    ['is a page', { contentType: 'text/html', body: '<!doctype html>\n<html></body></html>' }],
  ])('that %s is right', (_what, answer) => {
    expect(conformance(given(answer))).toEqual([]);
  });

  it.each([
    ['has a body of another shape', { body: '{"data":[{"name":"Drama"}]}' }, /required property 'films'/],
    ['has a field too many', { body: '{"data":[],"more":1}' }, /must NOT have additional properties/],
    ['is no JSON', { body: '{' }, /says that it is application\/json, and is not/],
    ['has another type', { contentType: 'text/html' }, /has the type "text\/html"/],
    ['has no type', { contentType: null }, /has the type ""/],
    ['has a status that is not documented', { status: 202 }, /may not have the status 202/],
    ['leads elsewhere where nothing does', { status: 308, body: '' }, /may not have the status 308/],
    ['is of no address', { url: '/nowhere' }, /is of no operation/],
    ['is of a method that is not documented', { method: 'PUT' }, /is of no operation/],
    ['refuses without a problem document', { status: 404, body: '{}' }, /has the type "application\/json"/],
    [
      'refuses with half a problem document',
      { ...refused, body: '{"status":404}' },
      /required property 'type'/,
    ],
    [
      'is a page with a script in it',
      { contentType: 'text/html', body: '<!doctype html><script></script></body></html>' },
      /has a script in it/,
    ],
    ['has a body where nothing has changed', { status: 304 }, /has a body/],
    ['has a body for HEAD', { method: 'HEAD' }, /has a body/],
  ])('that %s is wrong', (_what, answer, fault) => {
    expect(conformance(given(answer))).toEqual([expect.stringMatching(fault)]);
  });
});

describe('a wrong answer that a test was given', () => {
  it('is kept until it is asked for, and named with its request', async () => {
    noteAnswer(given({ body: '[]' }));
    expect(await takeViolations()).toEqual(['GET /genres: the answer (200) body must be object']);
    expect(await takeViolations()).toEqual([]);
  });

  it('is noted where fetch got it from a Filmbase, and not where a provider gave it', async () => {
    for (const headers of [{ 'x-request-id': 'x-1' }, { 'x-provider': '1' }]) {
      const server = await openSimulator(() => ({ headers, json: [] }));
      await fetch(`${server.url}/genres`);
      await server.close();
    }
    expect(await takeViolations()).toEqual(['GET /genres: the answer (200) body must be object']);
  });
});

describeOnPglite('a wrong answer of an API', (open) => {
  it('is noted', async () => {
    const metrics = new Metrics();
    Object.defineProperty(metrics, 'contentType', { value: 'text/html' });
    const api = await openTestApi((await open()).db, { metrics });
    await api.inject('/metrics');
    await api.close();
    expect(await takeViolations()).toEqual([
      expect.stringMatching(/^GET \/metrics: .* has the type "text\/html"/),
    ]);
  });
});
