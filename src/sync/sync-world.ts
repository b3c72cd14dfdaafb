import type { Database } from '../db/database.ts';
import type { Lake } from '../lake/layout.ts';
import type { Retention } from '../lake/retention.ts';
import type { LakeEngine } from '../model/lake-engine.ts';
import type { Source, SourceWorld } from '../model/source.ts';

/** Everything that a sync touches, handed to it. */
export interface SyncWorld extends SourceWorld {
  readonly db: Database;
  readonly lake: Lake;
  readonly idSalt: string;
  readonly sources: readonly Source[];
  readonly settingsOf: (source: Source) => unknown;
  readonly secretsOf: (source: Source) => Readonly<Record<string, string>>;
  readonly retention: Retention;
  /** The share of the served titles that a publish may delete, 0 to 1. */
  readonly maxShrink: number;
  readonly openEngine: (signal: AbortSignal) => Promise<LakeEngine & { close(): Promise<void> }>;
  /** Takes the lake for this process while `work` runs; throws `data_locked` where another process holds it. */
  readonly holdLake: <T>(work: () => Promise<T>) => Promise<T>;
  /** Milliseconds on a clock that only goes forward. */
  readonly clock: () => number;
  /** 0 to below 1. */
  readonly random: () => number;
}
