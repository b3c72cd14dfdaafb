import { afterAll, beforeAll, expect, test } from 'vitest';

import { openTestApi } from '../../../test/api.ts';
import { describeOnOnePglite } from '../../../test/databases.ts';
import { idOf, openReportLab, reportedFilm, type ReportLab } from '../../../test/reported-films.ts';
import { visit } from '../../../test/visit.ts';

/** Years of the films, each of which has a film of each company: more rows than one request for them gives. */
const YEARS = Array.from({ length: 40 }, (_, at) => 1961 + at);
const COMPANIES = [101, 102, 103, 104].map(idOf);
const GENRES = ['Comedy', 'Drama'];

let lab: ReportLab;
beforeAll(async () => {
  lab = await openReportLab();
  await lab.compute(
    YEARS.flatMap((year) =>
      COMPANIES.map((company) =>
        reportedFilm({ year, genres: GENRES, companies: [company], budget: year === 2000 ? null : 100 }),
      ),
    ),
  );
});
afterAll(() => lab.close());

describeOnOnePglite('the page of a report', (db) => {
  beforeAll(() => lab.serve(db()));

  const show = async (url: string) => {
    const api = await openTestApi(db());
    const { body, statusCode } = await visit(api, url);
    expect([url, statusCode]).toEqual([url, 200]);
    return body;
  };

  /** What stands below the chart's axis of years. */
  const yearsNamed = (body: string) =>
    [...body.matchAll(/<text[^>]*>((?:19|20)\d\d)<\/text>/g)].map(([, year]) => Number(year));

  test.each(['/reports/company-budget', '/reports/company-releases-by-genre'])(
    'at %s draws all years, not those alone that one request gives',
    async (url) => {
      const body = await show(url);
      expect(body.match(/<circle /g)?.length).toBe(
        url.endsWith('genre') ? YEARS.length * 8 : (YEARS.length - 1) * COMPANIES.length,
      );
      expect(Math.min(...yearsNamed(body))).toBeLessThan(1970);
    },
  );

  test.each([
    [1990, 1991, [1990, 1991]],
    [1990, 1990, [1990]],
  ])('from %i to %i names each year once', async (from, to, years) => {
    const body = await show(`/reports/company-budget?year_gte=${from}&year_lte=${to}`);
    expect(yearsNamed(body)).toEqual(years);
  });

  test('has figures to the right, also where the first is not known', async () => {
    const body = await show('/reports/company-budget?sort=-year');
    const [, first = ''] = /<tbody>(.*?)<\/tr>/s.exec(body) ?? [];
    expect(first).toContain('<td>2000</td>');
    expect(first).toContain('<td class="figure">–</td>');
  });
});
