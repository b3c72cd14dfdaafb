import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

import { FilmbaseError } from '../../model/errors.ts';
import type { RawFile, ReadRequest, ReadResult, SourceWorld } from '../../model/source.ts';
import { isAddress, takeFromBefore } from '../raw-files.ts';
import type { Shortfall } from './asker.ts';
import { Journal } from './journal.ts';
import { KnownDocuments, readDocuments } from './known-documents.ts';
import { parseDocument } from './omdb-document.ts';
import { seriesRequest } from './omdb-request.ts';
import { readProvider } from './read-provider.ts';
import { identityOf, readRecorded } from './read-recorded.ts';
import type { OmdbSettings } from './settings.ts';

const RAW_NAME = /^documents-(\d+)\.ndjson\.gz$/;

/**
 * Brings what is new into raw, beside all that was known before: `documents-<n>.ndjson.gz`, an answer a line. `unchanged`
 * where nothing is.
 *
 * Errors: those of `readProvider` and `readRecorded`, `cancelled`.
 */
export async function readOmdb(request: ReadRequest<OmdbSettings>, world: SourceWorld): Promise<ReadResult> {
  const { from, settings } = request;
  const known = new KnownDocuments(settings.series.map(seriesRequest));
  const journal = await openJournal(request, known);
  try {
    if (from !== null && !isAddress(from))
      return await settle(request, [...journal.lines, ...(await newLines(request, from))], from, null);
    const place = from ?? settings.baseUrl;
    const shortfall = await readProvider(request, world, place, known, journal);
    return await settle(request, journal.lines, place, shortfall);
  } catch (error) {
    if (!world.signal.aborted || error instanceof FilmbaseError) throw error;
    throw new FilmbaseError('cancelled', 'Reading omdb was stopped; what came is kept.', { cause: error });
  } finally {
    await journal.close();
  }
}

/** The journal without what the run before committed, and `known` with everything. */
async function openJournal(request: ReadRequest<OmdbSettings>, known: KnownDocuments): Promise<Journal> {
  const found = await Journal.open(request.partial);
  const pending = new Set(found.lines);
  const committed = new Set<string>();
  for await (const { text, document } of documentsBefore(request)) {
    if (pending.has(text)) committed.add(text);
    if (document !== null) known.add(document);
  }
  const journal = await found.without(committed, request.partial);
  for (const line of journal.lines) {
    const document = parseDocument(line);
    if (document !== null) known.add(document);
  }
  return journal;
}

function documentsBefore({ before, beforeFolder }: ReadRequest<OmdbSettings>) {
  const names = beforeFolder === null ? [] : before.map(({ name }) => name);
  return readDocuments(beforeFolder ?? '', names);
}

/** The recorded lines at `place` that no earlier run has. */
async function newLines(request: ReadRequest<OmdbSettings>, place: string): Promise<string[]> {
  const lines = await readRecorded(place);
  const known = new Set<string>();
  for await (const { text } of documentsBefore(request)) known.add(identityOf(text));
  return lines.filter((line) => !known.has(identityOf(line)));
}

async function settle(
  request: ReadRequest<OmdbSettings>,
  lines: readonly string[],
  from: string,
  shortfall: Shortfall | null,
): Promise<ReadResult> {
  const { before, beforeFolder } = request;
  if (lines.length === 0 && shortfall === null && beforeFolder !== null) return { state: 'unchanged' };
  const known = beforeFolder === null ? [] : before;
  for (const file of known) await takeFromBefore(request, file);
  const added = lines.length === 0 ? [] : [await writeRaw(request, nextName(known), lines, from)];
  const files = [...known, ...added];
  return shortfall === null ? { state: 'read', files } : { state: 'read', files, partial: shortfall };
}

function nextName(known: readonly RawFile[]): string {
  const numbers = known.map(({ name }) => Number(RAW_NAME.exec(name)?.[1] ?? 0));
  return `documents-${String(Math.max(0, ...numbers) + 1).padStart(6, '0')}.ndjson.gz`;
}

async function writeRaw(
  { into }: ReadRequest<OmdbSettings>,
  name: string,
  lines: readonly string[],
  from: string,
): Promise<RawFile> {
  const bytes = gzipSync(lines.map((line) => `${line}\n`).join(''));
  await writeFile(join(into, name), bytes);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { name, bytes: bytes.length, sha256, from, etag: null, lastModified: null };
}
