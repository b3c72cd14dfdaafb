/** What a file of the dataset speaks of. */
export type Role = 'films' | 'credits' | 'keywords' | 'links' | 'ratings';

/** A file by its name: https://www.kaggle.com/datasets/rounakbanik/the-movies-dataset */
export interface KnownFile {
  readonly stem: string;
  readonly role: Role;
  /** It says a part of what the full file of the same role says. */
  readonly small: boolean;
}

/** In the order in which they are read. */
export const KNOWN_FILES: readonly KnownFile[] = [
  { stem: 'movies_metadata', role: 'films', small: false },
  { stem: 'credits', role: 'credits', small: false },
  { stem: 'keywords', role: 'keywords', small: false },
  { stem: 'links', role: 'links', small: false },
  { stem: 'links_small', role: 'links', small: true },
  { stem: 'ratings', role: 'ratings', small: false },
  { stem: 'ratings_small', role: 'ratings', small: true },
];

export const ROLES: readonly Role[] = ['films', 'credits', 'keywords', 'links', 'ratings'];

/** Columns without which a file of the role says nothing; the names of the header, in any order. */
const NEEDED: Readonly<Record<Role, readonly string[]>> = {
  films: ['id'],
  credits: ['id', 'cast', 'crew'],
  keywords: ['id', 'keywords'],
  links: ['movieId', 'imdbId', 'tmdbId'],
  ratings: ['userId', 'movieId', 'rating', 'timestamp'],
};

const TITLES = ['title', 'original_title'];

/** Which of the known files has this name; null if none. */
export function knownFileOf(name: string): KnownFile | null {
  const stem = stemOf(name);
  return KNOWN_FILES.find((file) => file.stem === stem) ?? null;
}

export function isCsvName(name: string): boolean {
  return stemOf(name) !== null;
}

function stemOf(name: string): string | null {
  return /^([^.].*?)\.csv(?:\.gz)?$/i.exec(name)?.[1] ?? null;
}

/** Columns that a file of this role needs and this header lacks. */
export function missingColumns(role: Role, header: readonly string[]): string[] {
  const missing = NEEDED[role].filter((column) => !header.includes(column));
  return role === 'films' && !TITLES.some((column) => header.includes(column))
    ? [...missing, TITLES.join(' or ')]
    : missing;
}

/** Whether a file of any name with this header describes films. */
export function describesFilms(header: readonly string[]): boolean {
  return missingColumns('films', header).length === 0;
}
