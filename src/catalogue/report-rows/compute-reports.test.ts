import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { expectedGroups, FIGURES } from '../../../test/expected-reports.ts';
import { idOf, nameOf, openReportLab, reportedFilm } from '../../../test/reported-films.ts';
import type { ReportedFilm, ReportLab, ReportRow } from '../../../test/reported-films.ts';
import { AGGREGATES, seriesNumber, seriesOf } from '../../model/report.ts';
import type { Report } from '../../model/report.ts';
import { loadReports } from './load-reports.ts';

const NAMES = { 1: 'Ann Films', 2: 'Ann Films' };

/** Few companies, genres, years and figures, so that groups have several films, ties and unknowns. */
const film = fc
  .record({
    isFilm: fc.constantFrom(true, true, true, false),
    year: fc.constantFrom(null, 1999, 2000),
    genres: fc.subarray(['Comedy', 'Drama', 'Film-Noir']),
    companies: fc.uniqueArray(fc.integer({ min: 1, max: 5 }).map(idOf), { maxLength: 4 }),
    budget: fc.constantFrom(null, null, 1, 100, 333_333_333),
    revenue: fc.constantFrom(null, 1, 7, 2_787_965_087),
    popularity: fc.constantFrom(null, 0, 0.000001, 21.946943),
    votes: fc.constantFrom(null, 0, 1, 14_075),
    weighted: fc.constantFrom(null, 6.123, 7.7),
    movielens: fc.constantFrom(null, 0.5, 7.123456),
    ratingSystem: fc.constantFrom('movielens', 'imdb'),
  })
  .map(reportedFilm);

