import { rm } from 'node:fs/promises';

import { claimSelect, copyToParquet } from '../../model/claim-select.ts';
import type { ClaimTable } from '../../model/claim-tables.ts';
import { FilmbaseError } from '../../model/errors.ts';
import type { ClaimRequest, FileCounts, RawFile, SourceWorld } from '../../model/source.ts';
import { nameByAkas } from './aka-titles.ts';
import { IMDB_FILES } from './files.ts';
import type { ImdbFile } from './files.ts';
import type { Rules } from './judge.ts';
import { judgeSelect } from './judge.ts';
import { openFile, sqlName } from './open-file.ts';
import type { OpenFile } from './open-file.ts';
import { writeFileRejects, writeRejects } from './rejects.ts';
import { fileNameOf } from './settings.ts';
import type { ImdbSettings } from './settings.ts';
import { judgeFile, tallyFile } from './tally.ts';

/** A share of a file beyond which something else is wrong than some records. */
const REJECTS_AT_MOST = 0.1;

/** What is handed from file to file. */
interface Work {
  readonly request: ClaimRequest<ImdbSettings>;
  readonly world: Pick<SourceWorld, 'log' | 'signal' | 'progress'>;
  readonly opened: Map<string, OpenFile>;
  readonly counts: FileCounts[];
  readonly rejectParts: string[];
}

/**
 * Turns the raw files into claims and rejects; see `Source.claim`. Errors: those of `openFile`, `file_missing`
 * (no title.basics), `count_mismatch`, `rejects_too_many` (once the rejects are written), `cancelled`.
 */
export async function claimImdb(
  request: ClaimRequest<ImdbSettings>,
  world: Work['world'],
): Promise<readonly FileCounts[]> {
  const work: Work = { request, world, opened: new Map(), counts: [], rejectParts: [] };
  const files = filesToClaim(request);
  await makeSharedTables(request);
  try {
    for (const sharing of byTable(files)) await claimTable(work, sharing);
    await writeRejects(request, work.rejectParts);
  } catch (error) {
    // If the engine is gone, the drop fails as well; what is to be told is the first failure.
    await dropAll(request, files).catch(() => undefined);
    throw error;
  }
  await dropAll(request, files);
  work.counts.forEach(refuseManyRejects);
  return work.counts;
}

function filesToClaim({ settings, files }: ClaimRequest<ImdbSettings>): ImdbFile[] {
  const there = new Set(files.map(({ name }) => fileNameOf(name)));
  if (!there.has('title.basics'))
    throw new FilmbaseError('file_missing', 'title.basics is not among the raw files.');
  return IMDB_FILES.filter(({ name }) => settings.files.includes(name) && there.has(name));
}

/** Files whose claims go to one table are written as one. */
function byTable(files: readonly ImdbFile[]): ImdbFile[][] {
  const tables = [...new Set(files.map(({ table }) => table))];
  return tables.map((table) => files.filter((file) => file.table === table));
}

async function makeSharedTables({ engine }: ClaimRequest<ImdbSettings>): Promise<void> {
  await engine.run(`create or replace temp table imdb_aka_titles (tconst varchar, aka_title varchar);
create or replace temp table imdb_first_titles (number bigint)`);
}

async function claimTable(work: Work, files: readonly ImdbFile[]): Promise<void> {
  for (const file of files) await judgeAndCount(work, file);
  await writeClaims(work, files);
  for (const file of files) await closeFile(work, file);
}

async function judgeAndCount(work: Work, file: ImdbFile): Promise<void> {
  const { request, counts, rejectParts } = work;
  stopIfAborted(work);
  const open = await openOnce(work, file);
  const start: Rules = { kinds: request.settings.kinds, repeats: false, akaTitles: false, limited: false };
  let rules = await judgeFile(request.engine, open, start);
  if (file.name === 'title.basics') rules = await settleTitles(work, open, rules);
  const { taken, outside, rejected } = await tallyFile(request.engine, open, rules);
  const { part, reasons } =
    rejected === 0 ? { part: null, reasons: {} } : await writeFileRejects(request, open, rules);
  if (part !== null) rejectParts.push(part);
  const count = {
    file: open.raw.name,
    read: open.report.lines,
    claimed: taken,
    unchanged: 0,
    outside,
    rejected,
  };
  refuseOddCounts({ ...count, reasons });
  counts.push({ ...count, reasons });
}

