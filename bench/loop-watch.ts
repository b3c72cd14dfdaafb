import { readFileSync, writeFileSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';

// To be loaded before a program (`node --import …/loop-watch.js program.js`): watches how long its event loop is held.
// SIGUSR2 begins anew; at its end it writes what it saw to LOOP_WATCH_FILE.

/** What was seen of an event loop, in milliseconds. */
export interface LoopReport {
  /** The longest that it stood still, for whatever reason: on a busy machine mostly because others had the processor. */
  readonly stoodMs: number;
  /** The longest that the program itself had the processor between two looks; as `stoodMs` where the system does not say. */
  readonly heldMs: number;
}

/** How often the loop is looked at. */
const EVERY_MS = 5;

if (isMainThread) watch();

function watch(): void {
  let report: LoopReport = { stoodMs: 0, heldMs: 0 };
  let last = { at: performance.now(), ran: ranMs() };
  const look = () => {
    const now = { at: performance.now(), ran: ranMs() };
    const stood = Math.max(0, now.at - last.at - EVERY_MS);
    const held = now.ran === null || last.ran === null ? stood : Math.min(stood, now.ran - last.ran);
    report = { stoodMs: Math.max(report.stoodMs, stood), heldMs: Math.max(report.heldMs, held) };
    last = now;
  };
  setInterval(look, EVERY_MS).unref();
  process.on('SIGUSR2', () => {
    look();
    report = { stoodMs: 0, heldMs: 0 };
  });
  process.on('exit', () => {
    writeFileSync(process.env.LOOP_WATCH_FILE ?? '/dev/stderr', JSON.stringify(report));
  });
}

/** How long this thread has had a processor since it began; null where the system does not say. */
function ranMs(): number | null {
  try {
    const [ran = ''] = readFileSync(`/proc/self/task/${process.pid}/schedstat`, 'utf8').split(' ');
    return Number(ran) / 1e6;
  } catch {
    return null;
  }
}
