import { createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

import { readJournal } from '../catalogue/entry/journal.ts';
import type { JournalEntry } from '../catalogue/entry/journal.ts';
import { restoreJournal } from '../catalogue/entry/restore-journal.ts';
import { findCatalogueState } from '../catalogue/queries/catalogue-state.ts';
import { CATALOGUE_PART, rawFolder, stagingFolder } from '../lake/layout.ts';
import type { Lake } from '../lake/layout.ts';
import { currentRuns } from '../lake/manifests.ts';
import { readLines } from '../lib/file-lines.ts';
import type { LakeEngine } from '../model/lake-engine.ts';
import { LOCAL } from '../model/source.ts';
import { runSource } from './run-source.ts';
import type { SyncWorld } from './sync-world.ts';

/** Entries that are held at once. */
const BATCH = 1_000;

/**
 * Copies the journal into the lake, if it has grown, as a run of `local`; gives its last entry's number. A database made anew
 * takes back what the lake has of it first.
 */
export async function copyJournal(world: SyncWorld, engine: LakeEngine): Promise<number> {
  const files = await keptFiles(world.lake);
  await restoreJournal(world, () => entriesIn(files));
  const local = world.sources.find(({ name }) => name === LOCAL);
  if (local === undefined) return 0;
  const folder = stagingFolder(world.lake, CATALOGUE_PART, 'journal');
  await mkdir(folder, { recursive: true });
  const file = join(folder, 'journal.ndjson');
  const copied = { last: 0 };
  await pipeline(Readable.from(linesOf(world.db, copied)), createWriteStream(file));
  if (copied.last > 0) await runSource(world, engine, local, { from: file, limit: null, dryRun: false });
  await rm(folder, { recursive: true });
  return copied.last;
}

/** Whether the lake has every entry of the journal: each copy has them all, and entries are numbered without a gap. */
export async function isJournalCopied({ db, lake }: Pick<SyncWorld, 'db' | 'lake'>): Promise<boolean> {
  const copy = (await currentRuns(lake)).get(LOCAL);
  const entries = copy?.files.reduce((sum, { read }) => sum + read, 0) ?? 0;
  return (await findCatalogueState(db)).journalSeq <= entries;
}

/** The journal as lines of JSON; `copied.last` is the number of the last entry given. */
async function* linesOf(db: SyncWorld['db'], copied: { last: number }): AsyncGenerator<string> {
  for await (const entries of readJournal(db, 0, 'titles and comments')) {
    yield entries.map((entry) => `${JSON.stringify(entry)}\n`).join('');
    copied.last = entries.at(-1)?.seq ?? copied.last;
  }
}

/** Where the lake has the journal. */
async function keptFiles(lake: Lake): Promise<string[]> {
  const run = (await currentRuns(lake)).get(LOCAL);
  return run === undefined ? [] : run.raw.map(({ name }) => join(rawFolder(lake, LOCAL, run.run), name));
}

async function* entriesIn(files: readonly string[]): AsyncGenerator<JournalEntry[]> {
  let batch: JournalEntry[] = [];
  for (const file of files) {
    for await (const { text } of readLines(file)) {
      batch.push(JSON.parse(text) as JournalEntry);
      if (batch.length < BATCH) continue;
      yield batch;
      batch = [];
    }
  }
  if (batch.length > 0) yield batch;
}
