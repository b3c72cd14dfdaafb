import { randomUUID } from 'node:crypto';
import sql from 'sql-template-tag';

import { recountTitles } from '../src/catalogue/facet-index/recount-titles.ts';
import { indexTitles } from '../src/catalogue/search-index/index-titles.ts';
import type { Database, Queryable } from '../src/db/database.ts';
import { FILM_KINDS, type Kind } from '../src/model/kinds.ts';
import { titleSort } from '../src/model/title-sort.ts';
import {
  addLinks,
  clearLinks,
  FULL_LINKS,
  insertRows,
  NO_LINKS,
  removeLinks,
  type ServedLinks,
} from './served-links.ts';

/** A title as it is served; `servedFilm` fills in what a test does not care about. */
export interface ServedFilm extends ServedLinks {
  readonly id: string;
  readonly key: string;
  readonly imdbId: string | null;
  readonly kind: Kind;
  readonly title: string;
  readonly year: number | null;
  readonly releaseDate: string | null;
  readonly runtimeMinutes: number | null;
  readonly genres: readonly string[];
  readonly rating: number | null;
  readonly votes: number | null;
  readonly ratingSystem: string | null;
  readonly weightedRating: number | null;
  readonly popularity: number | null;
  readonly sources: readonly string[];
  /** Of an episode: its series' id, its season, its number. */
  readonly place: ServedPlace | null;
}

interface ServedPlace {
  readonly series: string;
  readonly season: number | null;
  readonly number: number | null;
}

export function servedFilm(film: Partial<ServedFilm> = {}): ServedFilm {
  const id = film.id ?? randomUUID();
  return {
    id,
    key: `local:${id}`,
    imdbId: null,
    kind: 'movie',
    title: 'A film',
    year: null,
    releaseDate: null,
    runtimeMinutes: null,
    genres: [],
    rating: null,
    votes: null,
    ratingSystem: null,
    weightedRating: null,
    popularity: null,
    sources: ['imdb'],
    place: null,
    ...NO_LINKS,
    ...film,
  };
}

/** A film about which everything is known. */
export function fullFilm(film: Partial<ServedFilm> = {}): ServedFilm {
  return servedFilm({
    title: 'The Robot',
    imdbId: 'tt0000042',
    year: 1999,
    rating: 8.7,
    votes: 100,
    ratingSystem: 'imdb',
    popularity: 21.946943,
    ...FULL_LINKS,
    ...film,
  });
}

/** Has exactly these titles served, as version 1. */
export async function serveFilms(db: Database, films: readonly ServedFilm[]): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.query(
      sql`truncate title, title_genre, episode, title_name, search_word, search_gram, facet_cell, facet_bits, facet_scale, facet_changed`,
    );
    await clearLinks(tx);
    const ids = films.map(({ id }) => id);
    await recountTitles(tx, ids, () => addFilms(tx, films));
    await indexTitles(tx, ids);
    await tx.query(sql`update catalogue_state set version = 1, published_at = now()`);
  });
}

export async function addFilms(db: Queryable, films: readonly ServedFilm[]): Promise<void> {
  const rows = films.map((film) => ({
    ...film,
    isFilm: (FILM_KINDS as readonly Kind[]).includes(film.kind),
    titleSort: titleSort(film.title),
  }));
  await db.query(sql`
    insert into title (
      id, key, imdb_id, kind, is_film, title, original_title, title_sort, year, release_date, runtime_minutes,
      genres, rating, votes, rating_system, weighted_rating, popularity, sources
    )
    select
      id, key, "imdbId", kind, "isFilm", title, title, "titleSort", year, "releaseDate", "runtimeMinutes",
      genres, rating, votes, "ratingSystem", "weightedRating", popularity, sources
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as film (
      id uuid, key text, "imdbId" text, kind text, "isFilm" boolean, title text, "titleSort" text, year smallint,
      "releaseDate" date, "runtimeMinutes" integer, genres text[], rating float8, votes integer,
      "ratingSystem" text, "weightedRating" float8, popularity float8, sources text[]
    )`);
  const ids = films.map(({ id }) => id);
  await db.query(sql`
    insert into genre (name)
    select distinct name
    from title, unnest(genres) as name
    where id = any(${ids}::uuid[])
    on conflict do nothing`);
  await db.query(sql`
    insert into title_genre
    select genre.id, title.id, title_sort, year, runtime_minutes, rating, votes, weighted_rating, popularity
    from title
    cross join unnest(genres) as has (name)
    join genre on genre.name = has.name collate "C"
    where is_film
    and title.id = any(${ids}::uuid[])`);
  await insertRows(
    db,
    'episode',
    films.flatMap(({ id, place }) =>
      place === null
        ? []
        : [
            {
              title_id: id,
              series_id: place.series,
              season_number: place.season,
              episode_number: place.number,
            },
          ],
    ),
  );
  await addLinks(db, films);
}

export async function removeFilms(db: Queryable, ids: readonly string[]): Promise<void> {
  await db.query(sql`delete from title where id = any(${ids}::uuid[])`);
  await db.query(sql`delete from title_genre where title_id = any(${ids}::uuid[])`);
  await db.query(sql`delete from episode where title_id = any(${ids}::uuid[])`);
  await removeLinks(db, ids);
}
