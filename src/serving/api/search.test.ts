import type { FastifyInstance } from 'fastify';
import sql from 'sql-template-tag';
import { expect, it } from 'vitest';

import { anyKey, openTestApi } from '../../../test/api.ts';
import { describeOnEachDatabase } from '../../../test/databases.ts';
import { servedFilm, serveFilms } from '../../../test/served-films.ts';
import type { Database } from '../../db/database.ts';

interface Page {
  readonly data: readonly { readonly title: string; readonly address?: string | null }[];
  readonly page: { readonly next: string | null };
  readonly search?: { readonly matched: number; readonly isCut: boolean };
  readonly count: { readonly value: number } | null;
  readonly facets?: Readonly<Record<string, { readonly values: readonly { readonly count: number }[] }>>;
}

const STARS = Array.from({ length: 25 }, (_, at) =>
  servedFilm({
    title: `Star ${at}`,
    year: 1990 + at,
    rating: at % 3 === 0 ? null : at % 9,
    votes: at % 5,
    genres: ['Drama'],
  }),
);

async function openApi(db: Database): Promise<FastifyInstance> {
  await serveFilms(db, [
    ...STARS,
    servedFilm({ title: 'Moon' }),
    servedFilm({ title: 'Star series', kind: 'tvSeries' }),
  ]);
  return openTestApi(db, anyKey('write'));
}

async function get(api: FastifyInstance, url: string): Promise<Page> {
  const answer = await api.inject(url);
  expect([url, answer.statusCode]).toEqual([url, 200]);
  return answer.json();
}

describeOnEachDatabase('GET /search', (open) => {
  it('finds titles of all kinds and says where they are', async () => {
    const { db } = await open();
    const api = await openApi(db);
    const { data } = await get(api, '/search?q=star+series');
    expect(data[0]).toMatchObject({ title: 'Star series', kind: 'tvSeries' });
    expect(data[0]?.address).toMatch(/^\/series\/[-0-9a-f]{36}$/);
    const [film] = (await get(api, '/search?q=moon')).data;
    expect((await api.inject(film?.address ?? '')).json()).toMatchObject({ title: 'Moon' });
  });

  it('finds a film with the next request after it is entered, by what it is called and mistyped', async () => {
    const { db } = await open();
    const api = await openApi(db);
    const payload = { title: 'Zyxomma: Ränkespiel', originalTitle: 'Schattenkönig', year: 2024 };
    const headers = { authorization: 'Bearer x' };
    expect((await api.inject({ method: 'POST', url: '/movies', headers, payload })).statusCode).toBe(201);
    for (const q of [
      'zyxomma',
      'zyxoma',
      'rankespiel',
      'schattenkonig',
      'schattenkoing',
      'zyx',
      'zyxomma+2024',
    ])
      expect((await get(api, `/search?q=${q}`)).data[0]?.title).toBe(payload.title);
  });

  it('refuses what is no search', async () => {
    const { db } = await open();
    const api = await openTestApi(db);
    for (const query of [
      '',
      '?q=',
      '?q=%20%20',
      `?q=${'x'.repeat(201)}`,
      '?q=a&q=b',
      '?q=a&limit=0',
      '?q=a&kind=none',
      '?q=a&b=c',
    ]) {
      const answer = await api.inject(`/search${query}`);
      expect([query, answer.statusCode]).toEqual([query, 400]);
      expect(answer.json<{ errors: unknown[] }>().errors).toHaveLength(1);
    }
  });
});

