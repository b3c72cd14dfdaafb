import { createHash } from 'node:crypto';

import { expect, test } from 'vitest';

import { describeOnPostgres } from '../../../test/databases.ts';
import { heavyNodes, indexesRead, mostRowsRead } from '../../../test/plans.ts';
import type { Database } from '../../db/database.ts';
import type { Kind } from '../../model/kinds.ts';
import { estimateTitles } from './count-titles.ts';
import { NO_FILTERS, type TitleFilters } from './title-filters.ts';
import type { ListPosition } from './list-ranges.ts';
import { TITLE_SORTS, type TitleSort } from './title-sorts.ts';
import { titlePageStatement, listTitles, type TitleListRequest } from './list-titles.ts';

/** Enough that the planner would rather sort or scan where an index does not give the order. */
const TITLES = 50_000;

/** Fills the tables with films that have ties and unknowns, as `explain` needs them. */
async function generateFilms(db: Database): Promise<void> {
  await generateTitles(db, 'movie');
  await db.execute(`
    insert into genre (name) select distinct unnest(genres) from title;
    insert into title_genre
    select genre.id, title.id, title_sort, year, runtime_minutes, rating, votes, weighted_rating, popularity
    from title, unnest(genres) as has (name), genre
    where genre.name = has.name collate "C"`);
  await vacuum(db, ['title', 'title_genre', 'genre', 'catalogue_state']);
}

/** Series with about ninety episodes each, and two with more. */
async function generateEpisodes(db: Database): Promise<void> {
  await generateTitles(db, 'tvSeries', 'series');
  await generateTitles(db, 'tvEpisode', 'episode');
  await db.execute(`
    insert into episode (title_id, series_id, season_number, episode_number)
    select
      md5('episode' || n)::uuid,
      md5('series' || case when n % 10 = 0 then 1 when n % 200 = 1 then 2 else 3 + n / 100 end)::uuid,
      case when n % 5000 = 1 then 77 when n % 7 > 0 then n % 11 end,
      case when n % 13 > 0 then n % 100 end
    from generate_series(1, ${TITLES}) as n`);
  await vacuum(db, ['title', 'episode', 'catalogue_state']);
}

async function vacuum(db: Database, tables: readonly string[]): Promise<void> {
  for (const table of tables) await db.execute(`vacuum analyze ${table}`);
}

/** Titles of a kind; their ids are made of `word` and a number from 1. */
async function generateTitles(db: Database, kind: Kind, word = ''): Promise<void> {
  await db.execute(`
    insert into title (
      id, key, kind, is_film, title, original_title, title_sort, year, runtime_minutes, genres, rating, votes,
      weighted_rating, popularity, sources
    )
    select
      md5('${word}' || n)::uuid, 'local:${word}' || n, '${kind}', ${kind === 'movie'}, 'Film ' || n, 'Film ' || n, 'film ' || n % 20000,
      case when n % 10 > 0 then 1900 + n % 120 end,
      case when n % 3 > 0 then 60 + n % 90 end,
      array['Genre ' || n % 20, 'Genre ' || 20 + n % 3],
      case when n % 4 > 0 then n % 91 / 10.0 end,
      case when n % 4 > 0 then n::bigint * 7919 % 30000 end,
      case when n % 4 > 0 then n::bigint * 104729 % 1000 / 100.0 end,
      case when n % 5 > 0 then n::bigint * 15485863 % 100000 / 1000.0 end,
      case when n % 2500 = 0 then array['imdb', 'ghibli'] else array['imdb'] end
    from generate_series(1, ${TITLES}) as n`);
}

