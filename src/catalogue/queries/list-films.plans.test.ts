import sql from 'sql-template-tag';
import { expect, test } from 'vitest';

import { describeOnPostgres } from '../../../test/databases.ts';
import type { Database } from '../../db/database.ts';
import { NO_FILTERS } from './film-filters.ts';
import type { ListPosition } from './film-ranges.ts';
import { FILM_SORTS, type FilmSort } from './film-sorts.ts';
import { filmPageStatement, listFilms, type FilmListRequest } from './list-films.ts';

/** Enough that the planner would rather sort or scan where an index does not give the order. */
const FILMS = 50_000;

/** Fills the tables with films that have ties and unknowns, as `explain` needs them. */
async function generateFilms(db: Database): Promise<void> {
  await db.execute(`
    insert into title (
      id, key, kind, is_film, title, original_title, title_sort, year, runtime_minutes, genres, rating, votes,
      weighted_rating, popularity, sources
    )
    select
      md5(n::text)::uuid, 'local:' || n, 'movie', true, 'Film ' || n, 'Film ' || n, 'film ' || n % 20000,
      case when n % 10 > 0 then 1900 + n % 120 end,
      case when n % 3 > 0 then 60 + n % 90 end,
      array['Genre ' || n % 20, 'Genre ' || 20 + n % 3],
      case when n % 4 > 0 then n % 91 / 10.0 end,
      case when n % 4 > 0 then n::bigint * 7919 % 30000 end,
      case when n % 4 > 0 then n::bigint * 104729 % 1000 / 100.0 end,
      case when n % 5 > 0 then n::bigint * 15485863 % 100000 / 1000.0 end,
      array['imdb']
    from generate_series(1, ${FILMS}) as n;
    insert into genre (name) select distinct unnest(genres) from title;
    insert into title_genre
    select genre.id, title.id, title_sort, year, runtime_minutes, rating, votes, weighted_rating, popularity
    from title, unnest(genres) as has (name), genre
    where genre.name = has.name collate "C"`);
  for (const table of ['title', 'title_genre', 'genre', 'catalogue_state'])
    await db.execute(`vacuum analyze ${table}`);
}

interface Plan {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Plan Rows': number;
  readonly Plans?: readonly Plan[];
}

const SMALL_TABLES = ['catalogue_state', 'genre'];

/** The nodes of the page's plan that would not scale: they read a large table, or gather and sort more than some pages. */
async function heavyNodes(db: Database, request: FilmListRequest): Promise<string[]> {
  const [row] = await db.query<{ 'QUERY PLAN': [{ Plan: Plan }] }>(
    sql`explain (format json) ${filmPageStatement(request, false)}`,
  );
  const nodes = row === undefined ? [] : nodesOf(row['QUERY PLAN'][0].Plan);
  expect(nodes.length).toBeGreaterThan(3);
  return nodes.filter(isHeavy).map((node) => `${node['Node Type']} ${node['Relation Name'] ?? ''}`);
}

function nodesOf(plan: Plan): Plan[] {
  return [plan, ...(plan.Plans ?? []).flatMap(nodesOf)];
}

function isHeavy(node: Plan): boolean {
  const type = node['Node Type'];
  if (type === 'Seq Scan') return !SMALL_TABLES.includes(node['Relation Name'] ?? '');
  return type.includes('Hash') || (/Bitmap|Sort/.test(type) && node['Plan Rows'] > 1000);
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
            const heavy = await heavyNodes(db, { ...list, position });
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
