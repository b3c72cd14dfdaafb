import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';

import { openGhibliSimulator } from './ghibli.ts';
import type { GhibliData } from './ghibli.ts';
import { openOmdbSimulator } from './omdb.ts';
import type { SimulatedDocument } from './omdb.ts';
import { openSellerSimulator, readSoldFilms } from './sellers.ts';

/** Providers that answer from the bundled sample, and what has Filmbase ask them. */
export interface SampleProviders {
  readonly environment: Readonly<Record<string, string>>;
  /** What stands in `filmbase.yaml`. */
  readonly settings: object;
  close(): Promise<void>;
}

const SELLERS = [
  { name: 'redbarn', idPattern: '^rb(?<imdb>\\d+)$', token: 'REDBARN_TOKEN' },
  { name: 'lanternfilms', idPattern: null, token: null },
] as const;

/** Simulates every provider that is asked over HTTP, with what lies in `samples`, the folder of the sample. */
export async function openSampleProviders(samples: string): Promise<SampleProviders> {
  const ghibli = await openGhibliSimulator(await readJson<GhibliData>(join(samples, 'ghibli', 'data.json')));
  const omdb = await openOmdbSimulator({
    keys: ['sample'],
    documents: await readOmdb(join(samples, 'omdb')),
  });
  const sellers = await Promise.all(
    SELLERS.map(async ({ name, token }) =>
      openSellerSimulator({
        name,
        films: await readSoldFilms(join(samples, 'prices', name)),
        ...(token === null ? {} : { token: 'sample' }),
      }),
    ),
  );
  return {
    environment: {
      GHIBLI_BASE_URL: ghibli.url,
      OMDB_BASE_URL: omdb.url,
      OMDB_API_KEY: 'sample',
      ...Object.fromEntries(SELLERS.flatMap(({ token }) => (token === null ? [] : [[token, 'sample']]))),
    },
    settings: {
      sources: {
        omdb: { enrich: false, schedule: 'every 1h' },
        prices: {
          sellers: SELLERS.map(({ name, idPattern, token }, at) => ({
            name,
            baseUrl: sellers[at]?.url,
            listPath: '/movies',
            detailPath: '/movie/{id}',
            currency: 'AUD',
            ...(token === null ? {} : { tokenHeader: 'x-access-token', tokenVariable: token }),
            ...(idPattern === null ? {} : { idPattern }),
          })),
        },
      },
    },
    close: async () => {
      await Promise.all([ghibli, omdb, ...sellers].map((simulator) => simulator.close()));
    },
  };
}

/** The documents of the sample; what it has of episodes are the lines of their seasons. */
async function readOmdb(folder: string): Promise<SimulatedDocument[]> {
  const names = (await readdir(folder)).filter((name) => name !== 'index.json');
  const documents = await Promise.all(names.map((name) => readJson<SimulatedDocument>(join(folder, name))));
  const series = documents.find(({ Type }) => Type === 'series');
  const episodes = documents.flatMap(({ Season, Episodes }) =>
    ((Episodes ?? []) as SimulatedDocument[]).map((line) => ({
      ...line,
      Season,
      seriesID: series?.imdbID,
      Type: 'episode',
      Response: 'True',
    })),
  );
  return [...documents.filter(({ imdbID }) => imdbID), ...episodes];
}

async function readJson<T>(file: string): Promise<T> {
  return JSON.parse(await readFile(file, 'utf8')) as T;
}
