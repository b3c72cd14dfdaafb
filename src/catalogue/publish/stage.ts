import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';

import type { Database } from '../../db/database.ts';
import type { Extract } from './extract.ts';

/** A table that a publish fills before its last transaction: what it is made like, and its rows. */
export interface StagedTable {
  readonly name: string;
  /** The definition after `create table <name>`. */
  readonly definition: string;
  readonly extract: Extract;
}

/**
 * Makes the table anew and fills it. On a server in one transaction. On the embedded database a transaction would
 * keep every reader waiting until its end, so there each file is one of its own; a publish that breaks off leaves
 * tables that the next one drops.
 */
export async function fillTable(db: Database, { name, definition, extract }: StagedTable): Promise<void> {
  const make = `drop table if exists ${name}; create table ${name} ${definition}`;
  if (db.engine === 'postgres') {
    await db.transaction(async (tx) => {
      await tx.execute(make);
      await tx.copyIn(name, extract.columns, Readable.from(bytesOf(extract.files)));
    });
    return;
  }
  await db.execute(make);
  for (const file of extract.files) {
    await db.transaction((tx) => tx.copyIn(name, extract.columns, createReadStream(file)));
  }
}

async function* bytesOf(files: readonly string[]): AsyncGenerator<Buffer> {
  for (const file of files)
    yield* createReadStream(file, { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>;
}
