import type { Logger } from 'pino';
import type { z } from 'zod';

import type { ClientOptions, JsonClient } from '../lib/outgoing/json-client.ts';
import type { ClaimTable } from './claim-tables.ts';
import type { ErrorCode } from './errors.ts';
import type { LakeEngine } from './lake-engine.ts';

/** The name of the source of what people enter here, whose raw is the journal: it is read with each sync, and never by itself. */
export const LOCAL = 'local';

/** How far a long piece of work has come. */
export interface Progress {
  /** What is being done, in a few words: "title.basics.tsv.gz". */
  readonly label: string;
  readonly done: number;
  /** Null while it is not known. */
  readonly total: number | null;
  readonly unit: 'bytes' | 'rows' | 'steps';
}

/** The world, as a source is handed it: nothing else outside is reached for. */
export interface SourceWorld {
  /** For files. */
  readonly fetch: typeof fetch;
  /**
   * For documents: the client that asks `provider`, the same for the life of the process, so that limits and breaker
   * hold over runs. Options count when it is first asked for.
   */
  readonly jsonClient: (provider: string, options?: Partial<ClientOptions>) => JsonClient;
  /** The IMDb ids of the films that are served, most voted first. */
  readonly filmsByVotes: () => AsyncIterable<string>;
  readonly now: () => Date;
  readonly signal: AbortSignal;
  readonly log: Logger;
  readonly progress: (progress: Progress) => void;
}

/** A file as the provider gave it, kept in raw. */
export interface RawFile {
  /** Its name in the run's raw folder. */
  readonly name: string;
  readonly bytes: number;
  /** SHA-256 of the bytes, in hexadecimal. */
  readonly sha256: string;
  /** Where it came from, without secrets. */
  readonly from: string;
  readonly etag: string | null;
  readonly lastModified: string | null;
}

/** What reading gave: the files, or the news that nothing has changed since the files in `before`. */
export type ReadResult =
  | { readonly state: 'unchanged' }
  | {
      readonly state: 'read';
      readonly files: readonly RawFile[];
      /** Why not all could be read, where what could is claimed all the same. */
      readonly partial?: { readonly code: ErrorCode; readonly message: string };
    };

/** What `read` is asked. */
export interface ReadRequest<S> {
  readonly settings: S;
  /** The values of `secretVariables`, those that are set. They go into requests, and nowhere else. */
  readonly secrets: Readonly<Record<string, string>>;
  /** Where to read instead of the provider: a folder, a file or a URL; null for the provider. */
  readonly from: string | null;
  /** An empty folder to write raw files into. */
  readonly into: string;
  /** A folder that survives a broken run, for transfers that can be resumed. */
  readonly partial: string;
  /** The files of the last run that was read whole, and the folder where they lie; none before the first. */
  readonly before: readonly RawFile[];
  readonly beforeFolder: string | null;
}

/** Counts for one raw file; `read = claimed + unchanged + outside + rejected`. */
export interface FileCounts {
  readonly file: string;
  /** Records in the file: for a table its rows, without the header. */
  readonly read: number;
  readonly claimed: number;
  /** Records whose claim stood already. */
  readonly unchanged: number;
  /** Records that the settings do not ask for. */
  readonly outside: number;
  readonly rejected: number;
  /** Rejected records by reason code. */
  readonly reasons: Readonly<Record<string, number>>;
}

/** What `claim` is given: raw files, and an engine to turn them into claims with. */
export interface ClaimRequest<S> {
  readonly settings: S;
  readonly run: string;
  readonly files: readonly RawFile[];
  readonly rawFolder: string;
  /** An empty folder for what is needed only meanwhile. */
  readonly scratch: string;
  readonly engine: LakeEngine;
  /** Where the claims of `table` go: write a Parquet file there, with the declared columns. */
  readonly claimFile: (table: ClaimTable) => string;
  /** Where the rejects go, if there are any: write a Parquet file there with the columns of `REJECT_COLUMNS`. */
  readonly rejectFile: string;
  /** Take at most so many titles (for trying things out); what is beyond is `outside`. Null: all. */
  readonly limit: number | null;
}

/** What `documentFiles` is asked: the current raw files, and what the documents are to be about. */
export interface DocumentRequest {
  /** A title or an id, as a person gives it. */
  readonly about: string;
  readonly files: readonly RawFile[];
  readonly rawFolder: string;
}

export interface DocumentFile {
  /** A plain file name. */
  readonly name: string;
  readonly text: string;
}

/** A provider and how to read it: what a folder under `src/sources` exports as `source`. */
export interface Source<S = unknown> {
  readonly name: string;
  /** One line: what it is. */
  readonly title: string;
  readonly homepage: string;
  readonly licence: string;
  /**
   * `snapshot`: each run says everything, and what is absent is gone. `stream`: each run adds, and the
   * latest claim for a key is its word.
   */
  readonly mode: 'snapshot' | 'stream';
  /** Whether a run that claims the same as the one before makes no new catalogue, although its raw files are others. */
  readonly comparesClaims?: true;
  /** The part of `filmbase.yaml` under `sources.<name>`, with its defaults. */
  readonly settings: z.ZodType<S>;
  /** Environment variables that set one of its settings: variable → setting, and a line on what it takes. */
  readonly variables: Readonly<Record<string, { readonly setting: string; readonly help: string }>>;
  /** Environment variables that hold keys or tokens of its provider, by name. */
  secretVariables?(settings: S): readonly string[];
  /**
   * Whether the settings say where to read; a sync that names no source leaves out one that is not configured. A
   * source without this always is.
   */
  isConfigured?(settings: S, secrets: Readonly<Record<string, string>>): boolean;
  /** When it is read where the settings do not say: a cron expression in local time, `every 15s`, or `off`. */
  readonly schedule: string;
  /** A run that takes longer is cut off. */
  readonly longestRunSeconds: number;
  /** Data that were last found fresh longer ago are said to be stale; null: never. */
  readonly staleAfterSeconds: number | null;
  /** Grows when the same raw files would give other claims, so that they are claimed anew. */
  readonly claimsVersion: number;
  /** The part of the settings on which the claims depend: when it changes, raw is claimed anew. */
  claimsSettings(settings: S): unknown;
  /** The only step that does I/O with the provider: provider → raw files. */
  read(request: ReadRequest<S>, world: SourceWorld): Promise<ReadResult>;
  /** Raw files → claims and rejects. No network, no clock. */
  claim(
    request: ClaimRequest<S>,
    world: Pick<SourceWorld, 'log' | 'signal' | 'progress'>,
  ): Promise<readonly FileCounts[]>;
  /** Raw files → the provider's own documents about one thing, each a file for other programs; see its README. */
  documentFiles?(request: DocumentRequest): Promise<readonly DocumentFile[]>;
}
