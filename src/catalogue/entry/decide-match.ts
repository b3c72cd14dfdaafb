import sql from 'sql-template-tag';

import type { Queryable, Transaction } from '../../db/database.ts';
import { FilmbaseError } from '../../model/errors.ts';
import type { DecidedMatch, DecisionRecord, MatchDecision } from '../../model/match.ts';
import type { Writer } from '../../model/writers.ts';
import { IS_HELD_KEY } from '../queries/held-key.ts';
import { keysBehind } from './placements.ts';
import { refuseConflict } from './refuse-conflict.ts';
import { write, type EntryWorld } from './write.ts';

/**
 * Writes what a person decides of the claim whose own key has this id. The next merge heeds it. Decisions are taken one after the other, so
 * that each is checked against those before it. Throws `match_not_found`, `decision_invalid`, and `match_conflict` where it goes
 * against what was decided, or the title has another key of the claim's source.
 */
export async function decideMatch(
  world: EntryWorld,
  id: string,
  decision: MatchDecision,
  writer: Writer,
): Promise<DecidedMatch> {
  return write(world, writer, async (tx) => {
    await tx.query(sql`select pg_advisory_xact_lock(hashtextextended('filmbase decisions', 0))`);
    const claim = await findClaim(tx, id, decision);
    const titles = await titlesOf(tx, claim, decision);
    if (decision.decision === 'same')
      for (const title of titles) await refuseConflict(tx, world.idSalt, claim, title);
    const titleIds = titles.map((title) => title.id);
    const document: DecisionRecord = {
      decision: decision.decision,
      matchId: id,
      titleKeys:
        decision.decision === 'different' ? await keysApart(tx, claim, titles) : titles.map(({ key }) => key),
      titleIds,
    };
    return {
      entry: { action: 'decide_match', titleKey: claim.key, document },
      result: { id, key: claim.key, decision: decision.decision, titleIds },
    };
  });
}

interface Claim {
  readonly id: string;
  /** `<source>:<key there>`, of any source but imdb, whose claims are what others are claims about. */
  readonly key: string;
  /** The id of the title that it is of now; null: of none that is served. */
  readonly titleId: string | null;
  /** Titles that it could be. */
  readonly candidates: readonly string[];
}

/** A decision about what its source has dropped can be withdrawn, but none is taken. */
async function findClaim(tx: Queryable, id: string, { decision }: MatchDecision): Promise<Claim> {
  const [claim] = await tx.query<Claim>(sql`
    select
      k.id,
      k.key,
      t.id as "titleId",
      coalesce(m.candidates::text[], '{}') as candidates
    from (
      select alias_id as id, key, title_id, false as is_decided from title_alias where alias_id = ${id}
      union all
      select id, key, id, false from title where id = ${id}
      union all
      select ${id}::uuid, title_key, null, true
      from journal
      where action = 'decide_match'
        and document ->> 'matchId' = ${id}
        and ${decision} = 'withdrawn'
    ) as k
    left join title as t on t.id = k.title_id
    left join ambiguous_match as m on m.id = k.id
    where k.key not like 'imdb:%'
      and (k.is_decided or ${IS_HELD_KEY})
    order by k.is_decided
    limit 1`);
  if (claim !== undefined) return claim;
  throw new FilmbaseError('match_not_found', `No source but imdb has a title by the key with the id ${id}.`, {
    fields: [{ field: 'id', message: "is no id of a source's own key" }],
  });
}

interface NamedTitle {
  readonly id: string;
  readonly key: string;
  readonly otherKeys: readonly string[];
  readonly sources: readonly string[];
}

/** The titles that are decided of: those named, else all that the claim could be, else that which it is of. */
async function titlesOf(
  tx: Queryable,
  claim: Claim,
  { decision, titleIds }: MatchDecision,
): Promise<NamedTitle[]> {
  if (decision === 'withdrawn') return [];
  const meant = titleIds ?? (claim.candidates.length > 0 ? claim.candidates : [claim.titleId ?? claim.id]);
  const titles: NamedTitle[] = [];
  for (const id of new Set(meant)) {
    const title = await findServed(tx, id);
    if (title !== null && title.key !== claim.key) titles.push(title);
    else if (titleIds !== null)
      throw invalid(title === null ? `${id} is the id of no title` : `${id} is the id of that itself`);
  }
  if (titles.length > 0) return titles;
  throw invalid('must name a title, as none is known that it could be');
}

/** The title that has the id, or to which it leads. */
async function findServed(tx: Queryable, id: string): Promise<NamedTitle | null> {
  const [title] = await tx.query<NamedTitle>(sql`
    select
      id,
      key,
      array(select a.key from title_alias as a where a.title_id = title.id order by a.key)::text[] as "otherKeys",
      sources
    from title
    where id = coalesce((select title_id from title_alias where alias_id = ${id}), ${id})`);
  return title ?? null;
}

/**
 * Every key of the titles, the best first, as each may go its own way; but not the claim's own, nor those of claims that were placed with
 * it. Throws `match_conflict` where a title is known by the key of such a claim.
 */
async function keysApart(tx: Transaction, claim: Claim, titles: readonly NamedTitle[]): Promise<string[]> {
  const own = new Set([claim.key, ...(await keysBehind(tx, claim.key)).map(({ key }) => key)]);
  const placed = titles.find(({ key }) => own.has(key));
  if (placed !== undefined)
    throw new FilmbaseError('match_conflict', `It was decided that ${placed.key} is ${claim.key}.`);
  const keys = titles.flatMap((title) => [title.key, ...title.otherKeys]);
  return [...new Set(keys)].filter((key) => !own.has(key));
}

function invalid(message: string): FilmbaseError {
  return new FilmbaseError('decision_invalid', `titleIds: ${message}.`, {
    fields: [{ field: 'titleIds', message }],
  });
}
