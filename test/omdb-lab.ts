import { mkdir, readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

import { pino } from 'pino';

import { ClientBook } from '../src/lib/outgoing/client-book.ts';
import type { RawFile, ReadRequest, ReadResult, SourceWorld } from '../src/model/source.ts';
import { readOmdb } from '../src/sources/omdb/read.ts';
import { omdbSettings } from '../src/sources/omdb/settings.ts';
import type { OmdbSettings } from '../src/sources/omdb/settings.ts';
import { quietWorld } from './source-lab.ts';
import { temporaryFolder } from './workshops.ts';

export const KEY = '0badc0de';

/** Runs of OMDb one after the other, each with the raw files that the run before left. */
export interface OmdbRuns {
  /** Everything that runs write. */
  readonly root: string;
  /** What was logged, as text. */
  readonly logged: string[];
  /** Settings, films and the time of the runs that follow. */
  settings: OmdbSettings;
  films: readonly string[];
  now: Date;
  key: string;
  /** Aborted, it stops the run that is going on. */
  stop: AbortController;
  /** Reads once; the files of a run that read something are committed, unless `commit` is false. */
  read(over?: { commit?: boolean; from?: string }): Promise<ReadResult>;
  /** The requests of all documents in raw, in order. */
  requests(): Promise<string[]>;
  close(): Promise<void>;
}

/** `url` is where OMDb is. */
export function openOmdbRuns(url: string, settings: Partial<OmdbSettings> = {}): OmdbRuns {
  const root = temporaryFolder();
  const logged: string[] = [];
  const log = pino({ level: 'trace' }, { write: (line: string) => void logged.push(line) });
  const clients = new ClientBook(log, {
    perSecond: 10_000,
    headersMs: 300,
    attemptMs: 400,
    connectMs: 1_000,
  });
  let before: readonly RawFile[] = [];
  let beforeFolder: string | null = null;
  let count = 0;
  const runs: OmdbRuns = {
    root,
    logged,
    settings: omdbSettings.parse({ baseUrl: url, ...settings }),
    films: [],
    now: new Date('2026-11-21T04:00:00.000Z'),
    key: KEY,
    stop: new AbortController(),
    read: async ({ commit = true, from } = {}) => {
      const folders = await makeFolders(root, (count += 1));
      const request: ReadRequest<OmdbSettings> = {
        settings: runs.settings,
        secrets: { OMDB_API_KEY: runs.key },
        from: from ?? null,
        ...folders,
        before,
        beforeFolder,
      };
      const result = await readOmdb(request, worldOf(runs, clients, log));
      if (commit && result.state === 'read') {
        before = result.files;
        beforeFolder = folders.into;
      }
      return result;
    },
    requests: async () => {
      const lines: string[] = [];
      for (const { name } of before) {
        const bytes = await readFile(join(beforeFolder ?? '', name));
        lines.push(...gunzipSync(bytes).toString().trim().split('\n'));
      }
      return lines.map((line) => (JSON.parse(line) as { request: string }).request);
    },
    close: () => clients.close(),
  };
  return runs;
}

async function makeFolders(root: string, count: number) {
  const [into, partial] = [join(root, `run-${count}`), join(root, 'partial')];
  await mkdir(into, { recursive: true });
  await mkdir(partial, { recursive: true });
  return { into, partial };
}

function worldOf(runs: OmdbRuns, clients: ClientBook, log: SourceWorld['log']): SourceWorld {
  return quietWorld({
    log,
    jsonClient: (provider, options) => clients.clientOf(provider, options),
    filmsByVotes: () => listed(runs.films),
    now: () => runs.now,
    signal: runs.stop.signal,
  });
}

async function* listed(films: readonly string[]): AsyncGenerator<string> {
  for (const film of films) yield await Promise.resolve(film);
}

/** Every file below `folder`, as text; what is gzipped is unpacked. */
export async function textsBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return Promise.all(
    files.map(async ({ parentPath, name }) => {
      const bytes = await readFile(join(parentPath, name));
      return `${name}\n${(name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString()}`;
    }),
  );
}
