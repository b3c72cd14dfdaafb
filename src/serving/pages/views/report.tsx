import type { JSX } from 'preact';

import type { ApiDocument } from '../../api/api-document.ts';
import { askedOf, pageAddress } from '../addresses.ts';
import { askChartRows } from '../charts/ask-chart-rows.ts';
import { barChart, yearlyChart, type ReportChart } from '../charts/report.ts';
import { formFields, type FormField } from '../form-fields.ts';
import type { AskedPage, Page } from '../page.ts';
import { PageLinks } from '../parts/page-links.tsx';
import { ReportForm } from '../parts/report-form.tsx';
import { ReportTable } from '../parts/report-table.tsx';
import { SellersNote } from '../parts/sellers-note.tsx';
import type { FilmOffers, ReportList, ReportRow } from '../shapes.ts';

/** What any report answers: one by year has pages, one on offers has sellers. */
interface ReportAnswer {
  readonly data: readonly ReportRow[];
  readonly page?: { readonly next: string | null; readonly prev: string | null };
  readonly sellers?: FilmOffers['sellers'];
}

type ListedReport = ReportList['data'][number];

/** `/reports/{name}`: a report as a chart and a table, with what it can be asked, and as CSV. */
export const page: Page = {
  route: /^\/reports\/[^/]+$/,
  show: async (asked) => {
    const { ask, path } = asked;
    const query = askedOf(asked.query, []);
    const answer = await ask<ReportAnswer>(query.size === 0 ? path : `${path}?${query}`);
    const [{ data: reports }, document] = await Promise.all([
      ask<ReportList>('/reports'),
      ask<ApiDocument>('/openapi.json'),
    ]);
    const report = reports.find(({ name }) => path === `/reports/${name}`);
    if (report === undefined) throw new Error(`${path} is no report of the list.`);
    const chart = await chartOf(asked, query, answer, report.title);
    const fields = formFields(document, path);
    return {
      title: report.title,
      description: report.description,
      main: <ReportPage asked={asked} report={report} fields={fields} answer={answer} chart={chart} />,
      scripts: ['list'],
    };
  },
};

/** A chart of the groups with the largest figures, whatever page of the table is shown; of a report without years, of its rows. */
async function chartOf(
  { ask, path }: AskedPage,
  query: URLSearchParams,
  { data, page }: ReportAnswer,
  title: string,
): Promise<ReportChart | null> {
  if (page === undefined) return barChart(data, title);
  const filters = [...query].filter(([name]) => !OF_THE_TABLE.includes(name));
  return yearlyChart(await askChartRows(ask, path, filters), title);
}

/** Parameters that say how the table is shown. */
const OF_THE_TABLE = ['sort', 'limit', 'cursor'];

interface Props {
  readonly asked: AskedPage;
  readonly report: ListedReport;
  readonly fields: readonly FormField[];
  readonly answer: ReportAnswer;
  readonly chart: ReportChart | null;
}

function ReportPage({ asked, report, fields, answer, chart }: Props): JSX.Element {
  const { path, query } = asked;
  return (
    <>
      <p class="of-series">
        <a href="/reports">Reports</a>
      </p>
      <h1>{report.title}</h1>
      <p class="lead">{report.description}</p>
      <ReportForm fields={fields} path={path} query={query} />
      {chart !== null && <Figure chart={chart} />}
      <div class="section-head">
        <h2>All rows</h2>
        <a href={csvAddress(path, query)} download>
          All of it as CSV
        </a>
      </div>
      <ReportTable rows={answer.data} label={report.title} path={path} query={query} />
      {answer.page !== undefined && (
        <PageLinks
          prev={pageAddress(path, query, answer.page.prev)}
          next={pageAddress(path, query, answer.page.next)}
        />
      )}
      {answer.sellers !== undefined && <SellersNote sellers={answer.sellers} />}
    </>
  );
}

function Figure({ chart: { chart, groups, from } }: { chart: ReportChart }): JSX.Element {
  return (
    <figure class="figure-box">
      <div class="chart-box" tabIndex={0} role="region" aria-label="Chart">
        {chart}
      </div>
      {groups.length > 0 && (
        <figcaption>
          <ul class="legend">
            {groups.map(({ name, place }) => (
              <li class={`ink-${place}`}>{name}</li>
            ))}
          </ul>
          {from !== null && <p class="muted">From {from}: the table has the years before.</p>}
        </figcaption>
      )}
    </figure>
  );
}

/** The same rows as CSV, which has no pages. */
function csvAddress(path: string, query: URLSearchParams): string {
  const asked = askedOf(query, ['limit', 'cursor']);
  return asked.size === 0 ? `${path}.csv` : `${path}.csv?${asked}`;
}
