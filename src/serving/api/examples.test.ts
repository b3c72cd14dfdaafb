import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';

import { describeOnEachDatabase } from '../../../test/databases.ts';
import { exampleFile, renderAnswered } from '../../../test/example-answers.ts';
import { openExampleApi, openExampleReports, serveExamples } from '../../../test/example-catalogue.ts';
import type { ReportLab } from '../../../test/reported-films.ts';
import type { Operation } from './api-document.ts';
import { findOperation } from './find-operation.ts';
import { EXAMPLE_FILES, EXAMPLES, type ApiExample } from './load-examples.ts';

// After a deliberate change `npx vitest run src/serving/api/examples -u` writes the answers as they are now.

type ExampleFile = readonly [name: string, examples: readonly ApiExample[]];

let reports: ReportLab;

beforeAll(async () => {
  reports = await openExampleReports();
});

afterAll(async () => {
  await reports.close();
});

/** Files of which an example writes have a catalogue each; the others share one. */
const isWriting = ([, examples]: ExampleFile) => examples.some(({ request }) => request.method !== 'GET');
const FILES = [...EXAMPLE_FILES];
const GROUPS = [...FILES.filter(isWriting).map((file) => [file]), FILES.filter((file) => !isWriting(file))];

describeOnEachDatabase('the examples', (open) => {
  it.each(GROUPS.map((files) => [files.map(([name]) => name).join(', '), files] as const))(
    'of %s are answered as they say',
    async (_names, files) => {
      const { db } = await open();
      await serveExamples(db, reports);
      const api = await openExampleApi(db);
      for (const [name, examples] of files)
        await expect(await renderAnswered(api, name, examples)).toMatchFileSnapshot(exampleFile(name));
      await api.close();
    },
  );
});

describe('the API reference', () => {
  const document = inject('apiDocument');
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      name: `${method.toUpperCase()} ${path}`,
      operation,
      isWriting: method !== 'get',
    })),
  );
  const examplesOf = (operation: Operation) =>
    EXAMPLES.filter(
      ({ request }) => findOperation(document, request.method, request.url)?.operation === operation,
    );
  const without = (has: (status: number) => boolean, among = operations) =>
    among
      .filter(({ operation }) => !examplesOf(operation).some(({ answer }) => has(answer.status)))
      .map(({ name }) => name);

  it('has an example of every operation', () => {
    expect(without((status) => status < 400)).toEqual([]);
  });

  it('has an example of how each operation that writes refuses', () => {
    const writing = operations.filter(({ isWriting }) => isWriting);
    expect(writing.length).toBeGreaterThan(0);
    expect(without((status) => status >= 400, writing)).toEqual([]);
  });

  it('names no two examples alike', () => {
    const names = EXAMPLES.map(({ name }) => name);
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
  });

  it('has each example whole: its request, and its answer by its name', () => {
    for (const { name, summary, request, answer } of EXAMPLES) {
      const operation = findOperation(document, request.method, request.url)?.operation;
      const { body, ...outcome } = answer;
      expect(operation?.['x-examples']).toContainEqual({ name, summary, request, answer: outcome });
      const response = operation?.responses[answer.status] ?? operation?.responses.default;
      const shown = Object.values(response?.content ?? {}).flatMap(
        ({ examples = {} }) => (examples[name] as { value?: unknown } | undefined) ?? [],
      );
      expect([name, ...shown.map(({ value }) => value)]).toEqual([
        name,
        ...(body === undefined ? [] : [body]),
      ]);
    }
  });
});
