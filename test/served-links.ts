import sql, { raw } from 'sql-template-tag';

import type { Queryable } from '../src/db/database.ts';
import { titleId } from '../src/model/title-key.ts';
import type { ServedFilm } from './served-films.ts';

/** What only some films have. Null: not known. */
export interface ServedDetail {
  readonly status: string | null;
  readonly originalLanguage: string | null;
  readonly budget: number | null;
  readonly revenue: number | null;
  readonly tagline: string | null;
  readonly overview: string | null;
  readonly homepage: string | null;
  /** A word for a collection: see `linkId`. */
  readonly collection: string | null;
  readonly suspect: readonly ('budget' | 'revenue')[];
}

export interface ServedCredit {
  /** A word for a person. */
  readonly person: string;
  readonly part: 'cast' | 'crew' | 'characters';
  readonly category: string;
  readonly department?: string;
  readonly job?: string;
  readonly characters?: readonly string[];
}

/** What a film is linked to; words stand for companies, keywords and people. */
export interface ServedLinks {
  readonly detail: Partial<ServedDetail> | null;
  readonly languages: readonly string[];
  readonly countries: readonly string[];
  readonly companies: readonly string[];
  readonly keywords: readonly string[];
  readonly credits: readonly ServedCredit[];
  readonly externalIds: Readonly<Record<string, string>>;
  readonly furtherRatings: readonly { system: string; rating: number; votes: number | null }[];
  readonly ratingYears: readonly { system: string; year: number; rating: number; votes: number }[];
}

export const NO_LINKS: ServedLinks = {
  detail: null,
  languages: [],
  countries: [],
  companies: [],
  keywords: [],
  credits: [],
  externalIds: {},
  furtherRatings: [],
  ratingYears: [],
};

/** Links of every sort. */
export const FULL_LINKS: ServedLinks = {
  detail: {
    status: 'Released',
    originalLanguage: 'fr',
    budget: 63_000_000,
    revenue: 12,
    tagline: 'It walks.',
    overview: 'A robot walks.',
    homepage: 'https://robot.example/',
    collection: 'Saga',
    suspect: ['revenue'],
  },
  languages: ['en', 'zu'],
  countries: ['US', 'NZ'],
  companies: ['Studio', 'Acme'],
  keywords: ['robot', 'heist'],
  credits: [
    { person: 'Cid', part: 'crew', category: 'writer', department: 'Writing', job: 'Screenplay' },
    { person: 'Bob', part: 'cast', category: 'actor', characters: ['The "Robot"', 'Himself'] },
    { person: 'Ann', part: 'cast', category: 'actress' },
    { person: 'Ann', part: 'crew', category: 'director' },
    { person: 'Eve', part: 'characters', category: 'character' },
    { person: 'Bob', part: 'characters', category: 'character' },
  ],
  externalIds: { tmdb: '603', movielens: '2571' },
  furtherRatings: [
    { system: 'tmdb', rating: 7.9, votes: 9079 },
    { system: 'movielens', rating: 8.4, votes: null },
  ],
  ratingYears: [
    { system: 'movielens', year: 2001, rating: 8.2, votes: 3 },
    { system: 'movielens', year: 2000, rating: 8.6, votes: 2 },
  ],
};

type Thing = 'company' | 'keyword' | 'person' | 'collection';

/** The id of what `word` stands for. `Acme` and `Acme/2` are two companies with the name Acme. */
export function linkId(thing: Thing, word: string): string {
  return titleId('a salt for links', `${thing}:${word}`);
}

export function linkName(word: string): string {
  return word.replace(/\/.*/, '');
}

/** The word, if there is one. */
export function wordsOf(word: string | null | undefined): string[] {
  return word === null || word === undefined ? [] : [word];
}

/** The tables of what films are linked to, and of the links. */
const THINGS = ['company', 'keyword', 'person', 'collection', 'country', 'language'];
const LINKS = [
  'title_detail',
  'title_company',
  'title_keyword',
  'title_country',
  'title_language',
  'credit',
  'external_id',
  'further_rating',
  'rating_year',
];

export async function clearLinks(db: Queryable): Promise<void> {
  await db.execute(`truncate ${[...THINGS, ...LINKS].join(', ')}`);
}

