import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { isDeep } from '../../lib/is-deep.ts';
import type { ClientOptions, JsonAnswer, JsonClient } from '../../lib/outgoing/json-client.ts';
import { RequestError } from '../../lib/outgoing/request-error.ts';
import { FilmbaseError } from '../../model/errors.ts';
import type { RawFile, ReadRequest, SourceWorld } from '../../model/source.ts';
import { addressBelow, refuseSecrets, takeFromBefore } from '../raw-files.ts';
import { LISTS, invalid, listOf, openDocuments, pageFile, parseDocument } from './documents.ts';
import type { ListName } from './documents.ts';
import { keepBytes } from './keep-bytes.ts';

/** Short, so that both lists of a provider that hangs once each are read, or given up, within a run's 12 s. */
const LIMITS: Partial<ClientOptions> = {
  connectMs: 1_500,
  headersMs: 2_000,
  attemptMs: 2_500,
  attempts: 2,
  longestWaitMs: 1_000,
  breakMs: 10_000,
};

/** The most records of a page that the provider gives: https://ghibliapi.vercel.app/#tag/Films */
const PAGE_RECORDS = 250;

/** Far more than the provider has; a list of more does not end. */
const PAGES_MOST = 100;

/**
 * Fetches every page of every list below `base`; a page that the provider says is unchanged is taken from the run before.
 * Errors: `source_unreachable`, `answer_invalid`, `setting_invalid` (a secret in the address).
 */
export async function readAddress(
  request: ReadRequest<unknown>,
  world: SourceWorld,
  base: string,
): Promise<RawFile[]> {
  refuseSecrets('ghibli', base);
  const client = world.jsonClient('ghibli', LIMITS);
  const files: RawFile[] = [];
  for (const list of LISTS) files.push(...(await readList({ request, world, client, base, list })));
  await refuseLossOfPeople(request, files, base);
  return files;
}

/** People may be missing from the start; where there were some, a provider that breaks must not take them away. */
async function refuseLossOfPeople(
  { before, beforeFolder, into }: ReadRequest<unknown>,
  files: readonly RawFile[],
  base: string,
): Promise<void> {
  if (beforeFolder === null || (await countPeople(files, into)) > 0) return;
  // Its files may have been removed meanwhile: then nobody knows.
  if ((await countPeople(before, beforeFolder).catch(noneIfMissing)) > 0)
    throw invalid(`${base} has no people, where the run before had some.`);
}

function noneIfMissing(error: unknown): number {
  if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 0;
  throw error;
}

async function countPeople(files: readonly RawFile[], rawFolder: string): Promise<number> {
  const documents = await openDocuments({ files, rawFolder });
  return documents.reduce((sum, { people }) => sum + people.length, 0);
}

interface Reading {
  readonly request: ReadRequest<unknown>;
  readonly world: SourceWorld;
  readonly client: JsonClient;
  readonly base: string;
  readonly list: ListName;
}

/** Its pages until one is not full. */
async function readList(reading: Reading): Promise<RawFile[]> {
  const { world, list } = reading;
  const files: RawFile[] = [];
  const seen = new Set<string>();
  for (let page = 1; ; page++) {
    const { file, records } = await readPage(reading, page);
    files.push(file);
    if (list === 'films' && page === 1 && records.length === 0) throw invalid(`${file.from} has no film.`);
    refuseRepeats(file, records, seen);
    world.progress({ label: list, done: seen.size, total: null, unit: 'rows' });
    if (records.length < PAGE_RECORDS) return files;
    if (page === PAGES_MOST) throw invalid(`${file.from} is full, as are the ${page - 1} pages before it.`);
  }
}

/** A server that does not page would give the same again, and what lies beyond would be dropped in silence. */
function refuseRepeats({ from }: RawFile, records: readonly unknown[], seen: Set<string>): void {
  // A record that is nested too deeply is rejected once it is claimed.
  const texts = records.map((record) => (isDeep(record) ? 'deep' : JSON.stringify(record)));
  if (seen.size > 0 && texts.length > 0 && texts.every((text) => seen.has(text)))
    throw invalid(`${from} only repeats the pages before it, so the rest cannot be read.`);
  for (const text of texts) seen.add(text);
}

interface ReadPage {
  readonly file: RawFile;
  readonly records: readonly unknown[];
}

async function readPage(reading: Reading, page: number): Promise<ReadPage> {
  const { request, base, list } = reading;
  const name = pageFile(list, page);
  const query = `limit=${PAGE_RECORDS}${page === 1 ? '' : `&page=${page}`}`;
  const url = addressBelow(base, `${list}?${query}`);
  const known = await pageBefore(request, name, url);
  const answer = await ask(reading, url, known?.file ?? null);
  if (answer.state === 'unchanged') {
    if (known === null) throw invalid(`${url} answered that a page unknown here is unchanged.`);
    await takeFromBefore(request, known.file);
    return known;
  }
  const { json, text, etag, lastModified } = answer;
  const records = listOf(json, url);
  const file = await keepBytes(request, name, Buffer.from(text), { from: url, etag, lastModified });
  return { file, records };
}

/** The page of the run before; null if there is none, or it came from elsewhere. */
async function pageBefore(
  { before, beforeFolder }: ReadRequest<unknown>,
  name: string,
  url: string,
): Promise<ReadPage | null> {
  const file = before.find((one) => one.name === name && one.from === url);
  if (file === undefined || beforeFolder === null) return null;
  // It may have been removed meanwhile: then the page is asked for anew.
  const text = await readFile(join(beforeFolder, name), 'utf8').catch(() => null);
  return text === null ? null : { file, records: listOf(parseDocument(text, name), name) };
}

async function ask({ client, world }: Reading, url: string, known: RawFile | null): Promise<JsonAnswer> {
  try {
    return await client.get({ url, known, signal: world.signal });
  } catch (error) {
    if (!(error instanceof RequestError)) throw error;
    const isAnswer = error.failure === 'not_json' || error.failure === 'too_large';
    const code = isAnswer ? 'answer_invalid' : 'source_unreachable';
    throw new FilmbaseError(code, error.message, { cause: error });
  }
}
