import type { Database } from '../db/database.ts';
import { findCatalogueState } from '../catalogue/queries/catalogue-state.ts';
import type { KnownState } from './api/known-state.ts';

/** How often the database is asked what it serves, besides its notices: an answer is at most so old. */
const POLL_MS = 1000;

/**
 * Keeps `state` what `db` serves: asks now, at every notice on `channel`, and once a second. Gives the function that
 * stops. `onFailure` is told each time that the database could not be asked; it is asked again.
 */
export async function followState(
  db: Database,
  channel: string,
  state: KnownState,
  onFailure: (error: unknown) => void,
): Promise<() => Promise<void>> {
  const ask = async () => {
    state.learn(await findCatalogueState(db));
  };
  const askAgain = () => {
    ask().catch(onFailure);
  };
  await ask();
  const stopListening = await db.listen(channel, askAgain);
  const poll = setInterval(askAgain, POLL_MS);
  return async () => {
    clearInterval(poll);
    await stopListening();
  };
}
