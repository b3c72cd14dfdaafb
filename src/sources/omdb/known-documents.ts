import { join } from 'node:path';

import { readDocumentLines } from './document-lines.ts';
import { parseDocument } from './omdb-document.ts';
import type { OmdbDocument } from './omdb-document.ts';
import { asksForSeason } from './omdb-request.ts';
import { isKnowledge } from './provider-error.ts';

/** When a request was last answered, and the answer where it is needed to ask further. */
interface Known {
  readonly requestedAt: number;
  readonly text: string | null;
}

/** What has been asked, in this run or before. Holds no texts but those of series and seasons. */
export class KnownDocuments {
  readonly #known = new Map<string, Known>();
  readonly #series: ReadonlySet<string>;

  /** `series` are the requests whose answers are needed to ask further. */
  constructor(series: readonly string[]) {
    this.#series = new Set(series);
  }

  /** An answer that is a passing error is not known by it; recorded answers may hold such. */
  add({ request, requestedAt, text }: OmdbDocument): void {
    if (!isKnowledge(text)) return;
    const at = Date.parse(requestedAt);
    if ((this.#known.get(request)?.requestedAt ?? Number.NEGATIVE_INFINITY) > at) return;
    const isNeeded = this.#series.has(request) || asksForSeason(request);
    this.#known.set(request, { requestedAt: at, text: isNeeded ? text : null });
  }

  has(request: string): boolean {
    return this.#known.has(request);
  }

  /** Whether the latest answer came before `time`. */
  isOlder(request: string, time: number): boolean {
    const known = this.#known.get(request);
    return known !== undefined && known.requestedAt < time;
  }

  /** The latest answer of a series or a season; null where there is none. */
  textOf(request: string): string | null {
    return this.#known.get(request)?.text ?? null;
  }
}

/** Every line of the raw files `names` in `folder`, with its document; null for what is none. */
export async function* readDocuments(
  folder: string,
  names: readonly string[],
): AsyncGenerator<{ file: string; line: number; text: string; document: OmdbDocument | null }> {
  for (const file of names)
    for await (const { line, text } of readDocumentLines(join(folder, file)))
      yield { file, line, text, document: parseDocument(text) };
}
