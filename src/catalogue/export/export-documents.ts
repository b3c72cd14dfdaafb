import { mkdir, rename, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { rawFolder } from '../../lake/layout.ts';
import type { Lake } from '../../lake/layout.ts';
import { currentRuns } from '../../lake/manifests.ts';
import { FilmbaseError } from '../../model/errors.ts';
import type { Source } from '../../model/source.ts';

/**
 * Writes what the current run of `source` has of its provider's documents about one thing into `folder`, which is made if it
 * is not there. Each file is whole or as it was. Gives the run, and the names of the files in order.
 *
 * Errors: `run_not_found` (it was never read), `usage_invalid` (no such thing, no such place).
 */
export async function exportDocuments(
  lake: Lake,
  source: Source,
  about: string,
  folder: string,
): Promise<{ run: string; files: string[] }> {
  const manifest = (await currentRuns(lake)).get(source.name);
  if (manifest === undefined || source.documentFiles === undefined)
    throw new FilmbaseError('run_not_found', `${source.name} was never read: filmbase sync ${source.name}.`);
  const { run, raw: files } = manifest;
  const documents = await source.documentFiles({
    about,
    files,
    rawFolder: rawFolder(lake, source.name, run),
  });
  await makeFolder(folder);
  for (const { name, text } of documents) {
    const draft = join(folder, `${name}.part`);
    await writeFile(draft, text);
    await rename(draft, join(folder, name));
  }
  return { run, files: documents.map(({ name }) => name) };
}

async function makeFolder(folder: string): Promise<void> {
  const parent = await stat(dirname(folder)).catch(() => null);
  if (parent?.isDirectory() !== true)
    throw new FilmbaseError('usage_invalid', `--out: there is no folder ${dirname(folder)}.`);
  const there = await stat(folder).catch(() => null);
  if (there !== null && !there.isDirectory())
    throw new FilmbaseError('usage_invalid', `--out: ${folder} is no folder.`);
  await mkdir(folder, { recursive: true });
}
