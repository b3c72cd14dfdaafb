import type { Logger } from 'pino';

import type { Queryable } from '../../db/database.ts';
import type { Metrics } from '../../model/metrics.ts';
import type { Report } from '../../model/report.ts';
import type { Writers } from '../../model/writers.ts';
import type { KnownState } from './known-state.ts';

/** All that the API is handed of the world. */
export interface ApiWorld {
  /** The database to read; its statements have a time limit. */
  readonly db: Queryable;
  /** From which public ids are derived. */
  readonly idSalt: string;
  /** Signs cursors. */
  readonly secret: string;
  /** What is served, as far as this process knows; whoever hears of a change tells it. */
  readonly state: KnownState;
  readonly writers: Writers;
  /** Begins to read a source and gives the run's name. Throws `source_not_found`, `source_not_configured`, `sync_running`. */
  readonly startSync: (source: string) => Promise<string>;
  /** Has what people decided merged and published, and does not wait for it. */
  readonly publishSoon: () => void;
  readonly metrics: Metrics;
  readonly reports: readonly Report[];
  readonly log: Logger;
  readonly now: () => Date;
  /** Calls back after so long; gives what cancels it. */
  readonly setTimer: (ms: number, callback: () => void) => () => void;
  /** Makes the id of a request that brings none. */
  readonly newRequestId: () => string;
  /** Filmbase's version. */
  readonly version: string;
  /** Whose pages may read the API: `*` for all, an origin, or null for none. */
  readonly corsOrigin: string | null;
  /** Whether anyone may write comments, without a key. */
  readonly openComments: boolean;
  /** Writes within a minute of an API key, and of an address without one; 0: any number. */
  readonly writeLimits: { readonly perKey: number; readonly perAddress: number };
  /** Addresses and networks of proxies that say truly where a request is from. */
  readonly trustedProxies: readonly string[];
  /** The hosts that posters may be shown from; none: they are drawn. */
  readonly posterHosts: readonly string[];
  /** How much memory the bodies of answers may take; 0 keeps none. */
  readonly cacheBytes: number;
  /** Called after each answer, for metrics. */
  readonly onAnswer?: (answer: Answer) => void;
}

/** An answer that was sent. */
export interface Answer {
  readonly method: string;
  /** The route's pattern, such as `/movies/:id`; null when none matched. */
  readonly route: string | null;
  readonly status: number;
  readonly milliseconds: number;
  /** Whether it came from memory, in front of the framework. */
  readonly fromMemory: boolean;
}
