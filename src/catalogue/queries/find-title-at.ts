import type { Queryable } from '../../db/database.ts';
import { FilmbaseError } from '../../model/errors.ts';
import { documentBefore, findTitleMemory, type TitleChange } from './title-changes.ts';
import { BESIDE_THE_DETAIL } from './title-document.ts';

/** What was served under an id at a moment. */
export type TitleAt =
  | { readonly at: 'then'; readonly json: string; readonly kind: string }
  /** Not served then, but from this time on: ISO 8601 in UTC. */
  | { readonly at: 'later'; readonly since: string }
  /** Neither served then nor changed since. */
  | { readonly at: 'never' };

/**
 * The title with this UUID as it was served at `moment`, an ISO 8601 time, without what hangs on the clock. Throws
 * `changes_gone` where what was served then is known no longer.
 */
export async function findTitleAt(db: Queryable, id: string, moment: string): Promise<TitleAt> {
  const { now, changes, oldestAt } = await findTitleMemory(db, id, moment);
  if (oldestAt === null || Date.parse(moment) < Date.parse(oldestAt)) throw notKnown(moment, oldestAt);
  const then = documentBefore(now, changes);
  if (then !== null) return { at: 'then', json: JSON.stringify(detailOf(then)), kind: String(then.kind) };
  const first: TitleChange | undefined = changes.at(-1);
  return first === undefined ? { at: 'never' } : { at: 'later', since: first.at };
}

function detailOf(document: Readonly<Record<string, unknown>>): object {
  const beside: readonly string[] = BESIDE_THE_DETAIL;
  return Object.fromEntries(Object.entries(document).filter(([field]) => !beside.includes(field)));
}

function notKnown(moment: string, oldestAt: string | null): FilmbaseError {
  const known = oldestAt === null ? 'nothing is known' : `known from ${oldestAt} on`;
  return new FilmbaseError('changes_gone', `What was served at ${moment} is not known: ${known}.`, {
    fields: [{ field: 'as_of', message: `is of a time that is not known: ${known}` }],
    extra: { oldestAt },
  });
}
