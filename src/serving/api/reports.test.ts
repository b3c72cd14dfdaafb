import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { openTestApi } from '../../../test/api.ts';
import { describeOnEachDatabase } from '../../../test/databases.ts';
import { idOf, openReportLab, reportedFilm, type ReportLab } from '../../../test/reported-films.ts';
import type { Database } from '../../db/database.ts';

interface ReportPage {
  readonly data: readonly Record<string, string | number | null>[];
  readonly page: { next: string | null; prev: string | null; limit: number };
}

const PIXAR = idOf(101);
const OTHER_PIXAR = idOf(102);
const PATHE = idOf(103);

const NAMES = { 101: 'Pixar', 102: 'PIXAR', 103: 'Pathé, "Frères"' };

const FILMS = [
  reportedFilm({ year: 2000, genres: ['Drama'], companies: [PIXAR, PATHE], budget: 100, popularity: 5 }),
  reportedFilm({ year: 2000, genres: ['Drama', 'War'], companies: [PIXAR], budget: 4, popularity: 1.5 }),
  reportedFilm({ year: 2001, genres: ['Comedy'], companies: [PIXAR], popularity: 2 }),
  reportedFilm({
    year: 2001,
    genres: ['War'],
    companies: [OTHER_PIXAR],
    budget: 7,
    revenue: 6,
    popularity: 2,
  }),
  reportedFilm({ year: null, genres: ['War'], companies: [PATHE], budget: 1, movielens: 8.25 }),
];

let lab: ReportLab;
beforeAll(async () => {
  lab = await openReportLab();
  await lab.compute(FILMS, NAMES);
});
afterAll(() => lab.close());

async function serve(db: Database): Promise<FastifyInstance> {
  await lab.serve(db);
  return openTestApi(db);
}

async function page(api: FastifyInstance, url: string): Promise<ReportPage> {
  const answer = await api.inject(url);
  expect([url, answer.statusCode]).toEqual([url, 200]);
  return answer.json();
}

/** The rows' values of these columns. */
async function rows(api: FastifyInstance, url: string, ...columns: string[]): Promise<unknown[][]> {
  return (await page(api, url)).data.map((row) => columns.map((column) => row[column]));
}

