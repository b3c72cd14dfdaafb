import { claimSelect, copyToParquet, rejectSelect } from '../../model/claim-select.ts';
import { CLAIM_TABLES, REJECT_COLUMNS } from '../../model/claim-tables.ts';
import type { ClaimTable } from '../../model/claim-tables.ts';
import { FilmbaseError } from '../../model/errors.ts';
import { literal } from '../../model/lake-engine.ts';
import type { ClaimRequest, FileCounts, SourceWorld } from '../../model/source.ts';
import { DocumentChoice } from './choose-documents.ts';
import type { Chosen } from './choose-documents.ts';
import { shownText } from '../../lib/shown-text.ts';
import type { Fault } from '../../model/fault.ts';
import { judgeDocument } from './judge-document.ts';
import { readDocuments } from './known-documents.ts';
import { RowFiles } from './row-files.ts';
import type { SeasonClaims } from './season-claims.ts';
import type { ClaimRow, TitleClaims } from './title-claims.ts';

type ClaimWorld = Pick<SourceWorld, 'signal' | 'progress'>;

/** Characters of a line that are kept for rejects. */
const RAW_CHARACTERS = 2_000;

/** Bytes of one row: those of the longest answer that is read, of which each character may be escaped. */
const ROW_BYTES = 64 << 20;

/** What the rows of a run have been so far. */
interface Book {
  readonly chosen: Chosen;
  readonly rows: RowFiles<ClaimTable | 'reject'>;
  /** Titles, episodes and people that are claimed already. */
  readonly titles: Set<string>;
  readonly episodes: Set<string>;
  readonly people: Set<string>;
  /** How many more titles may be claimed. */
  left: number;
}

/**
 * Turns the documents into claims and rejects; see `Source.claim`. What a later document replaces is `outside`, with the
 * errors and the results of searches. Errors: those of `readDocuments`, `cancelled`.
 */
export async function claimOmdb(
  request: ClaimRequest<unknown>,
  world: ClaimWorld,
): Promise<readonly FileCounts[]> {
  const { files, rawFolder, scratch, limit } = request;
  const names = files.map(({ name }) => name);
  const chosen = await choose(rawFolder, names, world);
  const rows = new RowFiles<ClaimTable | 'reject'>(scratch);
  const book: Book = {
    chosen,
    rows,
    titles: new Set(),
    episodes: new Set(),
    people: new Set(),
    left: limit ?? Number.POSITIVE_INFINITY,
  };
  const counts: FileCounts[] = [];
  for (const name of names) counts.push(await claimFile(book, rawFolder, name, world));
  for (const { name, path } of await rows.close()) await writeParquet(request, name, path);
  return counts;
}

async function choose(folder: string, names: readonly string[], world: ClaimWorld): Promise<Chosen> {
  const choice = new DocumentChoice();
  let done = 0;
  for await (const { file, line, document } of readDocuments(folder, names)) {
    stopIfAborted(world);
    choice.add(document, { file, line }, judgeDocument(document));
    done += 1;
    if (done % 1000 === 0) world.progress({ label: 'documents', done, total: null, unit: 'rows' });
  }
  return choice.choose();
}

async function claimFile(book: Book, folder: string, name: string, world: ClaimWorld): Promise<FileCounts> {
  const counts = { read: 0, claimed: 0, outside: 0, rejected: 0 };
  const reasons: Record<string, number> = {};
  for await (const { file, line, text, document } of readDocuments(folder, [name])) {
    stopIfAborted(world);
    counts.read += 1;
    const verdict = judgeDocument(document);
    if (verdict.is === 'rejected') {
      counts.rejected += 1;
      reasons[verdict.fault.reason] = (reasons[verdict.fault.reason] ?? 0) + 1;
      await book.rows.add('reject', rejectRow(file, line, verdict.fault, text));
      continue;
    }
    const isClaimed =
      (verdict.is === 'title' || verdict.is === 'season') &&
      book.chosen.speaks({ file, line }) &&
      (verdict.is === 'title' ? await addTitle(book, verdict.claims) : await addSeason(book, verdict.claims));
    if (isClaimed) counts.claimed += 1;
    else counts.outside += 1;
  }
  return { file: name, ...counts, unchanged: 0, reasons };
}

