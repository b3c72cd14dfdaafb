import sql from 'sql-template-tag';

import type { Database } from '../../db/database.ts';

/** The id of every genre by its name with A to Z in lower case, those of `names` included: new ones are given one. */
export async function genreIds(db: Database, names: readonly string[]): Promise<Map<string, number>> {
  await db.transaction(async (tx) => {
    for (const name of names) {
      await tx.query(sql`
        insert into genre (name)
        select ${name}::text
        where not exists (select from genre where lower(name) = lower(${name}::text collate "C"))
        on conflict do nothing`);
    }
  });
  const rows = await db.query<{ id: number; name: string }>(sql`select id, name from genre order by id`);
  return new Map(rows.map(({ id, name }) => [lowerAscii(name), id]));
}

/** As `lower(name)` of the column, whose collation is C: other letters than A to Z stay. */
function lowerAscii(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());
}