describeOnEachDatabase('GET /reports', (open) => {
  test('lists each report with the parameters that it takes', async () => {
    const { db } = await open();
    const api = await openTestApi(db);
    const { data } = (await api.inject('/reports')).json<{
      data: { name: string; parameters: { name: string; description: string }[] }[];
    }>();
    expect(data).toHaveLength(11);
    const names = Object.fromEntries(
      data.map(({ name, parameters }) => [name, parameters.map((parameter) => parameter.name).join(' ')]),
    );
    const years = 'year year_gt year_gte year_lt year_lte sort limit cursor';
    expect(names).toMatchObject({
      'company-budget': `agg attribution company company_id ${years}`,
      'company-releases-by-genre': `company company_id genre ${years}`,
      'company-popularity': `metric agg company company_id ${years}`,
      'genre-most-popular': `metric agg top genre ${years}`,
      'genre-profit': `agg genre ${years}`,
      'cheapest-title': 'seller top',
      'cheapest-seller': 'seller basis top',
    });
    expect(
      data.flatMap(({ parameters }) => parameters.filter(({ description }) => description === '')),
    ).toEqual([]);
  });

  test('/company-budget: newest year first, the year that is not known last, each company by its id', async () => {
    const { db } = await open();
    const api = await serve(db);
    const { data } = await page(api, '/reports/company-budget');
    expect(data).toEqual([
      { year: 2001, companyId: OTHER_PIXAR, companyName: 'PIXAR', value: 7, n: 1, films: 1, coverage: 1 },
      { year: 2001, companyId: PIXAR, companyName: 'Pixar', value: null, n: 0, films: 1, coverage: 0 },
      { year: 2000, companyId: PIXAR, companyName: 'Pixar', value: 104, n: 2, films: 2, coverage: 1 },
      { year: 2000, companyId: PATHE, companyName: NAMES[103], value: 100, n: 1, films: 1, coverage: 1 },
      { year: null, companyId: PATHE, companyName: NAMES[103], value: 1, n: 1, films: 1, coverage: 1 },
    ]);
  });

  test('takes an aggregate, an attribution, a metric', async () => {
    const { db } = await open();
    const api = await serve(db);
    const of = (query: string) => rows(api, `/reports/${query}&company_id=${PIXAR}&year=2000`, 'value');
    expect(await of('company-budget?agg=mean')).toEqual([[52]]);
    expect(await of('company-budget?agg=geomean')).toEqual([[20]]);
    expect(await of('company-budget?attribution=split')).toEqual([[54]]);
    expect(await of('company-popularity?metric=popularity')).toEqual([[3.25]]);
    expect(await of('company-popularity?metric=popularity&agg=p90')).toEqual([[5]]);
    expect(
      await rows(api, '/reports/company-popularity?metric=movielens&sort=value', 'year', 'value'),
    ).toMatchObject({
      0: [null, 8.25],
    });
  });

  test('narrows to companies by name or id, to genres and to years', async () => {
    const { db } = await open();
    const api = await serve(db);
    const of = (query: string) => rows(api, `/reports/${query}`, 'companyId', 'genre', 'year');
    expect(await of('company-profit?company=pixar&year=2001')).toHaveLength(2);
    expect(await of('company-profit?company=PATH%C3%89,+fr%C3%88res&sort=year')).toEqual([
      [PATHE, undefined, 2000],
      [PATHE, undefined, null],
    ]);
    expect(await of(`company-releases-by-genre?company_id=${PIXAR}&genre=DRAMA`)).toEqual([
      [PIXAR, 'Drama', 2000],
    ]);
    expect(await of('genre-budget?genre=war&genre=comedy&year_gte=2001')).toEqual([
      [undefined, 'War', 2001],
      [undefined, 'Comedy', 2001],
    ]);
    expect(await of('company-profit?company=disney')).toEqual([]);
  });

  test('/genre-most-popular: the first genre of each year, all that tie, and more ranks where asked', async () => {
    const { db } = await open();
    const api = await serve(db);
    const of = (query: string) =>
      rows(api, `/reports/genre-most-popular?${query}`, 'year', 'rank', 'genre', 'value');
    expect(await of('agg=sum')).toEqual([
      [2001, 1, 'Comedy', 2],
      [2001, 1, 'War', 2],
      [2000, 1, 'Drama', 6.5],
    ]);
    expect(await of('agg=sum&top=2&year=2000')).toEqual([
      [2000, 1, 'Drama', 6.5],
      [2000, 2, 'War', 1.5],
    ]);
    expect(await of('metric=movielens')).toEqual([[null, 1, 'War', 8.25]]);
    expect(await of('genre=war')).toEqual([[2001, 1, 'War', 2]]);
  });

  test('is walked by next to the end and by prev back to the start', async () => {
    const { db } = await open();
    const api = await serve(db);
    const first = await page(api, '/reports/company-budget.json?limit=2&sort=-value');
    const second = await page(api, first.page.next ?? '');
    const third = await page(api, second.page.next ?? '');
    const values = [first, second, third].map(({ data }) => data.map(({ value }) => value));
    expect([values, third.page.next]).toEqual([[[104, 100], [7, 1], [null]], null]);
    const back = await page(api, third.page.prev ?? '');
    expect(back.data).toEqual(second.data);
    expect((await page(api, back.page.prev ?? '')).data).toEqual(first.data);
    const answer = await api.inject(first.page.next ?? '');
    expect(answer.headers.link).toBe(
      `<${second.page.next ?? ''}>; rel="next", <${second.page.prev ?? ''}>; rel="prev"`,
    );
  });

  test('refuses a cursor of another report or another choice', async () => {
    const { db } = await open();
    const api = await serve(db);
    const { next } = (await page(api, '/reports/company-budget?limit=1')).page;
    for (const other of [
      'company-revenue?limit=1',
      'company-budget?agg=mean',
      'company-budget?attribution=split',
    ]) {
      const url = `/reports/${other}&cursor=${new URLSearchParams(next?.split('?')[1]).get('cursor') ?? ''}`;
      expect((await api.inject(url)).json()).toMatchObject({ status: 400, type: '/problems/cursor_invalid' });
    }
  });

  test('names what a report does not take, and a report that there is not', async () => {
    const { db } = await open();
    const api = await openTestApi(db);
    const wrong = {
      'company-budget?metric=votes': 'metric',
      'company-budget?genre=Drama': 'genre',
      'company-budget?top=2': 'top',
      'company-budget?colour=red': 'colour',
      'company-budget?agg=max': 'agg',
      'company-budget?company_id=1': 'company_id.0',
      'company-budget?sort=budget': 'sort',
      'company-budget?limit=101': 'limit',
      'company-budget.csv?limit=10': 'limit',
      'company-popularity?attribution=split': 'attribution',
      'company-releases-by-genre?agg=sum': 'agg',
      'genre-most-popular?top=0': 'top',
      'genre-budget?company=Pixar': 'company',
    };
    for (const [query, field] of Object.entries(wrong)) {
      const answer = await api.inject(`/reports/${query}`);
      const { errors } = answer.json<{ errors: { field: string }[] }>();
      expect([query, answer.statusCode, errors.map((error) => error.field)]).toEqual([query, 400, [field]]);
    }
    for (const url of ['/reports/none', '/reports/none.csv', '/reports/toString']) {
      expect((await api.inject(url)).json()).toMatchObject({
        status: 404,
        type: '/problems/report_not_found',
      });
    }
  });

  test('keeps the answer until something else is served', async () => {
    const { db } = await open();
    const api = await serve(db);
    const url = '/reports/genre-budget?genre=War&year=2001';
    const before = await api.inject(url);
    const again = await api.inject({ url, headers: { 'if-none-match': String(before.headers.etag) } });
    expect([before.statusCode, again.statusCode]).toEqual([200, 304]);
  });
});

