import sql from 'sql-template-tag';

import type { Queryable, Transaction } from '../../db/database.ts';
import { FilmbaseError } from '../../model/errors.ts';
import type { DecidedMatch, DecisionRecord, MatchDecision } from '../../model/match.ts';
import type { Writer } from '../../model/writers.ts';
import { write, type EntryWorld } from './write.ts';

/** Decisions that lead from one to the next, of which the merge follows as many. */
const LONGEST_CHAIN = 8;

/**
 * Writes what a person decides of the claim whose own key has this id. The next merge heeds it. Throws `match_not_found`,
 * `decision_invalid`, and `match_conflict` where the title has another key of the claim's source.
 */
export async function decideMatch(
  world: EntryWorld,
  id: string,
  decision: MatchDecision,
  writer: Writer,
): Promise<DecidedMatch> {
  return write(world, writer, async (tx) => {
    const claim = await findClaim(tx, id);
    const titles = await titlesOf(tx, claim, decision);
    if (decision.decision === 'same') for (const title of titles) await refuseConflict(tx, claim, title);
    const titleIds = titles.map((title) => title.id);
    const document: DecisionRecord = {
      decision: decision.decision,
      matchId: id,
      titleKeys: titles.map(({ key }) => key),
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

async function findClaim(tx: Queryable, id: string): Promise<Claim> {
  const [claim] = await tx.query<Claim>(sql`
    select
      named.id,
      named.key,
      coalesce(a.title_id, t.id) as "titleId",
      coalesce(m.candidates::text[], '{}') as candidates
    from (
      select id, key from ambiguous_match where id = ${id}
      union all
      select alias_id, key from title_alias where alias_id = ${id}
      union all
      select id, key from title where id = ${id}
      union all
      select ${id}::uuid, title_key
      from journal
      where action = 'decide_match'
        and document ->> 'matchId' = ${id}
      limit 1
    ) as named
    left join ambiguous_match as m on m.id = named.id
    left join title_alias as a on a.alias_id = named.id
    left join title as t on t.id = named.id
    where named.key not like 'imdb:%'`);
  if (claim !== undefined) return claim;
  throw new FilmbaseError('match_not_found', `No source but imdb has a title by the key with the id ${id}.`, {
    fields: [{ field: 'id', message: "is no id of a source's own key" }],
  });
}

interface NamedTitle {
  readonly id: string;
  readonly key: string;
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
    select id, key, sources
    from title
    where id = coalesce((select title_id from title_alias where alias_id = ${id}), ${id})`);
  return title ?? null;
}

/** One title never holds two keys of one source, and decisions must not lead round in a circle. */
async function refuseConflict(tx: Transaction, claim: Claim, title: NamedTitle): Promise<void> {
  const [source = ''] = claim.key.split(':', 1);
  if (title.sources.includes(source) && title.id !== claim.titleId)
    throw new FilmbaseError('match_conflict', `${title.key} has another key of ${source} than ${claim.key}.`);
  let key = title.key;
  for (let step = 0; step < LONGEST_CHAIN; step += 1) {
    const next = await findPlacement(tx, key);
    if (next === null) return;
    if (next === claim.key) break;
    key = next;
  }
  throw new FilmbaseError('match_conflict', `It was decided that ${title.key} is ${claim.key}.`);
}

/** The key of the title that the claim with this key was last decided to be the same as; null: of none. */
async function findPlacement(tx: Queryable, key: string): Promise<string | null> {
  const [latest] = await tx.query<{ document: DecisionRecord }>(sql`
    select document
    from journal
    where action = 'decide_match'
      and title_key = ${key}
    order by seq desc
    limit 1`);
  return latest?.document.decision === 'same' ? (latest.document.titleKeys[0] ?? null) : null;
}

function invalid(message: string): FilmbaseError {
  return new FilmbaseError('decision_invalid', `titleIds: ${message}.`, {
    fields: [{ field: 'titleIds', message }],
  });
}
