import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { pino } from 'pino';

import type { SellerSimulator } from '../samples/simulators/sellers.ts';
import type { OfferRun } from '../src/catalogue/offers/publish-offers.ts';
import { openEngine } from '../src/lake/engine.ts';
import { claimFile } from '../src/lake/layout.ts';
import { ClientBook } from '../src/lib/outgoing/client-book.ts';
import type { ClientOptions } from '../src/lib/outgoing/json-client.ts';
import type { ClaimTable } from '../src/model/claim-tables.ts';
import { literal } from '../src/model/lake-engine.ts';
import type { LakeEngine, LakeRow } from '../src/model/lake-engine.ts';
import type { FileCounts, RawFile, ReadResult } from '../src/model/source.ts';
import { source } from '../src/sources/prices/index.ts';
import { readDocuments } from '../src/sources/prices/documents.ts';
import type { Documents } from '../src/sources/prices/documents.ts';
import { pricesSettings } from '../src/sources/prices/settings.ts';
import type { PricesSettings } from '../src/sources/prices/settings.ts';
import { quietWorld } from './source-lab.ts';

/** As short as a local server allows. */
const SHORT_LIMITS: Partial<ClientOptions> = {
  connectMs: 300,
  headersMs: 300,
  attemptMs: 300,
  attempts: 1,
  backoffMs: 1,
  concurrency: 20,
  perSecond: 10_000,
  breakAfter: 8,
  breakMs: 20,
};

/** A run of `prices`: what was read, and where its claims are. */
export interface Poll extends OfferRun {
  readonly result: ReadResult & { readonly state: 'read' };
  readonly documents: Documents;
}

export interface PollRequest {
  readonly now: Date;
  /** A folder to read instead of the sellers. */
  readonly from?: string;
  readonly secrets?: Readonly<Record<string, string>>;
}

/** Sellers that are asked run after run. */
export interface Poller {
  /** One run, from the sellers to raw files. */
  read(request: PollRequest): Promise<Unclaimed>;
  /** The clients' breakers are forgotten, too. */
  close(): Promise<void>;
}

/** A run that was read and not claimed yet. */
export interface Unclaimed {
  readonly run: string;
  readonly raw: string;
  readonly result: ReadResult & { readonly state: 'read' };
  readonly documents: Documents;
  readonly settings: PricesSettings;
}

export interface PriceLab {
  readonly engine: LakeEngine;
  readonly lakeFolder: string;
  poller(sellers: readonly object[], limits?: Partial<ClientOptions>): Poller;
  claim(read: Unclaimed): Promise<Poll & { readonly counts: readonly FileCounts[] }>;
  /** The rows of a run's claims, as text. */
  claims(poll: OfferRun, table: ClaimTable): Promise<LakeRow[]>;
  close(): Promise<void>;
}

export async function openPriceLab(): Promise<PriceLab> {
  const folder = await mkdtemp(join(tmpdir(), 'filmbase-prices-'));
  const lake = { folder: join(folder, 'lake') };
  const engine = await openEngine({ memoryLimitMb: 512, threads: 1, tempFolder: join(folder, 'engine') });
  let runs = 0;
  return {
    engine,
    lakeFolder: lake.folder,
    poller: (sellers, limits = SHORT_LIMITS) => {
      const settings = pricesSettings.parse({ sellers });
      const book = new ClientBook(pino({ level: 'silent' }), limits);
      let before: readonly RawFile[] = [];
      let beforeFolder: string | null = null;
      return {
        read: async ({ now, from = null, secrets = {} }) => {
          runs += 1;
          const run = `20261121T${String(runs).padStart(6, '0')}Z-0000`;
          const into = join(folder, 'raw', run);
          await mkdir(into, { recursive: true });
          const world = quietWorld({
            now: () => now,
            jsonClient: (provider, options) => book.clientOf(provider, options),
          });
          const result = await source.read(
            { settings, secrets, from, into, partial: into, before, beforeFolder },
            world,
          );
          if (result.state !== 'read') throw new Error('A reading of sellers is a read.');
          before = result.files;
          beforeFolder = into;
          return { run, raw: into, result, documents: await readDocuments(into), settings };
        },
        close: () => book.close(),
      };
    },
    claim: async ({ run, raw, result, documents, settings }) => {
      const scratch = join(folder, 'scratch', run);
      await mkdir(scratch, { recursive: true });
      const place = (table: ClaimTable) => claimFile(lake, table, { source: 'prices', run });
      for (const table of ['title', 'offer', 'poll'] as const)
        await mkdir(dirname(place(table)), { recursive: true });
      const counts = await source.claim(
        {
          settings,
          run,
          files: result.files,
          rawFolder: raw,
          scratch,
          engine,
          claimFile: place,
          rejectFile: join(scratch, 'rejects.parquet'),
          limit: null,
        },
        quietWorld(),
      );
      return { run, offers: [place('offer')], polls: [place('poll')], result, documents, counts };
    },
    claims: ({ run }, table) =>
      engine.rows(
        `select * exclude (source, run) from read_parquet(${literal(claimFile(lake, table, { source: 'prices', run }))}, hive_partitioning = false) order by all`,
      ),
    close: async () => {
      await engine.close();
      await rm(folder, { recursive: true });
    },
  };
}

/** The settings of a simulated seller. */
export function sellerAt({ name, url }: SellerSimulator, more: object = {}): object {
  return { name, baseUrl: url, currency: 'AUD', idPattern: '^[a-z]+(?<imdb>\\d{7,})$', ...more };
}
