import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';

import { FilmbaseError } from '../../model/errors.ts';
import type { Asking } from './ask-sellers.ts';
import { failed } from './ask-sellers.ts';
import type { Asked } from './documents.ts';
import { termsOfUnnamed } from './settings.ts';
import type { PricesSettings, SellerTerms } from './settings.ts';

/**
 * The sellers that are read from `folder`: those of the settings, each in a folder of its name; where the settings name
 * none, every folder is a seller. Errors: `file_missing`.
 */
export async function sellersIn(
  folder: string,
  { sellers }: PricesSettings,
): Promise<readonly SellerTerms[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const names = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  const found = sellers.length > 0 ? sellers : names.sort().map(termsOfUnnamed);
  if (found.some(({ name }) => names.includes(name))) return found;
  throw new FilmbaseError(
    'file_missing',
    `${folder} holds no folder of a seller, with movies.json and movie/<id>.json in it.`,
  );
}

/** Asks the files of a seller: `movies.json`, and `movie/<id>.json` for each listing. */
export function askFolder(folder: string, { name }: SellerTerms): Asking {
  const ask = async (...path: string[]): Promise<Asked> => {
    try {
      return { text: await readFile(join(folder, name, ...path), 'utf8') };
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === undefined) throw error;
      return failed('file_missing', `${join(name, ...path)} cannot be read (${code}).`);
    }
  };
  return {
    list: () => ask('movies.json'),
    detail: (listing) =>
      /[/\\]/.test(listing)
        ? Promise.resolve(failed('file_missing', `${listing} is no name of a file.`))
        : ask('movie', `${listing}.json`),
  };
}
