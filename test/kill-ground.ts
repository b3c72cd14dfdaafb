import { join } from 'node:path';

import { dump } from './dumps.ts';
import { KillGround, momentsWithin } from './kill-trials.ts';
import { temporaryFolder } from './workshops.ts';

const KILLS = 6;

/** Enough that a publish takes its while. */
const FILMS = 2_000;

/** An installation with two dumps of its own, on the server at `url`, or embedded. */
export async function openGround(url: string | null): Promise<KillGround> {
  const folder = temporaryFolder();
  const dumps = ['A', 'B'].map((version) =>
    dump()
      .films(FILMS, (number) => ({ title: `Film ${number} ${version}` }))
      .write(join(temporaryFolder(), version)),
  );
  const [a = '', b = ''] = dumps;
  const ground = new KillGround(folder, url, [a, b]);
  await ground.prepare();
  return ground;
}

/** The moments hang on the time, and on `FILMBASE_TEST_SEED` where a failure is to be seen again. */
export function momentsOf(durationMs: number): number[] {
  const seed = Number(process.env.FILMBASE_TEST_SEED ?? Date.now() % 1_000_000);
  console.log(`FILMBASE_TEST_SEED=${seed} over ${Math.round(durationMs)} ms`);
  return momentsWithin(durationMs, KILLS, seed);
}