describe('the reports', () => {
  let lab: ReportLab;
  let reports: Report[];
  beforeAll(async () => {
    lab = await openReportLab();
    reports = await loadReports();
  });
  afterAll(() => lab.close());

  test('say of each group what plain counting says', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(film, { maxLength: 40 }), async (films) => {
        const rows = await lab.compute(films, NAMES);
        for (const report of reports) {
          for (const { metric, attribution } of seriesOf(report)) {
            const found = rows.filter(
              (row) => row.report === report.name && row.metric === metric && row.attribution === attribution,
            );
            const figure = FIGURES[metric];
            if (figure === undefined) throw new Error(`No figure ${metric} is expected.`);
            const expected = expectedGroups(films, figure, report.groups, attribution);
            expect(found.map(groupOf).sort(byPlace)).toEqual(
              expected.map((group) => stated(group, report)).sort(byPlace),
            );
          }
        }
      }),
      { numRuns: 15 },
    );
  });

  test('name each company, whether or not another has its name', async () => {
    const rows = await lab.compute([reportedFilm({ companies: [idOf(1), idOf(2)] })], NAMES);
    const names = rows.filter(({ report }) => report === 'company-revenue').map((row) => row.company_name);
    expect(names).toEqual(['Ann Films', 'Ann Films', 'Ann Films', 'Ann Films']);
    const ids = rows.filter(is('company-revenue', 'full')).map((row) => row.company_id);
    expect(ids.sort()).toEqual([idOf(1), idOf(2)]);
  });

  test('share a film among 26 companies to the cent, the first having what is left over', async () => {
    const companies = Array.from({ length: 26 }, (_, at) => idOf(26 - at));
    const rows = await lab.compute([reportedFilm({ companies, budget: 100, revenue: 10 })]);
    const shares = (report: string) =>
      companies.map((id) => rows.find((row) => is(report, 'split')(row) && row.company_id === id)?.sum);
    expect(shares('company-budget')).toEqual([
      ...Array<number>(16).fill(385),
      ...Array<number>(10).fill(384),
    ]);
    expect(shares('company-profit')).toEqual([
      ...Array<number>(4).fill(-347),
      ...Array<number>(22).fill(-346),
    ]);
    expect(shares('company-budget').reduce((a, b) => (a ?? 0) + (b ?? 0), 0)).toBe(100_00);
  });

  test('keep a group of which nothing is known, with n 0', async () => {
    const rows = await lab.compute([reportedFilm({ companies: [idOf(1)], year: null, budget: 5 })]);
    expect(rows.find(is('company-budget', 'full'))).toMatchObject({ year: null, films: 1, n: 1, sum: 500 });
    expect(rows.find(is('company-profit', 'full'))).toMatchObject({ year: null, films: 1, n: 0, sum: null });
  });

  test('give p90 by nearest rank: of ten the ninth, of eleven the tenth', async () => {
    const of = async (films: number) => {
      const stated = Array.from({ length: films }, (_, at) =>
        reportedFilm({ genres: ['Drama'], budget: at + 1 }),
      );
      return (await lab.compute(stated)).find(is('genre-budget', 'full'))?.p90;
    };
    expect([await of(1), await of(10), await of(11)]).toEqual([100, 900, 1000]);
  });

  test('have no geometric mean where a figure is not above zero', async () => {
    const geomean = async (...budgetsAndRevenues: [number, number][]) => {
      const films = budgetsAndRevenues.map(([budget, revenue]) =>
        reportedFilm({ genres: ['Drama'], budget, revenue }),
      );
      return (await lab.compute(films)).find(is('genre-profit', 'full'))?.geomean;
    };
    expect(await geomean([1, 3], [1, 9])).toBe(400);
    expect(await geomean([1, 3], [1, 1])).toBeNull();
    expect(await geomean([1, 3], [9, 1])).toBeNull();
  });

  test('take two spellings of a genre for one', async () => {
    const films = [reportedFilm({ genres: ['Sci-Fi', 'sci-fi'] }), reportedFilm({ genres: ['sci-fi'] })];
    const rows = (await lab.compute(films)).filter(is('genre-revenue', 'full'));
    expect(rows.map(({ genre, films }) => [genre, films])).toEqual([['Sci-Fi', 2]]);
  });

  test('give a group the same id in each series and version, and no other', async () => {
    const films: ReportedFilm[] = [1999, null].flatMap((year) =>
      ['Drama', 'Comedy'].map((genre) =>
        reportedFilm({ year, genres: [genre], companies: [idOf(1), idOf(2)] }),
      ),
    );
    const before = await lab.compute(films);
    const after = await lab.compute([...films, reportedFilm({ companies: [idOf(3)] })]);
    const groupsOf = (rows: readonly ReportRow[]) =>
      new Map(rows.map(({ id, year, company_id, genre }) => [id, JSON.stringify([year, company_id, genre])]));
    const [first, second] = [groupsOf(before), groupsOf(after)];
    expect(new Set(first.values()).size).toBe(first.size);
    for (const [id, group] of first) expect(second.get(id)).toBe(group);
  });

  test('come of an empty catalogue as no rows', async () => {
    expect(await lab.compute([])).toEqual([]);
  });

  test('are told by numbers that differ', () => {
    const numbers = reports.flatMap((report) =>
      seriesOf(report).map((series) => seriesNumber(report, series)),
    );
    expect(new Set(numbers).size).toBe(numbers.length);
  });

  test('are named as their files, each with words of its own', () => {
    expect(reports.map(({ name }) => name)).toEqual([
      'company-budget',
      'company-popularity',
      'company-profit',
      'company-releases-by-genre',
      'company-revenue',
      'genre-budget',
      'genre-most-popular',
      'genre-profit',
      'genre-revenue',
    ]);
    expect(new Set(reports.map(({ description }) => description)).size).toBe(reports.length);
  });
});

const is = (report: string, attribution: string) => (row: ReportRow) =>
  row.report === report && row.attribution === attribution;

/** A row as `stated` states one. */
function groupOf(row: ReportRow): object {
  const { year, company_id: company, company_name: name, genre, films, n } = row;
  const values = AGGREGATES.map((aggregate) => row[aggregate]);
  return { place: JSON.stringify([year, company, genre]), name, films, n, values };
}

function stated(group: ReturnType<typeof expectedGroups>[number], { aggregates }: Report): object {
  const { year, company, genre, films, n } = group;
  const values = AGGREGATES.map((aggregate) => (aggregates.includes(aggregate) ? group[aggregate] : null));
  const name = company === null ? null : nameOf(company, NAMES);
  return { place: JSON.stringify([year, company, genre]), name, films, n, values };
}

function byPlace(a: object, b: object): number {
  return (a as { place: string }).place < (b as { place: string }).place ? -1 : 1;
}
