import { listChanges, type ChangePage, type ChangeRequest } from '../../catalogue/queries/list-changes.ts';
import type { ApiWorld } from './api-world.ts';

/** How long there may be nothing to say, and whose end ends the waiting: the client's, or the server's. */
interface Patience {
  readonly waitMs: number;
  readonly signal: AbortSignal;
}

/**
 * The changes after `since`, at once where there are any; else as soon as there are, or none after `waitMs`. While it waits
 * it asks the database only when something else is served.
 */
export async function awaitChanges(
  { db, state, setTimer }: Pick<ApiWorld, 'db' | 'state' | 'setTimer'>,
  request: ChangeRequest,
  { waitMs, signal }: Patience,
): Promise<ChangePage> {
  const end = new AbortController();
  const stopTimer = setTimer(waitMs, () => {
    end.abort();
  });
  const ended = AbortSignal.any([signal, end.signal]);
  try {
    for (;;) {
      // Listened for before the database is asked: what comes between is not missed.
      const changed = state.changed(ended);
      const page = await listChanges(db, request);
      state.learn(page.state);
      if (page.next > request.since || ended.aborted) return page;
      await changed;
    }
  } finally {
    stopTimer();
    end.abort();
  }
}