/** False where the limit leaves it out. */
async function addTitle(book: Book, claims: TitleClaims): Promise<boolean> {
  if (book.left < 1) return false;
  book.left -= 1;
  await addRows(book, 'title', [claims.title]);
  await addRows(book, 'rating', claims.ratings);
  await addRows(book, 'credit', claims.credits);
  await addRows(book, 'title_country', claims.countries);
  await addRows(book, 'title_language', claims.languages);
  if (claims.episode !== null) await addRows(book, 'episode', [claims.episode]);
  for (const { person_key } of claims.credits) {
    const name = String(person_key);
    if (book.people.has(name)) continue;
    book.people.add(name);
    await addRows(book, 'person', [{ person_key: name, name }]);
  }
  return true;
}

/** What its episodes' own documents do not say. False where the limit leaves it out. */
async function addSeason(
  book: Book,
  { seriesKey, seriesName, season, lines }: SeasonClaims,
): Promise<boolean> {
  const { chosen, titles, episodes } = book;
  const alone = lines.filter(({ key }) => !chosen.hasDocument(key) && !titles.has(key));
  if (book.left < Math.max(1, alone.length)) return false;
  for (const { key, title, rating } of alone) {
    if (titles.has(key)) continue;
    titles.add(key);
    book.left -= 1;
    await addRows(book, 'title', [title]);
    if (rating !== null) await addRows(book, 'rating', [rating]);
  }
  const series = seriesKey ?? chosen.seriesOf(seriesName);
  if (series === null) return true;
  for (const { key, episodeNumber } of lines) {
    if (chosen.hasSeries(key) || episodes.has(key)) continue;
    episodes.add(key);
    const place = { series_key: series, season_number: season, episode_number: episodeNumber };
    await addRows(book, 'episode', [{ title_key: key, ...place }]);
  }
  return true;
}

async function addRows({ rows }: Book, table: ClaimTable, claims: readonly ClaimRow[]): Promise<void> {
  for (const claim of claims) await rows.add(table, claim);
}

function rejectRow(file: string, line: number, { reason, detail }: Fault, text: string) {
  return {
    file,
    line,
    reason,
    detail: shownText(detail, RAW_CHARACTERS),
    raw: shownText(text, RAW_CHARACTERS),
  };
}

async function writeParquet(
  { engine, run, claimFile: claimPath, rejectFile }: ClaimRequest<unknown>,
  table: ClaimTable | 'reject',
  path: string,
): Promise<void> {
  const stamp = { source: 'omdb', run };
  if (table === 'reject') {
    const given = { source: literal(stamp.source), run: literal(run) };
    const from = readRows(path, REJECT_COLUMNS);
    await engine.run(
      copyToParquet(rejectSelect({ columns: { ...namesOf(REJECT_COLUMNS), ...given }, from }), rejectFile),
    );
    return;
  }
  const declared = CLAIM_TABLES[table];
  const select = claimSelect(table, {
    ...stamp,
    columns: namesOf(declared),
    from: readRows(path, declared),
  });
  await engine.run(copyToParquet(select, claimPath(table)));
}

/** Each column by its own name. */
function namesOf<T extends Readonly<Record<string, string>>>(columns: T): Record<keyof T, string> {
  return Object.fromEntries(Object.keys(columns).map((name) => [name, name])) as Record<keyof T, string>;
}

function readRows(path: string, columns: Readonly<Record<string, string>>): string {
  const declared = Object.entries(columns).map(([name, type]) => `${name}: ${literal(type)}`);
  return `read_json(
  ${literal(path)},
  format = 'newline_delimited',
  maximum_object_size = ${ROW_BYTES},
  columns = {${declared.join(', ')}}
)`;
}

function stopIfAborted({ signal }: ClaimWorld): void {
  if (signal.aborted) throw new FilmbaseError('cancelled', 'Claiming omdb was stopped.');
}
