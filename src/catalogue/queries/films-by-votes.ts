import sql from 'sql-template-tag';

import type { Queryable } from '../../db/database.ts';

const BATCH = 500;

interface Place {
  readonly votes: number;
  readonly id: string;
  readonly imdb_id: string | null;
}

/** The IMDb ids of the films that are served, most voted first, then by id; those without votes are left out. */
export async function* listFilmsByVotes(db: Queryable): AsyncGenerator<string> {
  let last: Pick<Place, 'votes' | 'id'> = {
    votes: 2_147_483_647,
    id: 'ffffffff-ffff-ffff-ffff-ffffffffffff',
  };
  for (;;) {
    const rows = await db.query<Place>(sql`
      select votes, id, imdb_id
      from title
      where is_film
        and (votes, id) < (${last.votes}, ${last.id})
      order by votes desc, id desc
      limit ${BATCH}`);
    for (const { imdb_id } of rows) if (imdb_id !== null) yield imdb_id;
    const end = rows.at(-1);
    if (end === undefined) return;
    last = end;
  }
}