describeOnPostgres('the plan of a page of titles', (open) => {
  test('reads an index in order, for each sort, both ways, with a genre and without, at any depth', async () => {
    const { db } = await open();
    await generateFilms(db);
    for (const by of Object.keys(TITLE_SORTS) as TitleSort[]) {
      for (const descending of [false, true]) {
        for (const genre of [[], ['genre 7']]) {
          const list = {
            filters: { ...NO_FILTERS, genre },
            order: [{ by, descending }] as const,
            limit: 20,
            count: 'none' as const,
          };
          for (const position of await positions(db, list)) {
            const heavy = await heavyNodes(db, titlePageStatement({ ...list, position }, false));
            expect([by, descending, genre, position, heavy]).toEqual([by, descending, genre, position, []]);
          }
        }
      }
    }
  });

  test('reads an index of series, of episodes, and of the episodes of one series, in order', async () => {
    const { db } = await open();
    await generateEpisodes(db);
    const sorts = Object.keys(TITLE_SORTS) as TitleSort[];
    const lists = [
      ...(['series', 'episodes'] as const).flatMap((section) =>
        sorts.flatMap((by) => [false, true].map((descending) => ({ section, by, descending, series: null }))),
      ),
      ...[LONG_SERIES, SHORT_SERIES].map((series) => ({
        ...({ section: 'episodes', by: 'episode', descending: false } as const),
        series,
      })),
    ];
    for (const { section, series, by, descending } of lists) {
      const list = {
        filters: { ...NO_FILTERS, section, series },
        order: [{ by, descending }] as const,
        limit: 20,
        count: 'none' as const,
      };
      for (const position of await positions(db, list)) {
        const heavy = await heavyNodes(db, titlePageStatement({ ...list, position }, false));
        expect([section, series, by, position, heavy]).toEqual([section, series, by, position, []]);
      }
    }
  });

  test('never walks through the episodes of all series to find those of one', async () => {
    const { db } = await open();
    await generateEpisodes(db);
    for (const by of Object.keys(TITLE_SORTS) as TitleSort[]) {
      const read = await indexesRead(
        db,
        titlePageStatement(
          {
            filters: { ...NO_FILTERS, section: 'episodes', series: LONGEST_SERIES },
            order: [{ by, descending: true }],
            limit: 20,
            count: 'none',
            position: { direction: 'forward', beyond: null },
          },
          false,
        ),
      );
      expect([by, ...read]).toEqual([by, 'episode_by_series', 'episode_pk', 'title_pk']);
    }
  });

  test('reads no more than the episodes of a series, or those of a season', async () => {
    const { db } = await open();
    await generateEpisodes(db);
    const filters: [Partial<TitleFilters>, most: number][] = [
      [{ series: LONG_SERIES }, TITLES / 200],
      [{ series: LONG_SERIES, season: [1], rating: { gt: 8.8 } }, TITLES / 200],
      [{ series: SHORT_SERIES }, 100],
      [{ series: SHORT_SERIES, rating: { gt: 8.8 } }, 100],
      [{ season: [77] }, TITLES / 100],
      [{ season: [1] }, TITLES / 20],
    ];
    for (const by of Object.keys(TITLE_SORTS) as TitleSort[]) {
      for (const [some, most] of filters) {
        const read = await mostRowsRead(
          db,
          titlePageStatement(
            {
              filters: { ...NO_FILTERS, section: 'episodes', ...some },
              order: [{ by, descending: true }],
              limit: 20,
              count: 'none',
              position: { direction: 'forward', beyond: null },
            },
            false,
          ),
        );
        expect([by, some, read, read <= most]).toEqual([by, some, read, true]);
      }
    }
  });

  test('reads few rows, however many films a filter passes', async () => {
    const { db } = await open();
    await generateFilms(db);
    await generateLinks(db);
    const filters: Partial<TitleFilters>[] = [
      ...['en', 'zu'].map((code) => ({ language: [code] })),
      ...['US', 'NZ'].map((code) => ({ country: [code] })),
      ...[COMMON, RARE].flatMap((id) => [{ company: [id] }, { person: [id] }, { keyword: [id] }]),
      { company: ['thing 49999'] },
      { collection: [RARE] },
      { language: ['en'], country: ['US'], genre: ['genre 20'] },
      { genre: ['genre 7'], company: [RARE] },
      { source: ['ghibli'] },
      { source: ['ghibli'], genre: ['genre 7'] },
      { source: ['imdb'] },
    ];
    for (const by of ['rating', 'title', 'popularity'] as const) {
      for (const some of filters) {
        const read = await mostRowsRead(
          db,
          titlePageStatement(
            {
              filters: { ...NO_FILTERS, ...some },
              order: [{ by, descending: true }],
              limit: 20,
              count: 'none',
              position: { direction: 'forward', beyond: null },
            },
            false,
          ),
        );
        expect([by, some, read, read < TITLES / 20]).toEqual([by, some, read, true]);
      }
    }
    const { value } = await estimateTitles(db, { ...NO_FILTERS, language: ['en'] });
    expect(value).toBeGreaterThan(TITLES * 0.9);
    expect(value).toBeLessThanOrEqual(TITLES);
  });
});