/** Names titles by their akas, keeps to the limit, and says which titles are left out. */
async function settleTitles(work: Work, open: OpenFile, rules: Rules): Promise<Rules> {
  const { engine, limit } = work.request;
  const akas = IMDB_FILES.find(({ name }) => name === 'title.akas');
  let settled = rules;
  if (akas !== undefined && rawFileOf(work, akas) !== undefined)
    settled = await nameByAkas(engine, open, rules, () => openOnce(work, akas));
  if (limit !== null) settled = await keepFirst(work, open, settled, limit);
  if (settled !== rules) await judgeFile(engine, open, settled);
  await engine.run(`create or replace temp view imdb_left_out as
select key as number
from ${sqlName(open.file, 'judged')}
where outside`);
  return settled;
}

async function keepFirst(work: Work, open: OpenFile, rules: Rules, limit: number): Promise<Rules> {
  const repeats = rules.repeats ? `and n not in (select n from ${sqlName(open.file, 'repeats')})` : '';
  await work.request.engine.run(`create or replace temp table imdb_first_titles as
select key as number
from (
${judgeSelect(open, rules, { numbered: true })}
)
where taken ${repeats}
order by n
limit ${limit}`);
  return { ...rules, limited: true };
}

async function openOnce(work: Work, file: ImdbFile): Promise<OpenFile> {
  const before = work.opened.get(file.name);
  if (before !== undefined) return before;
  const raw = rawFileOf(work, file);
  if (raw === undefined) throw new FilmbaseError('file_missing', `${file.name} is not among the raw files.`);
  const open = await openFile(file, raw, work.request, work.world);
  work.opened.set(file.name, open);
  return open;
}

/** The raw file, if the settings ask for it and it was read. */
function rawFileOf({ request }: Work, { name }: ImdbFile): RawFile | undefined {
  if (!request.settings.files.includes(name)) return undefined;
  return request.files.find((raw) => fileNameOf(raw.name) === name);
}

async function writeClaims(work: Work, files: readonly ImdbFile[]): Promise<void> {
  const { request } = work;
  const [first] = files;
  if (first === undefined) return;
  const selects = files.map((file) => selectOf(file, request.run));
  const copy = copyToParquet(selects.join('\nunion all\n'), request.claimFile(first.table));
  const [written] = await request.engine.rows<{ Count: number }>(copy);
  const due = files.map(
    ({ name }) => work.counts.find(({ file }) => fileNameOf(file) === name)?.claimed ?? 0,
  );
  const expected = due.reduce((sum, count) => sum + count, 0);
  if (files.every(({ oneClaimEach }) => oneClaimEach) && written?.Count !== expected)
    throw new FilmbaseError(
      'count_mismatch',
      `${expected} claims of ${first.table} were due, and ${written?.Count ?? 0} were written.`,
    );
}

function selectOf<T extends ClaimTable>(file: ImdbFile<T>, run: string): string {
  return claimSelect(file.table, { source: 'imdb', run, columns: file.claims, from: file.from });
}

/** Gives back the disk and memory that the file took; what is known of titles is needed until the end. */
async function closeFile({ request, opened }: Work, file: ImdbFile): Promise<void> {
  const open = opened.get(file.name);
  if (open === undefined) return;
  await rm(open.plain, { force: true });
  if (file.name !== 'title.basics')
    await request.engine.run(`drop table if exists ${sqlName(file, 'judged')}`);
}

async function dropAll({ engine }: ClaimRequest<ImdbSettings>, files: readonly ImdbFile[]): Promise<void> {
  const drops = files.flatMap((file) => [
    `drop view if exists ${sqlName(file)}`,
    `drop table if exists ${sqlName(file, 'judged')}`,
    `drop table if exists ${sqlName(file, 'repeats')}`,
  ]);
  const shared = ['drop view if exists imdb_left_out', 'drop table if exists imdb_aka_titles'];
  await engine.run([...drops, ...shared, 'drop table if exists imdb_first_titles'].join(';\n'));
}

function stopIfAborted({ world }: Work): void {
  if (world.signal.aborted) throw new FilmbaseError('cancelled', 'Claiming imdb was stopped.');
}

function refuseOddCounts({ file, read, claimed, outside, rejected, reasons }: FileCounts): void {
  const byReason = Object.values(reasons).reduce((sum, count) => sum + count, 0);
  if (read === claimed + outside + rejected && byReason === rejected) return;
  throw new FilmbaseError(
    'count_mismatch',
    `${file}: read ${read}, claimed ${claimed}, outside ${outside}, rejected ${rejected}, by reason ${byReason}.`,
  );
}

function refuseManyRejects({ file, read, rejected, reasons }: FileCounts): void {
  if (rejected <= read * REJECTS_AT_MOST) return;
  const why = Object.entries(reasons).map(([reason, count]) => `${count} ${reason}`);
  throw new FilmbaseError(
    'rejects_too_many',
    `${rejected} of the ${read} records of ${file} could not be understood: ${why.join(', ')}.`,
  );
}
