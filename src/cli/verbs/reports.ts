import type { z } from 'zod';

import { listReport, readReport } from '../../catalogue/queries/list-report.ts';
import type { ListPosition } from '../../catalogue/queries/list-ranges.ts';
import {
  OFFER_REPORTS,
  readOfferReport,
  readOfferReportCells,
  unknownSellers,
  type OfferReport,
} from '../../catalogue/queries/offer-reports.ts';
import { reportColumns, type ReportSelection } from '../../catalogue/queries/report-rows.ts';
import { loadReports } from '../../catalogue/report-rows/load-reports.ts';
import type { Queryable } from '../../db/database.ts';
import { FilmbaseError } from '../../model/errors.ts';
import type { Report } from '../../model/report.ts';
import {
  offerReportParameters,
  offerReportQuery,
  offerSelectionOf,
} from '../../serving/api/offer-report-query.ts';
import { reportParameters, reportQuery, selectionOf } from '../../serving/api/report-query.ts';
import { chosenFormat, sayRecords } from '../formats.ts';
import { table } from '../table.ts';
import type { Output, Verb, VerbContext } from '../verb.ts';

/** Rows of a table, which is for the eye. */
const SHOWN = 40;

/** Rows of JSON that are read at a time. */
const PAGE = 1_000;

const START: ListPosition = { direction: 'forward', beyond: null };

type Row = Record<string, string | number | null>;

/** How a report is printed, all of it or its first rows. */
type Print = (db: Queryable, selection: ReportSelection, out: Output) => Promise<void>;

const PRINTS = { table: sayTable, csv: sayCsv, json: sayJson } as const satisfies Record<string, Print>;

const FORMATS = ['table', 'csv', 'json'] as const;

export const verb: Verb = {
  name: 'reports',
  inServer: true,
  declare: (command) =>
    command
      .summary('reports by company, genre and year')
      .description(
        `Lists the reports with their parameters, or prints one: its first ${SHOWN} rows as a table, all of it as CSV or JSON.`,
      )
      .argument('[name]', 'the report to print')
      .option('--format <format>', 'table, csv or json (default: table)')
      .option('--param <key=value>', 'a parameter of the report; may be repeated', collect)
      .addHelpText(
        'after',
        '\nExample:\n  filmbase reports\n  filmbase reports company-revenue --format csv --param company=Pixar --param agg=mean',
      ),
  run: async (context, [name], options) => {
    const { installation, out } = context;
    const reports = await loadReports();
    if (name === undefined) {
      sayReports(reports, out);
      return 0;
    }
    const onOffers = OFFER_REPORTS.find((one) => one.name === name);
    if (onOffers !== undefined) {
      await sayOfferReport(context, onOffers, options);
      return 0;
    }
    const report = reports.find((one) => one.name === name);
    if (report === undefined) throw new FilmbaseError('report_not_found', `There is no report ${name}.`);
    const print = PRINTS[chosenFormat(options.format, FORMATS)];
    const selection = selectionIn(report, (options.param ?? []) as readonly string[]);
    const { db } = await installation();
    await print(db, selection, out);
    return 0;
  },
};

function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

function sayReports(reports: readonly Report[], out: Output): void {
  const listed = [
    ...reports.map((report) => ({ ...report, parameters: Object.keys(reportParameters(report)) })),
    ...OFFER_REPORTS.map((report) => ({ ...report, parameters: Object.keys(offerReportParameters(report)) })),
  ].map(({ name, title, parameters }) => ({ name, title, parameters }));
  const rows = listed.map(({ name, title, parameters }) => [name, title, parameters.join(' ')]);
  out.say('reports', { reports: listed }, table(['report', 'title', 'parameters'], rows));
}

/** Throws `usage_invalid` for parameters that the report does not take, or not so. */
function selectionIn(report: Report, params: readonly string[]): ReportSelection {
  return selectionOf(report, parameters(report.name, reportQuery(report), params));
}

function parameters<T>(name: string, query: z.ZodType<T>, params: readonly string[]): T {
  const given = new Map<string, string | string[]>();
  for (const param of params) {
    const mark = param.indexOf('=');
    if (mark === -1) throw new FilmbaseError('usage_invalid', `--param is '${param}': key=value is meant.`);
    const key = param.slice(0, mark);
    const before = given.get(key);
    const value = param.slice(mark + 1);
    given.set(key, before === undefined ? value : [before, value].flat());
  }
  const parsed = query.safeParse(Object.fromEntries(given));
  if (parsed.success) return parsed.data;
  const words = parsed.error.issues.map((issue) =>
    issue.code === 'unrecognized_keys'
      ? `${name} does not take ${issue.keys.join(', ')}`
      : `${String(issue.path[0])} ${issue.message}`,
  );
  throw new FilmbaseError('usage_invalid', `--param: ${words.join('; ')}.`);
}

/** A report on offers: its rows, few, as they are now. */
async function sayOfferReport(
  { installation, out }: VerbContext,
  report: OfferReport,
  options: Readonly<Record<string, unknown>>,
): Promise<void> {
  const format = chosenFormat(options.format, FORMATS);
  const query = parameters(report.name, offerReportQuery(report), (options.param ?? []) as readonly string[]);
  const { db, syncWorld } = await installation();
  const { now } = syncWorld(new AbortController().signal, () => undefined);
  const selection = offerSelectionOf(query, now());
  const [unknown] = await unknownSellers(db, selection.sellers);
  if (unknown !== undefined)
    throw new FilmbaseError('usage_invalid', `--param: seller ${unknown} is the name of no seller.`);
  if (format === 'json') {
    const { rowsJson } = await readOfferReport(db, report, selection);
    out.say('rows', { rows: JSON.parse(rowsJson) as Row[] }, rowsJson);
    return;
  }
  const cells = await readOfferReportCells(db, report, selection);
  if (format === 'csv') sayRecords(out, [report.columns, ...cells]);
  else out.say('rows', { rows: cells }, cells.length === 0 ? 'No rows.' : table(report.columns, cells));
}

async function sayTable(db: Queryable, selection: ReportSelection, out: Output): Promise<void> {
  const { itemsJson, more } = await listReport(db, selection, { position: START, limit: SHOWN });
  const rows = JSON.parse(itemsJson) as Row[];
  const names = reportColumns(selection.report).map(({ name }) => name);
  const cells = rows.map((row) =>
    names.map((name) => (name === 'year' ? shownYear(row) : (row[name] ?? null))),
  );
  const end = more ? '\n… and more: --format csv or json gives all.' : '';
  out.say('rows', { rows, more }, rows.length === 0 ? 'No rows.' : table(names, cells) + end);
}

/** As text, since it is no amount. */
function shownYear({ year }: Row): string | null {
  return year === null || year === undefined ? null : String(year);
}

async function sayCsv(db: Queryable, selection: ReportSelection, out: Output): Promise<void> {
  const names = reportColumns(selection.report).map(({ name }) => name);
  sayRecords(out, [names]);
  for await (const rows of readReport(db, selection)) sayRecords(out, rows);
}

/** One JSON array, over as many lines as there are pages. */
async function sayJson(db: Queryable, selection: ReportSelection, out: Output): Promise<void> {
  let position: ListPosition | null = START;
  while (position !== null) {
    const { itemsJson, last, more } = await listReport(db, selection, { position, limit: PAGE });
    const start = position === START ? '[' : ',';
    const text = `${start}${itemsJson.slice(1, -1)}${more ? '' : ']'}`;
    out.say('rows', { rows: JSON.parse(itemsJson) as Row[] }, text);
    position = more ? { direction: 'forward', beyond: last } : null;
  }
}
