import fc from 'fast-check';
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify';
import { expect, inject, test } from 'vitest';

import { requestsAnywhere, requestsOf } from '../../../test/arbitrary-requests.ts';
import { decode } from '../../../test/checked-answers.ts';
import { describeOnEachDatabase } from '../../../test/databases.ts';
import { answerOf } from '../../../test/example-answers.ts';
import { openExampleApi, serveExamples } from '../../../test/example-catalogue.ts';
import { openFingerprint, type Fingerprint } from '../../../test/fingerprint.ts';
import { findOperation } from './find-operation.ts';
import { EXAMPLES } from './load-examples.ts';

// The routes are those of the API reference, so a new one is among them by itself; its examples lead the way in.

const DOCUMENT = inject('apiDocument');

const READING = Object.entries(DOCUMENT.paths).flatMap(([template, { get }]) =>
  get === undefined ? [] : [{ template, method: 'get', operation: get }],
);

const WRITING = EXAMPLES.filter(({ request }) => request.method !== 'GET');

/** What writes nothing that people enter. */
const WITHOUT_JOURNAL = ['POST /sources/{name}/sync'];

const RUNS_OF_READING = 15;

/** Of each example. */
const RUNS_OF_WRITING = 60;

const RUNS_ANYWHERE = 200;

/** There are many routes, and there may be much else to do. */
const LONGEST_MS = 240_000;

/** No fault of ours, and what is wrong is named. That it is what the API reference says is seen to everywhere. */
function judge(request: InjectOptions, answer: LightMyRequestResponse): void {
  expect(answer.statusCode).toBeLessThan(500);
  expect(answer.headers['x-request-id']).toBeDefined();
  if (answer.statusCode < 400 || request.method === 'HEAD') return;
  expect(answer.headers['content-type']).toBe('application/problem+json');
  // A long one is compressed, where the request takes that.
  const encoding = answer.headers['content-encoding'];
  const text = decode(answer.rawPayload, typeof encoding === 'string' ? encoding : null);
  const problem = JSON.parse(text) as { status: number; instance: string; errors: { field: string }[] };
  expect(problem).toMatchObject({ status: answer.statusCode, instance: answer.headers['x-request-id'] });
  if (![401, 403].includes(answer.statusCode)) expect(problem.errors[0]?.field).toMatch(/[^]/);
}

/** How many rows the journal has more than before. */
function growth(before: Fingerprint, after: Fingerprint): number {
  return (after.journal?.rows ?? 0) - (before.journal?.rows ?? 0);
}

describeOnEachDatabase('any request', (open) => {
  async function served() {
    const { db } = await open();
    await serveExamples(db);
    return { api: await openExampleApi(db), fingerprint: await openFingerprint(db) };
  }

  test(
    'that reads is answered without a fault of ours, and writes nothing',
    async () => {
      const { api, fingerprint } = await served();
      const before = await fingerprint();
      for (const operation of READING) {
        const requests = requestsOf(DOCUMENT, operation);
        await fc.assert(
          fc.asyncProperty(requests, async (request) => {
            judge(request, await api.inject(request));
          }),
          { numRuns: RUNS_OF_READING },
        );
      }
      expect(await fingerprint()).toEqual(before);
    },
    LONGEST_MS,
  );

  test('to an address that there may not be is answered without a fault of ours', async () => {
    const { api } = await served();
    await fc.assert(
      fc.asyncProperty(requestsAnywhere(DOCUMENT), async (request) => {
        judge(request, await api.inject(request));
      }),
      { numRuns: RUNS_ANYWHERE },
    );
  });

  test(
    'that writes is written whole, with one entry in the journal, or not at all',
    async () => {
      const { api, fingerprint } = await served();
      const accepted = new Set<string>();
      const keys = new Set<unknown>();
      for (const example of EXAMPLES) {
        if (WRITING.includes(example)) await writeAnything(api, fingerprint, example, { accepted, keys });
        // What comes after it is written upon what it has written.
        await answerOf(api, example);
        keys.add(example.request.headers?.['idempotency-key']);
      }
      expect([...accepted].sort()).toEqual([...new Set(WRITING.map(nameOf))].sort());
    },
    LONGEST_MS,
  );
});

type WritingExample = (typeof WRITING)[number];

function nameOf({ request: { method, url } }: WritingExample): string {
  return `${method} ${findOperation(DOCUMENT, method, url)?.template ?? url}`;
}

/**
 * Sends requests like the example; adds its operation to `accepted` where one of them was, and to `keys` those that were written
 * under.
 */
async function writeAnything(
  api: FastifyInstance,
  fingerprint: () => Promise<Fingerprint>,
  example: WritingExample,
  { accepted, keys }: { readonly accepted: Set<string>; readonly keys: Set<unknown> },
): Promise<void> {
  const { method, url } = example.request;
  const found = findOperation(DOCUMENT, method, url);
  if (found === null) throw new Error(`${example.name} is of no operation.`);
  const name = nameOf(example);
  let before = await fingerprint();
  await fc.assert(
    fc.asyncProperty(requestsOf(DOCUMENT, { ...found, method }, example), async (request) => {
      const answer = await api.inject(request);
      judge(request, answer);
      const after = await fingerprint();
      const key = request.headers?.['idempotency-key'];
      const isRepeat = keys.has(key);
      // What is elsewhere is not written, but said to be there.
      const isAccepted = answer.statusCode < 300;
      if (isAccepted) {
        accepted.add(name);
        if (key !== undefined) keys.add(key);
      }
      // A repeat may be given the answer that it had before.
      const isWritten = isAccepted && !WITHOUT_JOURNAL.includes(name);
      if (isWritten && !(isRepeat && growth(before, after) === 0)) expect(growth(before, after)).toBe(1);
      else expect(after).toEqual(before);
      before = after;
    }),
    { numRuns: RUNS_OF_WRITING },
  );
}
