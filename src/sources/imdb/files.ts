import { sqlFile } from '../../lib/sql-file.ts';
import type { ClaimColumns } from '../../model/claim-select.ts';
import type { ClaimTable } from '../../model/claim-tables.ts';
import { FORMATS } from './formats.ts';
import type { Format } from './formats.ts';
import type { FileName } from './settings.ts';

/** A file of the provider: its columns, and how a record of it becomes claims. */
export interface ImdbFile<T extends ClaimTable = ClaimTable> {
  readonly name: FileName;
  /** The columns by name, each with what it may hold; null: any text. */
  readonly columns: Readonly<Record<string, Format | null>>;
  /** The column whose id, with `place` if there is one, no two records share. */
  readonly id: string;
  readonly place?: string;
  /** Whether the id is a title's, so that its record is left out with its title. */
  readonly ofTitle: boolean;
  readonly table: T;
  readonly claims: ClaimColumns<T>;
  /** What the claims are taken from: the view of the file's wanted records, or a query on it. */
  readonly from: string;
  /** Whether each record is one claim. */
  readonly oneClaimEach: boolean;
}

const basics: ImdbFile<'title'> = {
  name: 'title.basics',
  columns: {
    tconst: FORMATS.titleId,
    titleType: null,
    primaryTitle: null,
    originalTitle: null,
    isAdult: FORMATS.flag,
    startYear: FORMATS.year,
    endYear: FORMATS.year,
    runtimeMinutes: FORMATS.whole,
    genres: FORMATS.genres,
  },
  id: 'tconst',
  ofTitle: true,
  table: 'title',
  claims: {
    title_key: 'tconst',
    imdb_id: 'tconst',
    kind: 'titleType',
    title: `coalesce(nullif(primaryTitle, ''), nullif(originalTitle, ''))`,
    original_title: `nullif(originalTitle, '')`,
    year: 'startYear',
    end_year: 'endYear',
    runtime_minutes: 'runtimeMinutes',
    is_adult: 'isAdult = 1',
    genres: `nullif(genres, '')`,
  },
  from: 'imdb_title_basics',
  oneClaimEach: true,
};

const ratings: ImdbFile<'rating'> = {
  name: 'title.ratings',
  columns: { tconst: FORMATS.titleId, averageRating: FORMATS.rating, numVotes: FORMATS.whole },
  id: 'tconst',
  ofTitle: true,
  table: 'rating',
  claims: { title_key: 'tconst', system: `'imdb'`, rating: 'averageRating', votes: 'numVotes' },
  from: 'imdb_title_ratings',
  oneClaimEach: true,
};

const akas: ImdbFile<'aka'> = {
  name: 'title.akas',
  columns: {
    titleId: FORMATS.titleId,
    ordering: FORMATS.place,
    title: FORMATS.title,
    region: null,
    language: null,
    types: null,
    attributes: null,
    isOriginalTitle: FORMATS.flag,
  },
  id: 'titleId',
  place: 'ordering',
  ofTitle: true,
  table: 'aka',
  claims: {
    title_key: 'titleId',
    ordering: 'ordering',
    title: 'title',
    region: 'region',
    language: 'language',
    // The provider separates the values of one field by U+0002.
    types: `replace(types, chr(2), ',')`,
    attributes: `replace(attributes, chr(2), ',')`,
    is_original: 'isOriginalTitle = 1',
  },
  from: 'imdb_title_akas',
  oneClaimEach: true,
};

const episodes: ImdbFile<'episode'> = {
  name: 'title.episode',
  columns: {
    tconst: FORMATS.titleId,
    parentTconst: FORMATS.titleIdOrNull,
    seasonNumber: FORMATS.whole,
    episodeNumber: FORMATS.whole,
  },
  id: 'tconst',
  ofTitle: true,
  table: 'episode',
  claims: {
    title_key: 'tconst',
    series_key: 'parentTconst',
    season_number: 'seasonNumber',
    episode_number: 'episodeNumber',
  },
  from: 'imdb_title_episode',
  oneClaimEach: true,
};

const crew: ImdbFile<'credit'> = {
  name: 'title.crew',
  columns: { tconst: FORMATS.titleId, directors: FORMATS.personIds, writers: FORMATS.personIds },
  id: 'tconst',
  ofTitle: true,
  table: 'credit',
  claims: { title_key: 'tconst', person_key: 'nconst', category: 'category', ordering: 'ordering' },
  from: `(\n${sqlFile(import.meta.url, './crew.sql')})`,
  oneClaimEach: false,
};

const principals: ImdbFile<'credit'> = {
  name: 'title.principals',
  columns: {
    tconst: FORMATS.titleId,
    ordering: FORMATS.place,
    nconst: FORMATS.personId,
    category: null,
    job: null,
    characters: null,
  },
  id: 'tconst',
  place: 'ordering',
  ofTitle: true,
  table: 'credit',
  claims: {
    title_key: 'tconst',
    person_key: 'nconst',
    category: 'category',
    ordering: 'ordering',
    job: 'job',
    characters: 'characters',
  },
  from: 'imdb_title_principals',
  oneClaimEach: true,
};

const names: ImdbFile<'person'> = {
  name: 'name.basics',
  columns: {
    nconst: FORMATS.personId,
    primaryName: FORMATS.name,
    birthYear: FORMATS.year,
    deathYear: FORMATS.year,
    primaryProfession: null,
    knownForTitles: null,
  },
  id: 'nconst',
  ofTitle: false,
  table: 'person',
  claims: {
    person_key: 'nconst',
    name: 'primaryName',
    birth_year: 'birthYear',
    death_year: 'deathYear',
    professions: `nullif(primaryProfession, '')`,
    known_for: `nullif(knownForTitles, '')`,
  },
  from: 'imdb_name_basics',
  oneClaimEach: true,
};

/** In the order in which they are read: titles first, since the others are judged by them. */
export const IMDB_FILES: readonly ImdbFile[] = [basics, ratings, akas, episodes, crew, principals, names];