export async function removeLinks(db: Queryable, ids: readonly string[]): Promise<void> {
  for (const table of LINKS) {
    await db.query(sql`delete from ${raw(table)} where title_id = any(${ids}::uuid[])`);
  }
}

/** Adds the links, and a row for each thing that they lead to. */
export async function addLinks(db: Queryable, films: readonly ServedFilm[]): Promise<void> {
  const rows = (of: (film: ServedFilm) => readonly object[]) =>
    films.flatMap((film) => of(film).map((row) => ({ title_id: film.id, ...row })));
  await addThings(db, films);
  await insertRows(db, 'title_detail', rows(detailRows));
  await insertRows(
    db,
    'title_company',
    rows(({ companies }) => wordRows('company', companies)),
  );
  await insertRows(
    db,
    'title_keyword',
    rows(({ keywords }) => wordRows('keyword', keywords)),
  );
  await insertRows(
    db,
    'title_country',
    rows(({ countries }) => codeRows('country_code', countries)),
  );
  await insertRows(
    db,
    'title_language',
    rows(({ languages }) => codeRows('language_code', languages)),
  );
  await insertRows(db, 'credit', rows(creditRows));
  await insertRows(
    db,
    'external_id',
    rows(({ externalIds }) => Object.entries(externalIds).map(([system, value]) => ({ system, value }))),
  );
  await insertRows(
    db,
    'further_rating',
    rows(({ furtherRatings }) => furtherRatings),
  );
  await insertRows(
    db,
    'rating_year',
    rows(({ ratingYears }) => ratingYears),
  );
}

async function addThings(db: Queryable, films: readonly ServedFilm[]): Promise<void> {
  const thing = (table: Thing, words: readonly string[]) =>
    insertRows(
      db,
      table,
      words.map((word) => ({ id: linkId(table, word), key: `test:${word}`, name: linkName(word) })),
    );
  const coded = (table: string, codes: readonly string[]) =>
    insertRows(
      db,
      table,
      codes.map((code) => ({ code, name: `The ${code}` })),
    );
  await thing(
    'company',
    films.flatMap(({ companies }) => companies),
  );
  await thing(
    'keyword',
    films.flatMap(({ keywords }) => keywords),
  );
  await thing(
    'person',
    films.flatMap(({ credits }) => credits.map(({ person }) => person)),
  );
  await thing(
    'collection',
    films.flatMap(({ detail }) => wordsOf(detail?.collection)),
  );
  await coded(
    'country',
    films.flatMap(({ countries }) => countries),
  );
  await coded('language', films.flatMap(languagesOf));
}

/** The codes of the languages that are spoken in the film, and of its original one. */
export function languagesOf({ languages, detail }: ServedFilm): string[] {
  return [...languages, ...wordsOf(detail?.originalLanguage)];
}

function detailRows({ detail }: ServedFilm): object[] {
  if (detail === null) return [];
  const { originalLanguage, collection, suspect = [], ...same } = detail;
  return [
    {
      ...same,
      suspect,
      original_language: originalLanguage ?? null,
      collection_id: wordsOf(collection).map((word) => linkId('collection', word))[0] ?? null,
    },
  ];
}

function wordRows(thing: Thing, words: readonly string[]): object[] {
  return words.map((word, index) => ({ [`${thing}_id`]: linkId(thing, word), ordering: index + 1 }));
}

function codeRows(column: string, codes: readonly string[]): object[] {
  return codes.map((code, index) => ({ [column]: code, ordering: index + 1 }));
}

function creditRows({ credits }: ServedFilm): object[] {
  return credits.map(({ person, ...credit }, index) => ({
    ...credit,
    person_id: linkId('person', person),
    ordering: credits.slice(0, index + 1).filter(({ part }) => part === credit.part).length,
  }));
}

/** Inserts rows by the names of their columns; those that are there already stay. */
export async function insertRows(db: Queryable, table: string, rows: readonly object[]): Promise<void> {
  if (rows.length === 0) return;
  await db.query(sql`
    insert into ${raw(table)}
    select * from jsonb_populate_recordset(null::${raw(table)}, ${JSON.stringify(rows)}::jsonb)
    on conflict do nothing`);
}
