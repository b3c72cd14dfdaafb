import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import sql from 'sql-template-tag';

import type { Database, Queryable } from '../../db/database.ts';
import type { VersionManifest } from '../../lake/manifests.ts';
import { literal } from '../../model/lake-engine.ts';

const BATCH = 20_000;

/** The catalogue version that is served. */
export interface ServedVersion {
  /** 0 before the first publish. */
  readonly version: number;
  /** Null before the first publish. */
  readonly id: string | null;
}

/** The catalogue version that `db` serves. */
export async function findServedVersion(db: Queryable): Promise<ServedVersion> {
  const [state] = await db.query<ServedVersion>(sql`select version, version_id as id from catalogue_state`);
  if (state === undefined) throw new Error('catalogue_state has no row.');
  return state;
}

/**
 * The titles that `db` serves, as a relation for the lake's engine, for when the lake does not hold the version that
 * is served: every row counts as another. What people entered after `version` was merged is left out.
 */
export async function describeServed(
  db: Database,
  { scratch, version }: { readonly scratch: string; readonly version: VersionManifest },
): Promise<string> {
  await mkdir(scratch, { recursive: true });
  const file = join(scratch, 'served.csv');
  await pipeline(Readable.from(servedKeys(db, version.journalSeq)), createWriteStream(file));
  return `(select id, key, null::ubigint as row_hash from read_csv(${literal(file)}, header = false, auto_detect = false, columns = {id: 'uuid', key: 'varchar'}))`;
}

async function* servedKeys(db: Database, journalSeq: number): AsyncGenerator<string> {
  let last = '00000000-0000-0000-0000-000000000000';
  for (;;) {
    const rows = await db.query<{ id: string; key: string }>(sql`
      select id, key
      from title
      where id > ${last}
        and key not in (
          select coalesce('imdb:' || (document ->> 'imdbId'), title_key)
          from journal
          where action = 'enter_title'
            and seq > ${journalSeq}
        )
      order by id
      limit ${BATCH}`);
    for (const { id, key } of rows) yield `${id},"${key.replaceAll('"', '""')}"\n`;
    const end = rows.at(-1);
    if (end === undefined) return;
    last = end.id;
  }
}
