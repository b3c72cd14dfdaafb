import { readFile, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';

import { FilmbaseError } from '../../model/errors.ts';
import { nameFileFailure } from '../../model/file-failure.ts';
import type { RawFile, ReadRequest } from '../../model/source.ts';
import { WHOLE_FILE, parseDocument, wholeDocument } from './documents.ts';
import { keepBytes } from './keep-bytes.ts';

/** Keeps the file at `path`, or `data.json` in the folder there. Errors: `file_missing`, `answer_invalid`. */
export async function readPlace(request: ReadRequest<unknown>, path: string): Promise<RawFile> {
  const place = await stat(path).catch(() => null);
  if (place === null) throw new FilmbaseError('file_missing', `${path} is not there.`);
  const file = place.isDirectory() ? join(path, WHOLE_FILE) : path;
  const bytes = await readFile(file).catch((error: unknown) => {
    throw nameFileFailure(error, file);
  });
  wholeDocument(parseDocument(bytes.toString('utf8'), file), file);
  return keepBytes(request, WHOLE_FILE, bytes, { from: resolve(file), etag: null, lastModified: null });
}
