import sql from 'sql-template-tag';

import type { Queryable } from '../../db/database.ts';
import { titleId } from '../../model/title-key.ts';
import { IS_HELD_KEY } from '../queries/held-key.ts';

// Decisions place a claim with the title of a key, which may be the key of a claim that was placed itself.

/** Decisions that lead from one to the next, of which the merge follows as many. */
export const LONGEST_CHAIN = 8;

/** A claim that a source has now. */
export interface HeldClaim {
  /** `<source>:<key there>`. */
  readonly key: string;
  /** The id of the title that it is of now. */
  readonly titleId: string;
}

/** Of each claim that was last decided to be the same as a title, the key of that title. */
const PLACEMENT = sql`
  select title_key as about, document -> 'titleKeys' ->> 0 as key
  from (
    select distinct on (title_key) title_key, document
    from journal
    where action = 'decide_match'
    order by title_key, seq desc
  ) as latest
  where document ->> 'decision' = 'same'`;

/** The keys to which a claim with this key was placed, in the order of the steps. */
export async function keysAhead(db: Queryable, key: string): Promise<string[]> {
  const steps = await db.query<{ key: string }>(sql`
    with recursive placement as (${PLACEMENT}), ahead as (
      select key, 1 as steps from placement where about = ${key}
      union all
      select p.key, a.steps + 1
      from placement as p
      join ahead as a on a.key = p.about
      where a.steps <= ${LONGEST_CHAIN}::int
    )
    select key from ahead order by steps`);
  return steps.map((step) => step.key);
}

/** The keys of the claims that were placed with a claim of this key, and by how many steps, the nearest first. */
export async function keysBehind(
  db: Queryable,
  key: string,
): Promise<{ readonly key: string; readonly steps: number }[]> {
  return db.query(sql`
    with recursive placement as (${PLACEMENT}), behind as (
      select about, 1 as steps from placement where key = ${key}
      union all
      select p.about, b.steps + 1
      from placement as p
      join behind as b on b.about = p.key
      where b.steps <= ${LONGEST_CHAIN}::int
    )
    select about as key, steps from behind order by steps, about collate "C"`);
}

/** Those of the claims with these keys that their sources have now, in the order of the keys. */
export async function heldClaims(
  db: Queryable,
  idSalt: string,
  keys: readonly string[],
): Promise<HeldClaim[]> {
  const ids = keys.map((key) => titleId(idSalt, key));
  return db.query(sql`
    select k.key, t.id as "titleId"
    from unnest(${ids}::uuid[], ${keys}::text[]) with ordinality as k (id, key, place)
    left join title_alias as a on a.alias_id = k.id
    join title as t on t.id = coalesce(a.title_id, k.id)
    where ${IS_HELD_KEY}
    order by k.place`);
}
