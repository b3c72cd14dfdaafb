import { readdirSync, readFileSync } from 'node:fs';

import type { DocumentExample } from './api-document.ts';

/** A request as a client sends it, and the answer that it gets from the catalogue of `test/example-catalogue.ts`. */
export interface ApiExample extends DocumentExample {
  readonly answer: DocumentExample['answer'] & {
    /** The document, or the text where the answer is none; absent where there is no body. */
    readonly body?: unknown;
  };
}

const FOLDER = new URL('./examples/', import.meta.url);

/** The examples by their files, which lie in `examples/`; those of a file are run one after the other. */
export const EXAMPLE_FILES: ReadonlyMap<string, readonly ApiExample[]> = new Map(
  readdirSync(FOLDER)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => [name, JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8')) as ApiExample[]]),
);

export const EXAMPLES: readonly ApiExample[] = [...EXAMPLE_FILES.values()].flat();
