import sql from 'sql-template-tag';

import type { Queryable } from '../../db/database.ts';
import { FilmbaseError } from '../../model/errors.ts';
import { titleId } from '../../model/title-key.ts';
import { heldClaims, keysAhead, keysBehind, LONGEST_CHAIN } from './placements.ts';

/** A claim that is decided of. */
interface Mover {
  readonly key: string;
  /** Null: of none that is served. */
  readonly titleId: string | null;
}

interface Place {
  readonly id: string;
  readonly key: string;
  readonly sources: readonly string[];
}

/**
 * Throws `match_conflict` where the claim cannot be placed with the title: decisions must not lead round in a circle, nor further than the
 * merge follows them, and one title never holds two keys of one source. With the claim go those that were placed with it; and
 * where the title was placed, they go to the title where that led.
 */
export async function refuseConflict(
  db: Queryable,
  idSalt: string,
  claim: Mover,
  title: Place,
): Promise<void> {
  const ahead = await keysAhead(db, title.key);
  const behind = await keysBehind(db, claim.key);
  if (ahead.includes(claim.key)) throw conflict(`It was decided that ${title.key} is ${claim.key}.`);
  if (ahead.length + 1 + (behind.at(-1)?.steps ?? 0) > LONGEST_CHAIN)
    throw conflict(`Decisions lead on from one to the next for ${LONGEST_CHAIN} steps at most.`);
  const end = ahead.at(-1) ?? title.key;
  const followers = behind.map(({ key }) => key);
  const movers = [claim, ...(await heldClaims(db, idSalt, followers))];
  const moving = new Set(movers.map(({ key }) => key));
  const arriving = (await keysBehind(db, end)).map(({ key }) => key).filter((key) => !moving.has(key));
  const there = await heldClaims(db, idSalt, arriving);
  const places = end === title.key ? [title] : [title, ...(await placesOf(db, titleId(idSalt, end)))];
  for (const mover of movers) {
    const source = sourceOf(mover.key);
    const other = [...there, ...movers].find(({ key }) => key !== mover.key && sourceOf(key) === source);
    if (other !== undefined)
      throw conflict(`${title.key} would have two keys of ${source}: ${other.key} also.`);
    if (places.some(({ id, sources }) => id !== mover.titleId && sources.includes(source)))
      throw conflict(`${title.key} has another key of ${source} than ${mover.key}.`);
  }
}

/** The title to which the id leads; none where none is served. */
function placesOf(db: Queryable, id: string): Promise<Place[]> {
  return db.query(sql`
    select id, key, sources
    from title
    where id = coalesce((select title_id from title_alias where alias_id = ${id}), ${id})`);
}

function sourceOf(key: string): string {
  return key.slice(0, key.indexOf(':'));
}

function conflict(message: string): FilmbaseError {
  return new FilmbaseError('match_conflict', message);
}
