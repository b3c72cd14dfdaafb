import type { Fault } from '../../model/fault.ts';
import type { Asked, AskError } from './documents.ts';
import { readList } from './listing.ts';
import type { FaultyEntry, ListEntry } from './listing.ts';

/** What came of asking a seller for its list. */
export interface ListAnswer {
  readonly entries: readonly ListEntry[];
  /** Entries that are rejected. */
  readonly faulty: readonly FaultyEntry[];
  /** Why the answer as a whole is rejected; null: it is not, or there was none. */
  readonly fault: Fault | null;
  /** How it failed, wholly or in part; then what it does not list may be sold all the same. Null: the list is whole. */
  readonly error: AskError | null;
}

/**
 * `hadListings`: whether listings of this seller were known before. A list without any has failed then: a seller that
 * breaks must not take its films with it.
 */
export function readListAnswer(asked: Asked, hadListings: boolean): ListAnswer {
  if ('error' in asked) return { entries: [], faulty: [], fault: null, error: asked.error };
  const list = readList(asked.text);
  if ('reason' in list) return failedWith(list);
  const { entries, faulty } = list;
  if (entries.length === 0 && faulty.length === 0 && hadListings)
    return failedWith({ reason: 'list_empty', detail: 'it lists nothing, where it had listings before' });
  return { entries, faulty, fault: null, error: entriesError(faulty) };
}

function failedWith(fault: Fault): ListAnswer {
  const error = { code: fault.reason, message: `${fault.detail}.` };
  return { entries: [], faulty: [], fault, error };
}

/** What a listing that came twice says again is no loss. */
function entriesError(faulty: readonly FaultyEntry[]): AskError | null {
  const lost = faulty.filter(({ reason }) => reason !== 'duplicate_key');
  const [first] = lost;
  if (first === undefined) return null;
  const message = `${lost.length} of the entries of its list cannot be taken; the first: ${first.detail}.`;
  return { code: 'entries_invalid', message };
}
