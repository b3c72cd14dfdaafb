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
  /** The kinds of title to take; rows about titles of other kinds are left out. */
  kinds: z.array(z.enum(KINDS)).min(1).default(['movie']),
  /** `title.basics` is always needed: the others speak of its titles. */
  files: z
    .array(z.enum(FILE_NAMES))
    .refine((files) => files.includes('title.basics'), 'files must contain title.basics')
    .default(['title.basics', 'title.ratings']),
  /** A base URL, under which `<file>.tsv.gz` lies, or a folder or file on this machine. */
  url: z.string().min(1).default('https://datasets.imdbws.com/'),
  /** Cron, or "every 15s", or "off". The provider renews its files daily. */
  schedule: z.string().min(1).default('0 2 * * *'),
});

export type ImdbSettings = z.output<typeof imdbSettings>;

/** Which of the files `name`, such as `title.basics.tsv.gz`, is; null if none. */
export function fileNameOf(name: string): FileName | null {
  return FILE_NAMES.find((file) => name === `${file}.tsv` || name === `${file}.tsv.gz`) ?? null;
}
