import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

import { pino } from 'pino';
import sql, { raw } from 'sql-template-tag';
import { afterEach, expect, it } from 'vitest';

import { openGhibliSimulator } from '../samples/simulators/ghibli.ts';
import { makeFilm, makeSeries, openOmdbSimulator } from '../samples/simulators/omdb.ts';
import { openSellerSimulator } from '../samples/simulators/sellers.ts';
import { FAULTS } from '../samples/simulators/simulator.ts';
import type { Simulator } from '../samples/simulators/simulator.ts';
import type { Database } from '../src/db/database.ts';
import { openEngine } from '../src/lake/engine.ts';
import { ClientBook } from '../src/lib/outgoing/client-book.ts';
import { postToWebhook } from '../src/lib/outgoing/webhook.ts';
import { literal } from '../src/model/lake-engine.ts';
import { Metrics } from '../src/model/metrics.ts';
import { sync } from '../src/sync/sync.ts';
import { openTestApi } from './api.ts';
import { describeOnPglite } from './databases.ts';
import { ghibliFilms } from './ghibli-data.ts';
import { openWorkshop, removeFoldersAfterEach, temporaryFolder } from './workshops.ts';

removeFoldersAfterEach();

const closing: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()));
});

/** With characters that an address writes otherwise. */
const KEY = 'omdb-k&y/hunter2';
const TOKEN = 'seller-t0ken-hunter2';
const SECRETS = [KEY, TOKEN, 'hunter2'];

const SHORT = {
  connectMs: 200,
  headersMs: 40,
  attemptMs: 60,
  attempts: 2,
  backoffMs: 1,
  breakMs: 1,
  perSecond: 10_000,
};

const PAGES = [
  '/sources',
  '/offers',
  '/offers/cheapest',
  '/movies?source=prices',
  '/metrics',
  '/health/ready',
];

describeOnPglite('keys, tokens and the address of the webhook', (open) => {
  it('are in no log, manifest, error, page, metric, request, alert or file, whatever fails', async () => {
    const { db } = await open();
    const found: Record<string, string[]> = { logs: [], pages: [], alerts: [] };
    const log = pino({ level: 'trace' }, { write: (line: string) => void found.logs?.push(line) });
    const { simulators, settings } = await openProviders();
    const clients = new ClientBook(log, SHORT);
    closing.push(() => clients.close());
    let day = 1;
    const { world, lake } = await openWorkshop(db, {
      settings,
      world: {
        log,
        now: () => new Date(Date.UTC(2026, 10, day)),
        jsonClient: (provider, options) => clients.clientOf(provider, options),
        secretsOf: ({ name }) => ({ omdb: { OMDB_API_KEY: KEY }, prices: { TOKEN } })[name] ?? {},
        postAlert: async (alert) => {
          found.alerts?.push(JSON.stringify(alert));
          await postToWebhook(alert, {
            url: 'http://127.0.0.1:9/hunter2',
            signal: AbortSignal.timeout(5_000),
            backoffMs: 1,
          });
        },
      },
    });
    const metrics = new Metrics();
    const api = await openTestApi(db, { log, metrics });
    closing.push(() => api.close());

    const outcomes: string[] = [];
    for (const fault of [null, ...FAULTS, null]) {
      for (const simulator of simulators)
        simulator.failWhen(({ url }) => (url.includes('/movies') ? null : fault));
      // By then, OMDb's documents are old and are asked for again.
      day += 2;
      const request = { sources: ['omdb', 'ghibli', 'prices'], from: null, limit: null, dryRun: false };
      const { runs } = await sync(world, { ...request, allowShrink: true, waitMs: 0 }, (outcome) => {
        found.logs?.push(JSON.stringify(outcome, withErrors));
      });
      outcomes.push(...runs.map(({ state }) => state));
      for (const page of PAGES) found.pages?.push((await api.inject(page)).body);
      for (const source of request.sources)
        found.pages?.push((await api.inject(`/sources/${source}/runs`)).body);
    }
    await db.query(sql`update source set state = 'failed'`);

    expect(new Set(outcomes)).toEqual(new Set(['done', 'unchanged', 'partial', 'failed']));
    expect(simulators.some(({ asked }) => asked.some(({ url }) => url.includes('hunter2')))).toBe(true);
    const everything = { ...found, tables: await rowsOfTables(db), files: await textsBelow(lake.folder) };
    // What providers repeated of them came, without them.
    expect(everything.tables.some((text) => text.includes('a.jpg?apikey=(hidden)&again=(hidden)'))).toBe(
      true,
    );
    expect(everything.files.some((text) => /x-access-token\W+\(hidden\)/.test(text))).toBe(true);
    for (const [place, texts] of Object.entries(everything)) {
      expect(texts.length, place).toBeGreaterThan(0);
      for (const secret of SECRETS.flatMap((one) => [one, encodeURIComponent(one)]))
        expect(
          texts.filter((text) => text.includes(secret)),
          place,
        ).toEqual([]);
    }
  });
});

