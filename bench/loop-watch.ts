import { readFileSync, writeFileSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';

// To be loaded before a program (`node --import …/loop-watch.js program.js`): watches how long its event loop is held.
// SIGUSR2 begins anew; at its end it writes what it saw to LOOP_WATCH_FILE.

/** What was seen of an event loop, in milliseconds. */
export interface LoopReport {
  /** The longest that the program held it. */
  readonly heldMs: number;
  /** The longest that it stood still, for whatever reason: on a busy machine mostly because others had the processor. */
  readonly stoodMs: number;
}

/** How often the loop is looked at. */
const EVERY_MS = 5;

if (isMainThread) watch();

function watch(): void {
  let report: LoopReport = { heldMs: 0, stoodMs: 0 };
  let at = performance.now();
  let waited = waitedMs();
  const look = () => {
    const now = { at: performance.now(), waited: waitedMs() };
    const stood = Math.max(0, now.at - at - EVERY_MS);
    const held = Math.max(0, stood - (now.waited - waited));
    report = { heldMs: Math.max(report.heldMs, held), stoodMs: Math.max(report.stoodMs, stood) };
    ({ at, waited } = now);
  };
  setInterval(look, EVERY_MS).unref();
  process.on('SIGUSR2', () => {
    look();
    report = { heldMs: 0, stoodMs: 0 };
  });
  process.on('exit', () => {
    writeFileSync(process.env.LOOP_WATCH_FILE ?? '/dev/stderr', JSON.stringify(report));
  });
}

/** How long this thread was ready to run while others ran, since it began; 0 where the system does not say. */
function waitedMs(): number {
  try {
    const [, waiting = '0'] = readFileSync(`/proc/self/task/${process.pid}/schedstat`, 'utf8').split(' ');
    return Number(waiting) / 1e6;
  } catch {
    return 0;
  }
}
