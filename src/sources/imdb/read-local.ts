import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';

import { FilmbaseError } from '../../model/errors.ts';
import type { RawFile, ReadRequest, SourceWorld } from '../../model/source.ts';
import { copyIn, takeFromBefore } from '../raw-files.ts';
import { FILE_NAMES, fileNameOf } from './settings.ts';
import type { ImdbSettings } from './settings.ts';

/**
 * Copies the files that the settings ask for from `path`, a folder or one of the files; with one file, the others
 * are those of the run before. Errors: `file_missing`.
 */
export async function readLocal(
  request: ReadRequest<ImdbSettings>,
  world: SourceWorld,
  path: string,
): Promise<RawFile[]> {
  const place = await stat(path).catch(() => null);
  if (place === null) throw new FilmbaseError('file_missing', `${path} is not there.`);
  return place.isDirectory() ? readFolder(request, world, path) : readFile(request, world, path);
}

async function readFolder(
  request: ReadRequest<ImdbSettings>,
  world: SourceWorld,
  folder: string,
): Promise<RawFile[]> {
  const there = await readdir(folder);
  const files: RawFile[] = [];
  for (const name of request.settings.files) {
    const file = [`${name}.tsv.gz`, `${name}.tsv`].find((candidate) => there.includes(candidate));
    if (file !== undefined) files.push(await copyIn(request, world, join(folder, file)));
    else if (name === 'title.basics' || request.from === null)
      throw new FilmbaseError('file_missing', `${folder} has neither ${name}.tsv.gz nor ${name}.tsv.`);
    else world.log.warn({ folder, file: name }, `${name} is not in ${folder}; going on without it`);
  }
  return files;
}

async function readFile(
  request: ReadRequest<ImdbSettings>,
  world: SourceWorld,
  path: string,
): Promise<RawFile[]> {
  const given = fileNameOf(basename(path));
  if (given === null)
    throw new FilmbaseError(
      'file_missing',
      `${path} is none of imdb's files, which are ${FILE_NAMES.map((name) => `${name}.tsv.gz`).join(', ')}.`,
    );
  const others = filesBefore(request).filter(({ name }) => fileNameOf(name) !== given);
  if (given !== 'title.basics' && !others.some(({ name }) => fileNameOf(name) === 'title.basics'))
    throw new FilmbaseError('file_missing', `title.basics was never read, and ${path} is only ${given}.`);
  const file = await copyIn(request, world, path);
  for (const other of others) await takeFromBefore(request, other);
  return inOrder([file, ...others]);
}

function filesBefore({ settings, before }: ReadRequest<ImdbSettings>): RawFile[] {
  return before.filter(({ name }) => settings.files.some((file) => file === fileNameOf(name)));
}

function inOrder(files: RawFile[]): RawFile[] {
  const place = ({ name }: RawFile) => FILE_NAMES.findIndex((file) => file === fileNameOf(name));
  return files.sort((a, b) => place(a) - place(b));
}
