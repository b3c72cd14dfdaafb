import { rm } from 'node:fs/promises';

import { copyToParquet } from '../model/claim-select.ts';
import { STREAM_TABLES } from '../model/claim-tables.ts';
import { literal } from '../model/lake-engine.ts';
import type { LakeEngine } from '../model/lake-engine.ts';
import { moveDurably } from './durable-file.ts';
import { claimFile, compactedFile, dayOf, stagingFolder } from './layout.ts';
import type { Lake } from './layout.ts';
import { commitCompaction, listCompactions, listRuns } from './manifests.ts';
import type { Compaction, RunManifest } from './manifests.ts';

type StreamTable = (typeof STREAM_TABLES)[number];

/**
 * Puts the runs of each day that is over, of which there are several, into one file of each stream table. Rows name their
 * run, so none is lost. What a kill leaves undone is done by the sweep and the next call. Only for the holder of the
 * source; `today` is the day of its latest run.
 */
export async function compactDays(
  lake: Lake,
  engine: LakeEngine,
  source: string,
  today: string,
): Promise<void> {
  const done = new Set((await listCompactions(lake, source)).map(({ day }) => day));
  const byDay = new Map<string, RunManifest[]>();
  for (const manifest of await listRuns(lake)) {
    const day = dayOf(manifest.run);
    if (manifest.source !== source || day >= today || done.has(day)) continue;
    byDay.set(day, [...(byDay.get(day) ?? []), manifest]);
  }
  for (const [day, runs] of byDay) await compactDay(lake, engine, { source, day, runs });
}

interface Day {
  readonly source: string;
  readonly day: string;
  readonly runs: readonly RunManifest[];
}

async function compactDay(lake: Lake, engine: LakeEngine, { source, day, runs }: Day): Promise<void> {
  const tables: Record<string, number> = {};
  const filesOf = (table: StreamTable) =>
    runs.filter(({ claims }) => table in claims).map((run) => claimFile(lake, table, run));
  for (const table of STREAM_TABLES) {
    const files = filesOf(table);
    if (files.length === 0) continue;
    const from = `read_parquet([${files.map(literal).join(', ')}], hive_partitioning = false)`;
    const draft = stagingFolder(lake, source, `${table}.parquet`);
    const [written] = await engine.rows<{ Count: number }>(
      copyToParquet(`select * from ${from} order by all`, draft),
    );
    tables[table] = written?.Count ?? 0;
    await moveDurably(draft, `${compactedFile(lake, table, source, day)}.draft`);
  }
  const compaction = { source, day, runs: runs.map(({ run }) => run), tables };
  await commitCompaction(lake, compaction);
  await finishCompaction(lake, compaction);
}

/** Does what is left to do of a compaction that is committed: its files take the place of those of its runs. */
export async function finishCompaction(lake: Lake, { source, day, runs, tables }: Compaction): Promise<void> {
  const manifests = await listRuns(lake);
  const together = runs.map((run) => manifests.find((manifest) => manifest.run === run) ?? { source, run });
  for (const table of Object.keys(tables)) {
    const file = compactedFile(lake, table, source, day);
    await moveDurably(`${file}.draft`, file).catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    });
    const replaced = together.map((run) => claimFile(lake, table, run));
    await Promise.all(replaced.map((path) => rm(path, { force: true })));
  }
}

/** The committed files of a stream table of `source`: compacted days, and the runs of the others, oldest first. */
export async function streamFiles(
  lake: Lake,
  table: StreamTable,
  source: string,
): Promise<{ readonly runs: readonly string[]; readonly file: string }[]> {
  const days = (await listCompactions(lake, source)).filter(({ tables }) => table in tables);
  const together = new Set(days.flatMap(({ runs }) => runs));
  const alone = (await listRuns(lake)).filter(
    (manifest) => manifest.source === source && table in manifest.claims && !together.has(manifest.run),
  );
  return [
    ...days.map(({ day, runs }) => ({ runs, file: compactedFile(lake, table, source, day) })),
    ...alone.map((manifest) => ({ runs: [manifest.run], file: claimFile(lake, table, manifest) })),
  ];
}
