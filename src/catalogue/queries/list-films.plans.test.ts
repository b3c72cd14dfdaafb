import { expect, test } from 'vitest';

import { describeOnPostgres } from '../../../test/databases.ts';
import { heavyNodes } from '../../../test/plans.ts';
import type { Database } from '../../db/database.ts';
import type { FilmFilters } from './film-filters.ts';
import type { ListPosition } from './list-ranges.ts';
import { FILM_SORTS, type FilmSort } from './film-sorts.ts';
import { listFilms, pageStatement, type FilmListRequest } from './list-films.ts';

/** Enough that the planner would rather sort or scan where an index does not give the order. */
const FILMS = 50_000;

const NO_FILTERS: FilmFilters = {
  genre: [],
  genreAll: [],
  genreNot: [],
  kind: [],
  source: [],
  rating: {},
  year: {},
  runtime: {},
  votes: {},
};

/** Fills the tables with films that have ties and unknowns, as `explain` needs them. */
async function generateFilms(db: Database): Promise<void> {
  await db.execute(`
    insert into title (
      id, key, kind, is_film, title, original_title, title_sort, year, runtime_minutes, genres, rating, votes,
      weighted_rating, sources
    )
    select
      md5(n::text)::uuid, 'local:' || n, 'movie', true, 'Film ' || n, 'Film ' || n, 'film ' || n % 20000,
      case when n % 10 > 0 then 1900 + n % 120 end,
      case when n % 3 > 0 then 60 + n % 90 end,
      array['Genre ' || n % 20, 'Genre ' || 20 + n % 3],
      case when n % 4 > 0 then n % 91 / 10.0 end,
      case when n % 4 > 0 then n::bigint * 7919 % 30000 end,
      case when n % 4 > 0 then n::bigint * 104729 % 1000 / 100.0 end,
      array['imdb']
    from generate_series(1, ${FILMS}) as n;
    insert into genre (name) select distinct unnest(genres) from title;
    insert into title_genre
    select genre.id, title.id, title_sort, year, runtime_minutes, rating, votes, weighted_rating
    from title, unnest(genres) as has (name), genre
    where genre.name = has.name collate "C"`);
  for (const table of ['title', 'title_genre', 'genre', 'catalogue_state'])
    await db.execute(`vacuum analyze ${table}`);
}

describeOnPostgres('the plan of a page of films', (open) => {
  test('reads an index in order, for each sort, both ways, with a genre and without, at any depth', async () => {
    const { db } = await open();
    await generateFilms(db);
    for (const by of Object.keys(FILM_SORTS) as FilmSort[]) {
      for (const descending of [false, true]) {
        for (const genre of [[], ['genre 7']]) {
          const list = {
            filters: { ...NO_FILTERS, genre },
            order: [{ by, descending }] as const,
            limit: 20,
            count: 'none' as const,
          };
          for (const position of await positions(db, list)) {
            const heavy = await heavyNodes(db, pageStatement({ ...list, position }, false));
            expect([by, descending, genre, position, heavy]).toEqual([by, descending, genre, position, []]);
          }
        }
      }
    }
  });
});

/** The start, the end, a place amid the known values and one amid the unknown, forward and backward. */
async function positions(db: Database, list: Omit<FilmListRequest, 'position'>): Promise<ListPosition[]> {
  const deep = await listFilms(db, {
    ...list,
    limit: 1500,
    position: { direction: 'forward', beyond: null },
  });
  const end = await listFilms(db, { ...list, position: { direction: 'backward', beyond: null } });
  return (['forward', 'backward'] as const).flatMap((direction) =>
    [null, deep.last, end.first].map((beyond) => ({ direction, beyond })),
  );
}