describeOnEachDatabase('a list of what is found by a text', (open) => {
  it('has every film that is found once, page by page, in whatever order', async () => {
    const { db } = await open();
    const api = await openApi(db);
    for (const sort of ['', '&sort=-relevance', '&sort=-rating', '&sort=title', '&sort=votes,-year']) {
      const titles: string[] = [];
      let url: string | null = `/movies?q=star&limit=7${sort}`;
      while (url !== null) {
        const page: Page = await get(api, url);
        expect(page.search).toEqual({ matched: 25, isCut: false });
        titles.push(...page.data.map(({ title }) => title));
        url = page.page.next;
      }
      expect([sort, [...titles].sort()]).toEqual([sort, STARS.map(({ title }) => title).sort()]);
    }
  });

  it('is the most relevant first, most voted among equals; and the other way round', async () => {
    const { db } = await open();
    const api = await openApi(db);
    const votes = async (url: string) =>
      (await get(api, url)).data.map(({ title }) => STARS.find((star) => star.title === title)?.votes ?? 0);
    const first = await votes('/movies?q=star&limit=25');
    expect(first).toEqual([...first].sort((a, b) => b - a));
    expect(await votes('/movies?q=star&limit=25&sort=-relevance')).toEqual([...first].reverse());
  });

  it('passes the filters, too', async () => {
    const { db } = await open();
    const api = await openApi(db);
    const { data, count, search } = await get(api, '/movies?q=star&genre=drama&year_gte=2010&count=exact');
    expect(data.map(({ title }) => title).sort()).toEqual([
      'Star 20',
      'Star 21',
      'Star 22',
      'Star 23',
      'Star 24',
    ]);
    expect(count?.value).toBe(5);
    expect(search?.matched).toBe(25);
    expect((await get(api, '/movies?q=star&year=1700')).data).toEqual([]);
    expect((await get(api, '/series?q=star')).data.map(({ title }) => title)).toEqual(['Star series']);
  });

  it('has what has every word, or as many as any has', async () => {
    const { db } = await open();
    const api = await openApi(db);
    expect((await get(api, '/movies?q=star+7')).data.map(({ title }) => title)).toEqual(['Star 7']);
    expect((await get(api, '/movies?q=star+xylophon')).search?.matched).toBe(25);
    expect((await get(api, '/movies?q=qqqq')).data).toEqual([]);
  });

  it('says that it is cut where more is found than is listed', async () => {
    const { db } = await open();
    const api = await openApi(db);
    await db.query(sql`
      insert into title (id, key, kind, is_film, title, original_title, title_sort, genres, sources)
      select overlay(overlay(md5(n::text) placing '4' from 13) placing 'a' from 17)::uuid, n::text, 'movie', true, 'Nova', 'Nova', 'nova', '{}', '{imdb}'
      from generate_series(1, 10001) as n`);
    await db.query(sql`
      insert into search_word (word, best, size, numbers, added)
      select 'nova', max(number), count(*), array_agg(number order by number desc), false
      from (
        select ('x' || left(id::text, 5))::bit(20)::bigint as number
        from title
        where title = 'Nova'
      ) as t`);
    expect((await get(api, '/movies?q=nova')).search).toEqual({ matched: 10_000, isCut: true });

    await db.query(sql`delete from title where title = 'Nova' and id::text > '4'`);
    const { matched = 0, isCut } = (await get(api, '/movies?q=nova')).search ?? {};
    expect([matched > 1_000, matched < 10_000, isCut]).toEqual([true, true, true]);
  });

  it('is counted by facets as it is listed, each with its own filter off', async () => {
    const { db } = await open();
    const api = await openApi(db);
    const { facets } = await get(api, '/movies?q=star&year_gte=2010&rating_gte=5&facets=decade,rating,genre');
    const after = STARS.filter(({ rating }) => rating !== null && rating >= 5);
    const rated = STARS.filter(({ year, rating }) => rating !== null && (year ?? 0) >= 2010);
    const both = after.filter((star) => rated.includes(star));
    const counts = (facet: string) => facets?.[facet]?.values.reduce((sum, { count }) => sum + count, 0);
    expect([counts('decade'), counts('rating'), counts('genre')]).toEqual([
      after.length,
      rated.length,
      both.length,
    ]);
  });

  it('belongs to its text: a cursor of it is refused with another', async () => {
    const { db } = await open();
    const api = await openApi(db);
    const { page } = await get(api, '/movies?q=star');
    const other = await api.inject((page.next ?? '').replace('q=star', 'q=stars'));
    expect(other.json()).toMatchObject({ type: '/problems/cursor_invalid' });
  });

  it('alone can be sorted by relevance', async () => {
    const { db } = await open();
    const api = await openApi(db);
    const answer = await api.inject('/movies?sort=relevance');
    expect(answer.statusCode).toBe(400);
    expect(answer.json()).toMatchObject({ errors: [{ field: 'sort' }] });
  });
});
