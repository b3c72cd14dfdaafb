import { DuckDBInstance } from '@duckdb/node-api';
import type { DuckDBConnection, DuckDBValue } from '@duckdb/node-api';

import { FilmbaseError } from '../model/errors.ts';
import type { LakeRow } from '../model/lake-engine.ts';
import { cleanLines } from './clean-lines.ts';
import type { EngineOptions, EngineReply, EngineRequest } from './engine.ts';

// The child process of an engine. It holds one DuckDB connection, answers one request at a time, and ends when
// the channel to its parent closes.

let connection: DuckDBConnection | null = null;

process.on('disconnect', () => process.exit(0));
// A Ctrl-C in the terminal reaches the whole group; the parent decides what it means.
process.on('SIGINT', () => undefined);
process.on('message', (request: EngineRequest) => {
  answer(request).then(
    (value) => {
      reply({ kind: 'done', value });
    },
    (error: unknown) => {
      reply({
        kind: 'failed',
        code: error instanceof FilmbaseError ? error.code : null,
        message: error instanceof Error ? error.message : String(error),
      });
    },
  );
});

async function answer(request: EngineRequest): Promise<unknown> {
  switch (request.kind) {
    case 'open':
      connection?.closeSync();
      connection = await openConnection(request.options);
      return null;
    case 'sql':
      return runSql(request.sql, request.wantsRows);
    case 'cleanLines':
      return cleanLines(request.request, (bytes) => {
        reply({ kind: 'progress', bytes });
      });
  }
}

function reply(message: EngineReply): void {
  process.send?.(message);
}

async function openConnection(options: EngineOptions): Promise<DuckDBConnection> {
  const instance = await DuckDBInstance.create(':memory:', {
    memory_limit: `${options.memoryLimitMb}MB`,
    threads: String(options.threads),
    temp_directory: options.tempFolder,
    // The order of rows within a file says nothing; keeping it costs memory, and leaves one thread to write.
    preserve_insertion_order: 'false',
    // Nothing is loaded from the network, ever.
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  });
  return instance.connect();
}

async function runSql(sql: string, wantsRows: boolean): Promise<unknown> {
  if (connection === null) throw new Error('The engine is not open.');
  const statements = await connection.extractStatements(sql);
  for (let i = 0; i < statements.count - 1; i++) await (await statements.prepare(i)).run();
  const last = await statements.prepare(statements.count - 1);
  if (!wantsRows) {
    await last.run();
    return null;
  }
  return (await last.runAndReadAll()).getRowObjects().map(plainRow);
}

/** A row that crosses to the parent: whole numbers as numbers where a number holds them, dates and the like as text. */
function plainRow(row: Record<string, DuckDBValue>): LakeRow {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, plainValue(value)]));
}

function plainValue(value: DuckDBValue): LakeRow[string] {
  if (value === null || typeof value === 'number' || typeof value === 'boolean' || typeof value === 'string')
    return value;
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  return value.toString();
}
