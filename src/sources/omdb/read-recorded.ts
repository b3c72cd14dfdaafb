import { createHash } from 'node:crypto';
import { readFile, readdir, stat } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import { z } from 'zod';

import { FilmbaseError } from '../../model/errors.ts';
import { parseImdbId } from '../../model/title-key.ts';
import { readDocumentLines } from './document-lines.ts';
import { formatDocument, parseDocument, parseJson, parseObject } from './omdb-document.ts';
import type { OmdbDocument } from './omdb-document.ts';
import { parseRequest, titleRequest } from './omdb-request.ts';

const INDEX = 'index.json';

/** Says which request each answer of a folder is of. */
const indexSchema = z.array(z.object({ file: z.string(), uri: z.string(), status: z.int().optional() }));

type Index = z.infer<typeof indexSchema>;

/**
 * The lines of recorded answers at `place`: a `.json` file each answer, and `.ndjson` or `.ndjson.gz` files of our own
 * documents, in a folder and those below it, or one file. A line of the latter is given as it is, whatever it holds.
 *
 * Errors: `file_missing`, `answer_invalid` (an index that is none), those of `readDocumentLines`.
 */
export async function readRecorded(place: string): Promise<string[]> {
  const lines: string[] = [];
  for (const path of await recordedFiles(place)) {
    if (path.endsWith('.json')) lines.push(formatDocument(await readAnswer(path, place)));
    else for await (const { text } of readDocumentLines(path)) lines.push(text);
  }
  return lines;
}

/** What two lines have in common that hold the same answer to the same request. */
export function identityOf(line: string): string {
  const document = parseDocument(line);
  const text = document === null ? line : `${document.request}\n${document.text}`;
  return createHash('sha256').update(text).digest('hex');
}

async function recordedFiles(place: string): Promise<string[]> {
  const found = await stat(place).catch(() => null);
  if (found === null) throw new FilmbaseError('file_missing', `${place} is not there.`);
  if (!found.isDirectory()) return [place];
  const entries = await readdir(place, { recursive: true, withFileTypes: true });
  const files = entries
    .filter(
      (entry) => entry.isFile() && /\.(?:json|ndjson|ndjson\.gz)$/.test(entry.name) && entry.name !== INDEX,
    )
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  if (files.length > 0) return files;
  throw new FilmbaseError('file_missing', `${place} has no recorded answers: *.json, *.ndjson, *.ndjson.gz.`);
}

/** Asked when the file was last written, for all that can be known. */
async function readAnswer(path: string, place: string): Promise<OmdbDocument> {
  const text = await readFile(path, 'utf8');
  const { mtime } = await stat(path);
  const entry = (await readIndex(dirname(path))).find(({ file }) => file === basename(path));
  const name = relative(place, path).replaceAll('\\', '/') || basename(path);
  const request = parseRequest(entry?.uri ?? '') ?? requestOfTitle(text) ?? `file=${name}`;
  return { request, requestedAt: mtime.toISOString(), status: entry?.status ?? 200, text };
}

async function readIndex(folder: string): Promise<Index> {
  const path = join(folder, INDEX);
  const text = await readFile(path, 'utf8').catch(() => '[]');
  const { data } = indexSchema.safeParse(parseJson(text));
  if (data === undefined)
    throw new FilmbaseError('answer_invalid', `${path} is no list of objects with file and uri.`);
  return data;
}

/** The request that this answer would come to as well; null where it names no title of its own. */
function requestOfTitle(text: string): string | null {
  const id = parseObject(text)?.imdbID;
  const imdbId = typeof id === 'string' ? parseImdbId(id) : null;
  return imdbId === null ? null : titleRequest(imdbId);
}
