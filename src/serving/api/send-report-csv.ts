import { Readable } from 'node:stream';

import type { FastifyReply, FastifyRequest } from 'fastify';

import { readReport, type ReportCells } from '../../catalogue/queries/list-report.ts';
import { reportColumns, type ReportSelection } from '../../catalogue/queries/report-rows.ts';
import type { Queryable } from '../../db/database.ts';
import { csvRecord } from '../../lib/csv.ts';
import { FilmbaseError } from '../../model/errors.ts';
import { splitUrl } from './url.ts';

/** Parameters of pages, of which CSV has none. */
const OF_PAGES = ['limit', 'cursor'];

/** Answers with every row that is selected as CSV: RFC 4180, a header first. Rows are read as the client takes them. */
export async function sendReportCsv(
  request: FastifyRequest,
  reply: FastifyReply,
  db: Queryable,
  selection: ReportSelection,
): Promise<FastifyReply> {
  refusePages(request);
  const batches = readReport(db, selection);
  // What fails before the first row is a problem document, as elsewhere.
  const first = await batches.next();
  const rows = Readable.from(request.method === 'HEAD' ? [] : csvOf(selection, first, batches));
  return reply
    .type('text/csv; charset=utf-8; header=present')
    .header('content-disposition', `attachment; filename="${selection.report.name}.csv"`)
    .header('cache-control', 'no-cache')
    .header('vary', 'Accept, Accept-Encoding')
    .send(rows);
}

async function* csvOf(
  { report }: ReportSelection,
  first: IteratorResult<readonly ReportCells[]>,
  more: AsyncGenerator<readonly ReportCells[]>,
): AsyncGenerator<string> {
  yield csvRecord(reportColumns(report).map(({ name }) => name));
  if (first.done !== true) yield first.value.map(csvRecord).join('');
  for await (const batch of more) yield batch.map(csvRecord).join('');
}

function refusePages({ originalUrl }: FastifyRequest): void {
  const given = splitUrl(originalUrl).parameters.find(({ name }) => OF_PAGES.includes(name));
  if (given === undefined) return;
  const message = 'is not a parameter of CSV, which has every row';
  throw new FilmbaseError('parameter_invalid', `${given.name} ${message}.`, {
    fields: [{ field: given.name, message }],
  });
}