describeOnEachDatabase('GET /reports/….csv', (open) => {
  test('is the whole of what is asked for, with a header, whatever the request accepts', async () => {
    const { db } = await open();
    const api = await serve(db);
    const answer = await api.inject({
      url: '/reports/company-budget.csv?year_lte=2000&attribution=split',
      headers: { accept: 'image/png' },
    });
    expect(answer.body).toBe(
      [
        'year,companyId,companyName,value,n,films,coverage',
        `2000,${PIXAR},Pixar,54,2,2,1`,
        `2000,${PATHE},"Pathé, ""Frères""",50,1,1,1`,
        '',
      ].join('\r\n'),
    );
    expect(answer.headers).toMatchObject({
      'content-type': 'text/csv; charset=utf-8; header=present',
      'content-disposition': 'attachment; filename="company-budget.csv"',
    });
    expect(String(answer.headers.vary).toLowerCase()).toMatch(/accept, accept-encoding/);
  });

  test('comes without the ending to whoever accepts CSV and not JSON', async () => {
    const { db } = await open();
    const api = await serve(db);
    const as = (accept: string) =>
      api.inject({ url: '/reports/genre-profit?year=2001', headers: { accept } });
    await as('application/json');
    expect((await as('text/csv')).body).toBe(
      'year,genre,value,n,films,coverage\r\n2001,War,-1,1,1,1\r\n2001,Comedy,,0,1,0\r\n',
    );
    expect((await as('text/csv, */*')).headers['content-type']).toMatch('application/json');
    expect((await as('image/png')).statusCode).toBe(406);
    expect((await api.inject({ url: '/movies', headers: { accept: 'text/csv' } })).statusCode).toBe(406);
  });

  test('has every row of a long report once, and to HEAD none', async () => {
    const { db } = await open();
    const films = Array.from({ length: 4_100 }, (_, at) =>
      reportedFilm({ year: 1900 + (at % 7), companies: [idOf(1000 + at)] }),
    );
    await lab.compute(films);
    const api = await serve(db);
    const csv = (await api.inject('/reports/company-revenue.csv?sort=name')).body;
    const companies = csv.split('\r\n').map((line) => line.split(',')[1]);
    expect(companies).toHaveLength(4_102);
    expect(new Set(companies).size).toBe(4_102);
    const head = await api.inject({ method: 'HEAD', url: '/reports/company-revenue.csv' });
    expect([head.statusCode, head.body, head.headers['content-type']]).toEqual([
      200,
      '',
      'text/csv; charset=utf-8; header=present',
    ]);
    await lab.compute(FILMS, NAMES);
  });

  test('is no ending of other addresses', async () => {
    const { db } = await open();
    const api = await openTestApi(db);
    for (const url of ['/reports.csv', '/genres.csv', '/reports/.csv']) {
      expect([url, (await api.inject(url)).statusCode]).toEqual([url, 404]);
    }
  });
});
