import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import type { DestinationStream, Logger, StreamEntry } from 'pino';
import pretty from 'pino-pretty';
import roll from 'pino-roll';

export interface LogOptions {
  readonly level: string;
  readonly format: 'pretty' | 'json';
  /** A folder for rotating files besides; null: none. */
  readonly folder: string | null;
  /** Texts that no line may hold. */
  readonly secrets: readonly string[];
  readonly to: NodeJS.WritableStream & { readonly isTTY?: boolean };
}

/** Opens the log: structured lines to `to` and, if there is a folder, to files there. Secrets are struck out. */
export async function openLog({ level, format, folder, secrets, to }: LogOptions): Promise<Logger> {
  const streams: DestinationStream[] = [
    format === 'pretty' ? pretty({ destination: to, sync: true, colorize: to.isTTY === true }) : to,
  ];
  if (folder !== null) {
    mkdirSync(folder, { recursive: true });
    const file = await roll({
      file: join(folder, 'filmbase'),
      extension: '.log',
      frequency: 'daily',
      size: '20m',
      limit: { count: 14 },
    });
    streams.push(file);
  }
  const entries: StreamEntry[] = streams.map((stream) => ({
    level: 'trace',
    stream: struckOut(stream, secrets),
  }));
  return pino({ level, base: null }, pino.multistream(entries));
}

/** `stream`, but each secret in a line replaced. */
function struckOut(stream: DestinationStream, secrets: readonly string[]): DestinationStream {
  // Lines are JSON, so a secret stands in them as JSON writes it.
  const written = secrets.map((secret) => JSON.stringify(secret).slice(1, -1));
  return {
    write(line) {
      stream.write(written.reduce((rest, secret) => rest.replaceAll(secret, '(hidden)'), line));
    },
  };
}
