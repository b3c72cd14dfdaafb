import type { Database } from '../db/database.ts';
import type { Alert } from './alerts.ts';
import type { Lake, LakePart } from '../lake/layout.ts';
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
  /** For how many days is kept what changed in what is served; null: for ever. */
  readonly changeDays: number | null;
  /** The share of the served titles that a publish may delete, 0 to 1. */
  readonly maxShrink: number;
  /** An engine for the work on a part of the lake. */
  readonly openEngine: (
    part: LakePart,
    signal: AbortSignal,
  ) => Promise<LakeEngine & { close(): Promise<void> }>;
  /** Takes a part of the lake for this process while `work` runs; throws `data_locked` where another holds it. */
  readonly holdLake: <T>(part: LakePart, work: () => Promise<T>) => Promise<T>;
  /** A signal that is aborted after so long. */
  readonly signalAfter: (ms: number) => AbortSignal;
  /** Tells the operator, with retries; null where the settings name no webhook. */
  readonly postAlert: ((alert: Alert) => Promise<void>) | null;
  /** Counts a reading by how it ended. */
  readonly countRun: (source: string, state: string) => void;
  /** When a publish of a version failed, by `clock`, so that it is not tried every few seconds; version id → time. */
  readonly failedPublishes: Map<string, number>;
  /** The text without any secret of the settings. */
  readonly withoutSecrets: (text: string) => string;
  /** Milliseconds on a clock that only goes forward. */
  readonly clock: () => number;
  /** 0 to below 1. */
  readonly random: () => number;
}
