import { afterEach } from 'vitest';

import { makeFilm, makeSeries, openOmdbSimulator } from '../samples/simulators/omdb.ts';
import type { OmdbSimulator } from '../samples/simulators/omdb.ts';
import type { ReadResult } from '../src/model/source.ts';
import type { OmdbSettings } from '../src/sources/omdb/settings.ts';
import { KEY, openOmdbRuns } from './omdb-lab.ts';
import type { OmdbRuns } from './omdb-lab.ts';
import { removeFoldersAfterEach } from './workshops.ts';

removeFoldersAfterEach();

const opened: { close(): Promise<void> }[] = [];

afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
});

type SimulatorOptions = Parameters<typeof openOmdbSimulator>[0];

export const SERIES = 'A Long Series';
export const FILMS = ['tt0000001', 'tt0000002', 'tt0000003'];

/** OMDb simulated, with runs of it; closed after each test. */
export async function openOmdb(
  options: Partial<SimulatorOptions> = {},
  settings: Partial<OmdbSettings> = {},
): Promise<{ omdb: OmdbSimulator; runs: OmdbRuns }> {
  const omdb = await openOmdbSimulator({ keys: [KEY], documents: FILMS.map(makeFilm), ...options });
  const runs = openOmdbRuns(`${omdb.url}/`, { series: [], ...settings });
  opened.push(omdb, runs);
  return { omdb, runs };
}

export function longSeries(...given: Parameters<typeof makeSeries>) {
  const { series, episodes } = makeSeries(...given);
  return [series, ...episodes];
}

/** The series of one season and three episodes: five requests. */
export const SHORT = longSeries([3]);
export const SHORT_REQUESTS = 5;

export function partialOf(result: ReadResult): string | null {
  return result.state === 'read' ? (result.partial?.code ?? null) : null;
}
