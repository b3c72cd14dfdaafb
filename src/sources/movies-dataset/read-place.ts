import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

import { FilmbaseError } from '../../model/errors.ts';
import type { RawFile, ReadRequest, SourceWorld } from '../../model/source.ts';
import { copyIn } from '../raw-files.ts';
import { recogniseFile } from './dataset.ts';
import { KNOWN_FILES, isCsvName } from './files.ts';
import { isZipFile } from './zip-entries.ts';

/** Copies the dataset's files from the folder at `path`, or the zip. Errors: `file_missing`, `archive_invalid`. */
export async function readPlace(
  request: ReadRequest<unknown>,
  world: SourceWorld,
  path: string,
): Promise<RawFile[]> {
  const place = await stat(path).catch(() => null);
  if (place === null) throw new FilmbaseError('file_missing', `${path} is not there.`);
  if (place.isDirectory()) return readFolder(request, world, path);
  if (await isZipFile(path)) return [await copyIn(request, world, path)];
  throw new FilmbaseError('archive_invalid', `${path} is neither a folder nor a zip.`);
}

async function readFolder(
  request: ReadRequest<unknown>,
  world: SourceWorld,
  folder: string,
): Promise<RawFile[]> {
  const files: RawFile[] = [];
  for (const name of await csvFilesOf(folder)) {
    const path = join(folder, name);
    if ((await recogniseFile(path, name)) !== null) files.push(await copyIn(request, world, path));
    else world.log.info({ file: path }, `${path} is none of the dataset's files; it is not read`);
  }
  if (files.length > 0) return files;
  const names = KNOWN_FILES.map(({ stem }) => `${stem}.csv`).join(', ');
  throw new FilmbaseError('file_missing', `${folder} has none of the dataset's files, which are ${names}.`);
}

/** In the order of their names, in which of two records with one id the later counts. */
async function csvFilesOf(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory() && isCsvName(entry.name))
    .map(({ name }) => name)
    .sort();
}
