import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { claimSelect, copyToParquet, rejectSelect } from '../../model/claim-select.ts';
import { CLAIM_TABLES } from '../../model/claim-tables.ts';
import type { ClaimTable } from '../../model/claim-tables.ts';
import { literal } from '../../model/lake-engine.ts';
import type { ClaimRequest, FileCounts } from '../../model/source.ts';
import { readDocuments } from './documents.ts';
import { judgeDocuments } from './judge.ts';
import type { Judged, Reject } from './judge.ts';
import type { PricesSettings } from './settings.ts';

const SOURCE = 'prices';

/** Turns what sellers answered into claims, polls and rejects; see `Source.claim`. */
export async function claimPrices(request: ClaimRequest<PricesSettings>): Promise<readonly FileCounts[]> {
  const judged = judgeDocuments(await readDocuments(request.rawFolder), request.settings, request.limit);
  await writeClaims(request, 'title', judged.titles);
  await writeClaims(request, 'offer', judged.offers);
  await writeClaims(request, 'poll', judged.polls);
  if (judged.rejects.length > 0) await writeRejects(request, judged.rejects);
  return judged.counts;
}

type ClaimRows = Judged['titles'] | Judged['offers'] | Judged['polls'];

/** Values are text in the file, and cast to the declared types: a price is a decimal at once. */
async function writeClaims(
  { engine, run, scratch, claimFile }: ClaimRequest<PricesSettings>,
  table: ClaimTable,
  rows: ClaimRows,
): Promise<void> {
  const columns = Object.keys(CLAIM_TABLES[table]);
  const from = await textTable(join(scratch, `${table}.ndjson`), columns, rows);
  const same = Object.fromEntries(columns.map((column) => [column, column]));
  const select = claimSelect(table, { source: SOURCE, run, columns: same, from });
  await engine.run(copyToParquet(select, claimFile(table)));
}

async function writeRejects(
  { engine, run, scratch, rejectFile }: ClaimRequest<PricesSettings>,
  rejects: readonly Reject[],
): Promise<void> {
  const columns = { file: 'file', line: 'line', reason: 'reason', detail: 'detail', raw: 'raw' };
  const from = await textTable(join(scratch, 'rejects.ndjson'), Object.keys(columns), rejects);
  const stamp = { source: literal(SOURCE), run: literal(run) };
  await engine.run(copyToParquet(rejectSelect({ columns: { ...stamp, ...columns }, from }), rejectFile));
}

/** The relation of rows that are written to `file`. */
async function textTable(file: string, columns: readonly string[], rows: readonly object[]): Promise<string> {
  await writeFile(file, rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
  const declared = columns.map((column) => `${column}: 'varchar'`).join(', ');
  const options = `format = 'newline_delimited', maximum_object_size = 50000000, columns = {${declared}}`;
  return `read_json(${literal(file)}, ${options})`;
}
