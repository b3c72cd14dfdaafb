import { z } from 'zod';

import { KINDS } from '../../model/kinds.ts';

/** The files of the provider: https://developer.imdb.com/non-commercial-datasets/ */
export const FILE_NAMES = [
  'title.basics',
  'title.ratings',
  'title.akas',
  'title.episode',
  'title.crew',
  'title.principals',
  'name.basics',
] as const;

export type FileName = (typeof FILE_NAMES)[number];

export const imdbSettings = z.strictObject({
  kinds: z
    .array(z.enum(KINDS))
    .min(1)
    .default(['movie'])
    .describe('The kinds of title that enter the catalogue; the others are counted as `outside`.'),
  files: z
    .array(z.enum(FILE_NAMES))
    .refine((files) => files.includes('title.basics'), 'files must contain title.basics')
    .default(['title.basics', 'title.ratings'])
    .describe(
      'The files that are read; `title.basics` must be among them, since the others speak of its titles.',
    ),
  url: z
    .string()
    .min(1)
    .default('https://datasets.imdbws.com/')
    .describe('A base URL, under which `<file>.tsv.gz` lies, or a folder or file on this machine.'),
});

export type ImdbSettings = z.output<typeof imdbSettings>;

/** Which of the files `name`, such as `title.basics.tsv.gz`, is; null if none. */
export function fileNameOf(name: string): FileName | null {
  return FILE_NAMES.find((file) => name === `${file}.tsv` || name === `${file}.tsv.gz`) ?? null;
}
