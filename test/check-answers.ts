import { afterAll, afterEach, expect } from 'vitest';

import { notingFetch, takeViolations } from './checked-answers.ts';

// For every test file, before its tests: see `checked-answers.ts`.

const { fetch } = globalThis;
globalThis.fetch = notingFetch(fetch);

afterEach(nothingIsWrong);

/** Of answers before the first test and after the last. */
afterAll(nothingIsWrong);

// The next file of this process begins with it.
afterAll(() => {
  globalThis.fetch = fetch;
});

/** Names the first; a test that asks much would bury them in its own. */
const MOST_NAMED = 10;

async function nothingIsWrong(): Promise<void> {
  const violations = await takeViolations();
  expect(violations.slice(0, MOST_NAMED), 'what is wrong with answers by the API reference').toEqual([]);
}
