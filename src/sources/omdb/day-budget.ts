import { open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Days before the one that begins whose counts are kept. */
const KEPT_DAYS = 7;

const COUNT_FILE = /^asked-\d{4}-\d\d-\d\d$/;

/**
 * The requests of a day of UTC, counted on disk before they are sent: a byte each, in a file named for the day, so that a
 * killed run neither loses nor tears the count. Those of the last days are kept, since a clock may be set back.
 */
export class DayBudget {
  readonly #folder: string;
  readonly #perDay: number;
  readonly #now: () => Date;

  constructor(folder: string, perDay: number, now: () => Date) {
    this.#folder = folder;
    this.#perDay = perDay;
    this.#now = now;
  }

  /** Counts a request that is about to be sent; false if the day has none left. */
  async take(): Promise<boolean> {
    const name = `asked-${this.#now().toISOString().slice(0, 10)}`;
    const path = join(this.#folder, name);
    const asked = await stat(path).then(
      ({ size }) => size,
      () => 0,
    );
    if (asked >= this.#perDay) return false;
    if (asked === 0) await this.#forgetOldest(name);
    const file = await open(path, 'a');
    try {
      await file.appendFile('.');
      await file.datasync();
    } finally {
      await file.close();
    }
    return true;
  }

  async #forgetOldest(today: string): Promise<void> {
    const names = await readdir(this.#folder);
    const others = names.filter((name) => COUNT_FILE.test(name) && name !== today).sort();
    for (const name of others.slice(0, -KEPT_DAYS)) await rm(join(this.#folder, name), { force: true });
  }
}
