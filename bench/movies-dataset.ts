import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { filmbase } from './command.ts';
import { seconds } from './figure.ts';
import type { Figure } from './figure.ts';
import { generateMoviesDataset } from './generate-movies-dataset.ts';
import { startFilmbase } from './servers.ts';

/** The dataset's own size. */
const FILMS = 45_000;
const USERS = 270_000;

/** Pages of each report and order: each of another length, so that none comes from memory. */
const PAGES = 20;

const ORDERS = ['', '&sort=-value', '&sort=name', '&year=1999', '&sort=-n&year_gte=1950'];

/** Measures a load of The Movies Dataset at its full size, and pages of its reports. */
export async function measureMoviesDataset(
  folder: string,
  environment: Record<string, string>,
): Promise<Figure[]> {
  const from = await dataset(folder);
  const load = await filmbase(['sync', 'movies-dataset', '--from', from], environment);
  const phases = load.events.flatMap(({ phases }) =>
    Array.isArray(phases) ? (phases as { name: string; ms: number }[]) : [],
  );
  const parts = phases.map(({ name, ms }) => `${name} ${(ms / 1000).toFixed(1)}`).join(', ');
  const pageMs = await reportPagesMs(environment);
  return [
    figure(`load The Movies Dataset (${parts})`, seconds(load.ms), '≤ 60 s', load.ms <= 60_000),
    figure(
      'its most memory',
      load.peakMb === null ? 'not known here' : `${Math.round(load.peakMb)} MB`,
      '≤ 2,000 MB',
      load.peakMb !== null && load.peakMb <= 2000,
    ),
    figure(
      `a page of a report, not cached, ${pageMs.length} pages`,
      `p50 ${at(pageMs, 0.5)} ms, p95 ${at(pageMs, 0.95)} ms, p99 ${at(pageMs, 0.99)} ms`,
      'p95 ≤ 10 ms',
      at(pageMs, 0.95) <= 10,
    ),
  ];
}

function figure(what: string, measured: string, goal: string, reached: boolean): Figure {
  return { what, measured, ratio: null, goal, reached };
}

/** The folder of the generated dataset; made once and kept. */
async function dataset(folder: string): Promise<string> {
  const into = join(folder, 'movies-dataset');
  if (existsSync(into)) return into;
  const draft = `${into}.draft`;
  await rm(draft, { recursive: true, force: true });
  await generateMoviesDataset({ folder: draft, films: FILMS, users: USERS });
  await rename(draft, into);
  return into;
}

/** Milliseconds of single requests, one after the other, ascending. */
async function reportPagesMs(environment: Record<string, string>): Promise<number[]> {
  const server = await startFilmbase(environment);
  try {
    const { data } = (await (await fetch(`${server.address}/reports`)).json()) as {
      data: { name: string }[];
    };
    const times: number[] = [];
    for (const { name } of data) {
      for (const order of ORDERS) times.push(...(await pagesMs(`${server.address}/reports/${name}`, order)));
    }
    return times.sort((a, b) => a - b);
  } finally {
    await server.stop();
  }
}

async function pagesMs(address: string, order: string): Promise<number[]> {
  const times: number[] = [];
  // The first is to warm up.
  for (let page = 0; page <= PAGES; page += 1) {
    const start = performance.now();
    const answer = await fetch(`${address}?limit=${page + 20}${order}`);
    await answer.arrayBuffer();
    if (answer.status !== 200) throw new Error(`${answer.url} answered ${answer.status}`);
    if (page > 0) times.push(performance.now() - start);
  }
  return times;
}

function at(ascending: readonly number[], share: number): number {
  return Number((ascending[Math.floor((ascending.length - 1) * share)] ?? Number.NaN).toFixed(1));
}
