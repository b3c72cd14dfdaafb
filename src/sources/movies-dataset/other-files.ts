import { join } from 'node:path';

import type { ClaimRequest, FileCounts, SourceWorld } from '../../model/source.ts';
import { readCsvRecords } from './csv-records.ts';
import type { Dataset } from './dataset.ts';

type LeftFile = Dataset['left'][number];

/** Counts the records of the files that are left out, all of them `outside`: the full file says what they say. */
export async function countOthers(
  request: ClaimRequest<unknown>,
  { left }: Dataset,
  { progress }: Pick<SourceWorld, 'progress'>,
): Promise<FileCounts[]> {
  const counts: FileCounts[] = [];
  for (const file of left) {
    const read = file.role === 'ratings' ? await countLines(request, file) : await countRecords(file);
    progress({ label: file.name, done: file.bytes, total: file.bytes, unit: 'bytes' });
    counts.push({ file: file.name, read, claimed: 0, unchanged: 0, outside: read, rejected: 0, reasons: {} });
  }
  return counts;
}

async function countLines({ engine, scratch }: ClaimRequest<unknown>, file: LeftFile): Promise<number> {
  const to = join(scratch, 'left.lines');
  const report = await engine.cleanLines({ from: file.path, to, heldBack: join(scratch, 'left.ndjson') });
  return report.lines;
}

async function countRecords(file: LeftFile): Promise<number> {
  let records = -1;
  for await (const record of readCsvRecords(file)) if (record.line > 0) records += 1;
  return records;
}
