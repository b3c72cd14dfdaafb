import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

import {
  CATALOGUE_PART,
  compactionFile,
  compactionFolder,
  manifestFile,
  manifestFolder,
  runFileName,
  stagingFolder,
  versionFile,
  versionFolder,
} from './layout.ts';
import type { Lake, LakePart } from './layout.ts';
import { FilmbaseError } from '../model/errors.ts';
import { writeDurably } from './durable-file.ts';

const phase = z.object({ name: z.string(), ms: z.number() });

/** Source → run. */
const inputs = z.record(z.string(), z.string());

/** Source → how often its run had been claimed anew; none that had not. */
const generations = z.record(z.string(), z.number()).default({});

/** The manifest of a run that is done: what was read, what became of it, how long it took. */
export const runManifest = z.object({
  run: z.string(),
  source: z.string(),
  startedAt: z.iso.datetime(),
  finishedAt: z.iso.datetime(),
  /** How often its raw has been claimed anew. */
  generation: z.number().default(0),
  /** Where it was read from, if not from the provider's own place. */
  from: z.string().nullable(),
  /** So many titles were taken at most; null: all. */
  limit: z.number().nullable().default(null),
  /** Changes when the same raw files would be claimed otherwise: the source's settings and the version of its claims. */
  claimsFingerprint: z.string(),
  raw: z.array(
    z.object({
      name: z.string(),
      bytes: z.number(),
      sha256: z.string(),
      from: z.string(),
      etag: z.string().nullable(),
      lastModified: z.string().nullable(),
    }),
  ),
  /** For each raw file: read = claimed + unchanged + outside + rejected. */
  files: z.array(
    z.object({
      file: z.string(),
      read: z.number(),
      claimed: z.number(),
      unchanged: z.number(),
      outside: z.number(),
      rejected: z.number(),
      reasons: z.record(z.string(), z.number()),
    }),
  ),
  /** The claim tables that the run wrote, with their rows. */
  claims: z.record(z.string(), z.number()),
  hasRejects: z.boolean(),
  /** Why not all could be read; null: all was. */
  partial: z.object({ code: z.string(), message: z.string() }).nullable(),
  /**
   * Of a stream, and of a source that `comparesClaims`: tells what the merge reads of the run, so that a run which says the
   * same as one before gives no new version. Null of others.
   */
  claimsHash: z.string().nullable(),
  phases: z.array(phase),
});

export type RunManifest = z.infer<typeof runManifest>;

/** The manifest of a catalogue version: from what it was merged, and what could not be. */
export const versionManifest = z.object({
  version: z.number(),
  /** Tells it from a version of the same number in another lake. */
  id: z.string(),
  createdAt: z.iso.datetime(),
  /** The run of each source whose claims it holds. */
  inputs,
  generations,
  /** The last journal entry that it holds. */
  journalSeq: z.number(),
  /** Grows when the same claims would be merged otherwise. */
  mergeVersion: z.number(),
  /** Rows by table, and `film`, the titles that are films. */
  rows: z.record(z.string(), z.number()),
  /** Claims about a title that nobody describes: source → claim table → rows. */
  orphans: z.record(z.string(), z.record(z.string(), z.number())),
  /** Claims that could be one of several titles and so stand alone. */
  ambiguous: z.array(z.object({ source: z.string(), titleKey: z.string(), reason: z.string() })),
  phases: z.array(phase),
  /**
   * That it is an older version served again: which, and the runs whose word was set aside for it, those that sources had
   * then. Null: it was merged.
   */
  rollback: z
    .object({ version: z.number(), setAside: z.object({ inputs, generations }) })
    .nullable()
    .default(null),
});

export type VersionManifest = z.infer<typeof versionManifest>;

/** That the runs of a source on a day lie together, in one file of each table. */
const compaction = z.object({
  source: z.string(),
  day: z.string(),
  runs: z.array(z.string()),
  /** The tables, with the rows of the one file of each. */
  tables: z.record(z.string(), z.number()),
});

export type Compaction = z.infer<typeof compaction>;

/** Writes the manifest, which commits the run: without it, the run never happened. */
export async function commitManifest(lake: Lake, manifest: RunManifest): Promise<void> {
  await commit(lake, manifest.source, manifestFile(lake, manifest), manifest);
}