/** OMDb, Ghibli and a seller that knows its token, one that refuses it, and one whose token nobody set. */
async function openProviders() {
  const { series, episodes } = makeSeries([2]);
  const omdb = await openOmdbSimulator({
    keys: [KEY],
    documents: [series, ...episodes, makeFilm('tt0000001')],
    repeatsKey: true,
  });
  const ghibli = await openGhibliSimulator(ghibliFilms(3));
  const films = [{ ID: 'aa0000001', Title: 'Film tt0000001', Year: '2001', Poster: TOKEN, Price: '12.5' }];
  const sellers = await Promise.all(
    [TOKEN, 'another token', TOKEN].map((token, at) =>
      openSellerSimulator({ name: `seller${at}`, films, token, repeatsHeaders: true }),
    ),
  );
  const simulators: Simulator[] = [omdb, ghibli, ...sellers];
  closing.push(...simulators.map((simulator) => () => simulator.close()));
  const settings = {
    omdb: { baseUrl: omdb.url, series: [series.Title], enrich: false, refreshAfterDays: 1 },
    ghibli: { baseUrl: ghibli.url },
    prices: {
      sellers: sellers.map(({ name, url }, at) => ({
        name,
        baseUrl: url,
        tokenHeader: 'x-access-token',
        tokenVariable: at === 2 ? 'TOKEN_THAT_NOBODY_SET' : 'TOKEN',
        currency: 'AUD',
        timeoutMs: 60,
      })),
    },
  };
  return { simulators, settings };
}

/** What JSON leaves out of errors. */
function withErrors(_key: string, value: unknown): unknown {
  return value instanceof Error ? `${value.stack ?? ''} ${JSON.stringify(Object.entries(value))}` : value;
}

async function rowsOfTables(db: Database): Promise<string[]> {
  const tables = await db.query<{ name: string }>(
    sql`select tablename as name from pg_tables where schemaname = current_schema() order by 1`,
  );
  const texts: string[] = [];
  for (const { name } of tables) {
    const rows = await db.query<{ text: string }>(sql`select t::text as text from ${raw(name)} as t`);
    texts.push(...rows.map(({ text }) => text));
  }
  return texts;
}

/** Every file as text: gzip and Parquet unpacked. */
async function textsBelow(folder: string): Promise<string[]> {
  const tempFolder = join(temporaryFolder(), 'engine');
  const engine = await openEngine({ memoryLimitMb: 256, threads: 1, tempFolder });
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const texts: string[] = [];
  for (const file of entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))) {
    texts.push(file);
    if (file.endsWith('.parquet')) {
      const rows = await engine.rows<{ text: string }>(
        `select t::varchar as text from ${literal(file)} as t`,
      );
      texts.push(...rows.map(({ text }) => text));
    } else {
      const bytes = readFileSync(file);
      texts.push((file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString());
    }
  }
  await engine.close();
  return texts;
}
