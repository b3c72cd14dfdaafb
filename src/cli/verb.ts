import type { Command } from 'commander';
import type { Logger } from 'pino';

import type { Installation } from '../app.ts';
import type { Config } from '../config.ts';
import type { Progress, Source } from '../model/source.ts';

/** Where a verb speaks to: a terminal, a file, or the terminal of the process that asked through the socket. */
export interface Output {
  /** Says what happened: `text` to a person; as one JSON line `{"event": …, …data}` with `--log json`. */
  say(event: string, data: Readonly<Record<string, unknown>>, text: string): void;
  /** Shows how far a long piece of work has come. */
  progress(progress: Progress): void;
  /** Ends a line of progress, if one is being shown. */
  endProgress(): void;
  /** Writes bytes that are the answer itself, as they are; resolves when more can be taken. */
  write(bytes: Uint8Array): Promise<void>;
}

/** What a verb is run with. */
export interface VerbContext {
  readonly config: Config;
  readonly version: string;
  readonly verbs: readonly Verb[];
  readonly sources: readonly Source[];
  readonly log: Logger;
  readonly out: Output;
  /** Aborted when the person who asked gives up. */
  readonly signal: AbortSignal;
  /** The folder that relative paths are meant from. */
  readonly folder: string;
  /** The installation, opened when first asked for; the running server's where one holds it. */
  readonly installation: () => Promise<Installation>;
}

/** A verb of the command line: what a file in `verbs/` exports as `verb`. */
export interface Verb {
  readonly name: string;
  /**
   * Whether it works on the installation: then, while a server holds the embedded database, it runs in that server,
   * through its socket.
   */
  readonly inServer: boolean;
  /** Declares its summary, arguments, options, and an example. */
  readonly declare: (command: Command) => Command;
  /** Runs it; gives the exit code, 0 when nothing failed. Errors are printed by the caller. */
  readonly run: (
    context: VerbContext,
    args: readonly string[],
    options: Readonly<Record<string, unknown>>,
  ) => Promise<number>;
}