/** With a tenth of all episodes, with 250, and with about ninety. */
const LONGEST_SERIES = seriesId(1);
const LONG_SERIES = seriesId(2);
const SHORT_SERIES = seriesId(3);

function seriesId(number: number): string {
  return createHash('md5')
    .update(`series${number}`)
    .digest('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

/** Linked to every second film, and to the first ten. */
const COMMON = '00000000-0000-8000-a000-000000000001';
const RARE = '00000000-0000-8000-a000-000000000002';

/** Links films to a common thing, a rare one and one that no other film has. */
async function generateLinks(db: Database): Promise<void> {
  const things = { company: 'title_company', person: 'credit', keyword: 'title_keyword' };
  for (const [thing, link] of Object.entries(things)) {
    const [columns, values] = thing === 'person' ? [', part, category', `, 'crew', 'director'`] : ['', ''];
    await db.execute(`
      insert into ${thing} (id, key, name)
      select md5(n::text)::uuid, 'test:' || n, 'Thing ' || n from generate_series(1, ${TITLES}) as n;
      insert into ${link} (title_id, ${thing}_id, ordering ${columns})
      select md5(n::text)::uuid, linked.id, linked.place ${values}
      from generate_series(1, ${TITLES}) as n
      cross join lateral (
        values (md5(n::text)::uuid, 1, true), ('${COMMON}', 2, n % 2 = 0), ('${RARE}', 3, n <= 10)
      ) as linked (id, place, holds)
      where linked.holds`);
    await db.execute(`vacuum analyze ${thing}`);
    await db.execute(`vacuum analyze ${link}`);
  }
  await db.execute(`
    insert into title_detail (title_id, original_language, collection_id, suspect)
    select
      md5(n::text)::uuid,
      case when n % 5000 = 0 then 'zu' when n % 7 > 2 then 'en' else 'fr' end,
      case when n <= 10 then '${RARE}'::uuid when n % 10 = 0 then md5((n / 100)::text)::uuid end,
      '{}'
    from generate_series(1, ${TITLES}) as n;
    insert into title_language
    select title_id, 'en', 1 from title_detail where original_language <> 'zu'
    union all
    select title_id, 'zu', 2 from title_detail where original_language = 'zu';
    insert into title_country
    select md5(n::text)::uuid, case when n % 5000 = 0 then 'NZ' else 'US' end, 1
    from generate_series(1, ${TITLES}) as n`);
  for (const table of ['title_detail', 'title_language', 'title_country'])
    await db.execute(`vacuum analyze ${table}`);
}

/** The start, the end, a place amid the known values and one amid the unknown, forward and backward. */
async function positions(db: Database, list: Omit<TitleListRequest, 'position'>): Promise<ListPosition[]> {
  const deep = await listTitles(db, {
    ...list,
    limit: 1500,
    position: { direction: 'forward', beyond: null },
  });
  const end = await listTitles(db, { ...list, position: { direction: 'backward', beyond: null } });
  return (['forward', 'backward'] as const).flatMap((direction) =>
    [null, deep.last, end.first].map((beyond) => ({ direction, beyond })),
  );
}
