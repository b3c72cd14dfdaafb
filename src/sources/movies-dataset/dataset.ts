import { mkdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

import { FilmbaseError } from '../../model/errors.ts';
import type { ClaimRequest, SourceWorld } from '../../model/source.ts';
import { readCsvRecords } from './csv-records.ts';
import { KNOWN_FILES, ROLES, describesFilms, knownFileOf } from './files.ts';
import type { Role } from './files.ts';
import type { StageFile } from './stage-records.ts';
import { isZipFile, unpackCsvFiles } from './zip-entries.ts';

/** The files of a dataset that are read, by what they speak of. Of films there may be several files. */
export interface Dataset {
  readonly files: Readonly<Record<Role, readonly StageFile[]>>;
  /** Small files beside the full one: they say nothing that it does not. */
  readonly left: readonly (StageFile & { readonly role: Role })[];
}

/** A file that lies open to be read, with the name that it has in the dataset. */
interface FoundFile extends StageFile {
  /** Without zip or folder, to be recognised by. */
  readonly plainName: string;
}

/** What a file is, and whether it is a part of another. */
interface Recognised {
  readonly role: Role;
  readonly small: boolean;
}

type DatasetWorld = Pick<SourceWorld, 'log' | 'signal'>;

/**
 * Finds the dataset's files among the raw ones, unpacking zips into scratch. What is not there is named in the log.
 * Errors: `file_missing` (none is there), `archive_invalid`, `cancelled`.
 */
export async function openDataset(request: ClaimRequest<unknown>, world: DatasetWorld): Promise<Dataset> {
  const recognised: (FoundFile & Recognised)[] = [];
  for (const file of await findFiles(request, world)) {
    const is = await recogniseFile(file.path, file.plainName);
    if (is !== null) recognised.push({ ...file, ...is });
    else if (file.path.startsWith(request.scratch)) await rm(file.path);
  }
  if (recognised.length === 0)
    throw new FilmbaseError(
      'file_missing',
      `${request.files.map(({ name }) => name).join(', ')}: none of the dataset's files is there, which are ${namesOf(KNOWN_FILES)}.`,
    );
  return sortFiles(recognised, world);
}

/** What the file is, by its name, else by its header; null if it is none of the dataset's. */
export async function recogniseFile(path: string, name: string): Promise<Recognised | null> {
  const known = knownFileOf(name);
  if (known !== null) return known;
  const header = await readFirstRecord(path, name);
  return describesFilms(header) ? { role: 'films', small: false } : null;
}

async function readFirstRecord(path: string, name: string): Promise<readonly string[]> {
  try {
    for await (const { fields } of readCsvRecords({ path, name })) return fields.map((field) => field.trim());
  } catch (error) {
    // A file that nobody asked for may be anything.
    if (!(error instanceof FilmbaseError)) throw error;
  }
  return [];
}

async function findFiles(request: ClaimRequest<unknown>, { signal }: DatasetWorld): Promise<FoundFile[]> {
  const found: FoundFile[] = [];
  for (const { name } of request.files) {
    const path = join(request.rawFolder, name);
    if (await isZipFile(path)) found.push(...(await unpackInto(request, path, name, signal)));
    else found.push({ name, plainName: name, path, bytes: (await stat(path)).size });
  }
  return found;
}

async function unpackInto(
  { scratch }: ClaimRequest<unknown>,
  path: string,
  zip: string,
  signal: AbortSignal,
): Promise<FoundFile[]> {
  const into = join(scratch, 'unpacked');
  await mkdir(into, { recursive: true });
  const files = await unpackCsvFiles({ path, name: zip }, into, signal);
  return Promise.all(
    files
      .sort((a, b) => (a.entry < b.entry ? -1 : 1))
      .map(async ({ name, entry, path }) => ({
        name: `${zip}/${entry}`,
        plainName: name,
        path,
        bytes: (await stat(path)).size,
      })),
  );
}

function sortFiles(found: readonly (FoundFile & Recognised)[], { log }: DatasetWorld): Dataset {
  const files: Record<Role, StageFile[]> = { films: [], credits: [], keywords: [], links: [], ratings: [] };
  const left: Dataset['left'][number][] = [];
  for (const role of ROLES) {
    const ofRole = found
      .filter((file) => file.role === role)
      .sort((a, b) => Number(a.small) - Number(b.small));
    const read = role === 'films' ? ofRole : ofRole.slice(0, 1);
    files[role].push(...read);
    left.push(...ofRole.slice(read.length));
    if (read.length === 0) sayMissing(role, log);
    for (const { name } of ofRole.slice(read.length))
      log.warn(
        { file: name, instead: read[0]?.name },
        `${name} is left out, since ${read[0]?.name ?? ''} is there`,
      );
  }
  return { files, left };
}

function sayMissing(role: Role, log: SourceWorld['log']): void {
  const names = namesOf(
    KNOWN_FILES.filter((file) => file.role === role),
    ' or ',
  );
  log.warn({ file: names }, `${names} is not there; going on without it`);
}

function namesOf(files: readonly { readonly stem: string }[], between = ', '): string {
  return files.map(({ stem }) => `${stem}.csv`).join(between);
}