export async function commitVersionManifest(lake: Lake, manifest: VersionManifest): Promise<void> {
  await commit(lake, CATALOGUE_PART, versionFile(lake, manifest.version), manifest);
}

/** States that the runs of a day lie together, which commits the files that hold them. */
export async function commitCompaction(lake: Lake, compaction: Compaction): Promise<void> {
  const { source, day } = compaction;
  await commit(lake, source, compactionFile(lake, source, day), compaction);
}

async function commit(lake: Lake, part: LakePart, file: string, manifest: object): Promise<void> {
  const draft = stagingFolder(lake, part, 'manifest.json');
  await writeDurably(file, draft, `${JSON.stringify(manifest, null, 2)}\n`);
}

/** What is committed never changes, so each manifest is read once by a process: folder of the lake → file → manifest. */
const knownRuns = new Map<string, ReadonlyMap<string, RunManifest>>();

/** Every run that is done, oldest first. */
export async function listRuns(lake: Lake): Promise<RunManifest[]> {
  const names = await manifestNames(manifestFolder(lake));
  const known = knownRuns.get(lake.folder) ?? new Map<string, RunManifest>();
  const listed = await Promise.all(
    names.map(
      async (name) => known.get(name) ?? (await findManifest(manifestFile(lake, { run: name }), runManifest)),
    ),
  );
  const found = listed.filter((manifest) => manifest !== null);
  knownRuns.set(lake.folder, new Map(found.map((manifest) => [runFileName(manifest), manifest])));
  return latestGenerations(found);
}

/** Of a run that was claimed anew the last time counts, whatever a kill has left of those before. */
function latestGenerations(found: readonly RunManifest[]): RunManifest[] {
  const latest = new Map<string, RunManifest>();
  for (const manifest of found) {
    const other = latest.get(manifest.run);
    if (other === undefined || other.generation < manifest.generation) latest.set(manifest.run, manifest);
  }
  return [...latest.values()];
}

/** Every committed catalogue version, oldest first. */
export async function listVersions(lake: Lake): Promise<VersionManifest[]> {
  const names = await manifestNames(versionFolder(lake));
  const found = await Promise.all(
    names.map((name) => findManifest(versionFile(lake, Number(name)), versionManifest)),
  );
  return found.filter((manifest) => manifest !== null).sort((a, b) => a.version - b.version);
}

/** Every compaction of a source, oldest first. */
export async function listCompactions(lake: Lake, source: string): Promise<Compaction[]> {
  const names = await manifestNames(compactionFolder(lake));
  const all = await Promise.all(
    names
      .filter((name) => name.startsWith(`${source}-`))
      .map((name) => readManifest(join(compactionFolder(lake), `${name}.json`), compaction)),
  );
  return all.filter((one) => one.source === source);
}

export async function findVersion(lake: Lake, version: number): Promise<VersionManifest | null> {
  return (await listVersions(lake)).find((manifest) => manifest.version === version) ?? null;
}

/** The version of this number. Throws `version_not_found`. */
export async function requireVersion(lake: Lake, version: number): Promise<VersionManifest> {
  const versions = await listVersions(lake);
  const found = versions.find((manifest) => manifest.version === version);
  if (found !== undefined) return found;
  const there = versions.map((manifest) => manifest.version).join(', ');
  throw new FilmbaseError('version_not_found', `The lake has no version ${version}; it has: ${there}.`);
}

/** The run whose claims are the word of each snapshot source: its latest. */
export async function currentRuns(lake: Lake): Promise<Map<string, RunManifest>> {
  return new Map((await listRuns(lake)).map((manifest) => [manifest.source, manifest]));
}

async function manifestNames(folder: string): Promise<string[]> {
  let names: string[];
  try {
    names = await readdir(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
  return names
    .filter((name) => name.endsWith('.json'))
    .map((name) => name.slice(0, -'.json'.length))
    .sort();
}

/** Null where it was removed meanwhile. */
async function findManifest<T>(file: string, schema: z.ZodType<T>): Promise<T | null> {
  return readManifest(file, schema).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  });
}

async function readManifest<T>(file: string, schema: z.ZodType<T>): Promise<T> {
  return schema.parse(JSON.parse(await readFile(file, 'utf8')));
}
