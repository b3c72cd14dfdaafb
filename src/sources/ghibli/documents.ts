import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { FilmbaseError } from '../../model/errors.ts';
import type { ClaimRequest } from '../../model/source.ts';

/** The lists of the provider that are read. */
export const LISTS = ['films', 'people'] as const;

export type ListName = (typeof LISTS)[number];

/** The raw file of a page of a list; pages count from 1. */
export function pageFile(list: ListName, page: number): string {
  return page === 1 ? `${list}.json` : `${list}-${page}.json`;
}

/** The raw file of one object that holds every list. */
export const WHOLE_FILE = 'data.json';

/** What one raw file holds. */
export interface RawDocument extends Readonly<Record<ListName, readonly unknown[]>> {
  readonly file: string;
  /** Records of other lists, such as locations. */
  readonly others: number;
}

/** The lists of the object in `json`. Errors: `answer_invalid`, also where there is no film. */
export function wholeDocument(json: unknown, from: string): RawDocument {
  if (typeof json !== 'object' || json === null) throw invalid(`${from} is no object with films and people.`);
  const lists = json as Readonly<Record<string, unknown>>;
  const films = listOf(lists.films, `films of ${from}`);
  const people = listOf(lists.people, `people of ${from}`);
  if (films.length === 0) throw invalid(`${from} has no film.`);
  const others = Object.entries(lists)
    .filter(([name]) => !(LISTS as readonly string[]).includes(name))
    .reduce((sum, [, list]) => sum + (Array.isArray(list) ? list.length : 0), 0);
  return { file: WHOLE_FILE, films, people, others };
}

/** `json` as a list of records. Errors: `answer_invalid`. */
export function listOf(json: unknown, what: string): readonly unknown[] {
  if (Array.isArray(json)) return json;
  throw invalid(`${what}: no list.`);
}

export function parseDocument(text: string, what: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw invalid(`${what} is no JSON.`, error);
  }
}

/** What the raw files hold, in their order: films first. */
export async function openDocuments({
  files,
  rawFolder,
}: Pick<ClaimRequest<unknown>, 'files' | 'rawFolder'>): Promise<RawDocument[]> {
  const documents: RawDocument[] = [];
  for (const { name } of files) {
    const json = parseDocument(await readFile(join(rawFolder, name), 'utf8'), name);
    const list = LISTS.find((one) => name.startsWith(one));
    if (name === WHOLE_FILE || list === undefined) documents.push(wholeDocument(json, name));
    else documents.push({ file: name, films: [], people: [], others: 0, [list]: listOf(json, name) });
  }
  return documents;
}

export function invalid(message: string, cause?: unknown): FilmbaseError {
  return new FilmbaseError('answer_invalid', message, cause === undefined ? {} : { cause });
}
