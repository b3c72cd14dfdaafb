import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { filmbase, inflateMs } from './command.ts';
import type { Finished } from './command.ts';
import type { Figure } from './figure.ts';
import { seconds } from './figure.ts';
import { generateDump } from './generate.ts';

export interface LoadRequest {
  readonly folder: string;
  readonly titles: number;
  readonly filmShare: number;
  /** `movie` alone, or every kind that the dump has. */
  readonly allKinds: boolean;
  /** Where the catalogue goes. */
  readonly environment: Record<string, string>;
}

/** Measures the first load, a sync that finds nothing changed, and a refresh of 2 % of the ratings. */
export async function measureLoads(request: LoadRequest): Promise<Figure[]> {
  const { environment, titles, allKinds } = request;
  const [first, second] = await Promise.all([dump(request, 0), dump(request, 1)]);
  const files = ['title.basics.tsv.gz', 'title.ratings.tsv.gz'].map((name) => join(first, name));
  const what = `${titles.toLocaleString('en')} titles, ${allKinds ? 'all kinds' : 'films'}`;
  const yardstick = await inflateMs(files);

  const load = await filmbase(['sync', 'imdb', '--from', first], environment);
  const unchanged = await filmbase(['sync', 'imdb', '--from', first], environment);
  const refresh = await filmbase(['sync', 'imdb', '--from', second], environment);
  const times = allKinds ? 25 : 6;
  return [
    figure(`load ${what}`, load, yardstick, times),
    {
      what: `load ${what}: most memory`,
      measured: load.peakMb === null ? 'not known here' : `${Math.round(load.peakMb)} MB`,
      ratio: null,
      goal: '≤ 1,500 MB',
      reached: load.peakMb !== null && load.peakMb <= 1500,
    },
    {
      what: `nothing changed, ${what}`,
      measured: seconds(unchanged.ms),
      ratio: null,
      goal: '≤ 2 s',
      reached: unchanged.ms <= 2000,
    },
    figure(`refresh of 2 % of the ratings, ${what}`, refresh, yardstick, 6),
  ];
}

function figure(what: string, { ms, events }: Finished, yardstick: number, times: number): Figure {
  const phases = events.flatMap((event) =>
    Array.isArray(event.phases) && event.event === 'published'
      ? (event.phases as { name: string; ms: number }[])
      : [],
  );
  const parts = phases.map(({ name, ms: part }) => `${name} ${(part / 1000).toFixed(1)}`).join(', ');
  return {
    what,
    measured: `${seconds(ms)} (${parts})`,
    ratio: ms / yardstick,
    goal: `≤ ${times} × gzip -dc (${seconds(yardstick)})`,
    reached: ms <= times * yardstick,
  };
}

/** The folder of a generated dump; made once and kept. */
async function dump(
  { folder, titles, filmShare }: Pick<LoadRequest, 'folder' | 'titles' | 'filmShare'>,
  day: number,
): Promise<string> {
  const into = join(folder, `dump-${titles}-${filmShare}-day${day}`);
  if (existsSync(join(into, 'title.ratings.tsv.gz'))) return into;
  const draft = `${into}.draft`;
  await rm(draft, { recursive: true, force: true });
  await generateDump({ folder: draft, titles, filmShare, day });
  await rename(draft, into);
  return into;
}
