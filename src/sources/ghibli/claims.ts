import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { claimSelect, copyToParquet, rejectSelect } from '../../model/claim-select.ts';
import type { ClaimColumns } from '../../model/claim-select.ts';
import { CLAIM_TABLES, REJECT_COLUMNS } from '../../model/claim-tables.ts';
import type { ClaimTable } from '../../model/claim-tables.ts';
import { FilmbaseError } from '../../model/errors.ts';
import { literal } from '../../model/lake-engine.ts';
import type { ClaimRequest, FileCounts, SourceWorld } from '../../model/source.ts';
import { claimRows } from './claim-rows.ts';
import type { ClaimRow } from './claim-rows.ts';
import { openDocuments } from './documents.ts';
import { judgeDocuments } from './judge-documents.ts';
import type { Reject } from './judge-documents.ts';

/**
 * Turns the raw files into claims and rejects; see `Source.claim`. Errors: `answer_invalid`, `rejects_too_many` (half of the
 * films or more, once the rejects are written), `cancelled`.
 */
export async function claimGhibli(
  request: ClaimRequest<unknown>,
  { log, signal }: Pick<SourceWorld, 'log' | 'signal'>,
): Promise<readonly FileCounts[]> {
  const judged = judgeDocuments(await openDocuments(request), request.limit);
  if (signal.aborted) throw new FilmbaseError('cancelled', 'Claiming ghibli was stopped.');
  await writeRejects(request, judged.rejects);
  refuseRuin(judged.films.length, judged.rejectedFilms);
  if (judged.dangling > 0)
    log.info({ references: judged.dangling }, `${judged.dangling} references of people name no film`);
  for (const [table, rows] of Object.entries(claimRows(judged)))
    await writeClaims(request, table as ClaimTable, rows);
  return judged.counts;
}

/** A provider whose films cannot be understood must not empty what is served of it. */
function refuseRuin(good: number, rejected: number): void {
  if (rejected > 0 && rejected >= good)
    throw new FilmbaseError('rejects_too_many', `${rejected} of ${rejected + good} films were rejected.`);
}

async function writeClaims<T extends ClaimTable>(
  request: ClaimRequest<unknown>,
  table: T,
  rows: readonly ClaimRow[],
): Promise<void> {
  if (rows.length === 0) return;
  const declared: Readonly<Record<string, string>> = CLAIM_TABLES[table];
  const names = Object.keys(rows[0] ?? {});
  const from = await staged(request, table, rows, (name) => declared[name] ?? 'varchar');
  const columns = Object.fromEntries(names.map((name) => [name, name])) as ClaimColumns<T>;
  const select = claimSelect(table, { source: 'ghibli', run: request.run, columns, from });
  await request.engine.run(copyToParquet(select, request.claimFile(table)));
}

async function writeRejects(request: ClaimRequest<unknown>, rejects: readonly Reject[]): Promise<void> {
  if (rejects.length === 0) return;
  const { source, run, ...own } = REJECT_COLUMNS;
  const types: Readonly<Record<string, string>> = own;
  const from = await staged(request, 'rejects', rejects, (name) => types[name] ?? source);
  const columns = {
    source: literal('ghibli'),
    run: `cast(${literal(request.run)} as ${run})`,
    file: 'file',
    line: 'line',
    reason: 'reason',
    detail: 'detail',
    raw: 'raw',
  };
  await request.engine.run(copyToParquet(rejectSelect({ columns, from }), request.rejectFile));
}

/** The rows as a relation: all have the columns of the first. */
async function staged(
  { scratch }: ClaimRequest<unknown>,
  name: string,
  rows: readonly object[],
  typeOf: (column: string) => string,
): Promise<string> {
  const file = join(scratch, `${name}.ndjson`);
  await writeFile(file, rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
  const columns = Object.keys(rows[0] ?? {}).map((column) => `"${column}": ${literal(typeOf(column))}`);
  return `read_json(
  ${literal(file)},
  format = 'newline_delimited',
  columns = {${columns.join(', ')}}
)`;
}
