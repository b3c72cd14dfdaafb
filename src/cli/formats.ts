import { csvRecord } from '../lib/csv.ts';
import { FilmbaseError } from '../model/errors.ts';
import type { Output } from './verb.ts';

/** The format that `--format` asks for, the first of `allowed` where it is not given. Throws `usage_invalid`. */
export function chosenFormat<F extends string>(given: unknown, allowed: readonly [F, ...F[]]): F {
  if (typeof given !== 'string') return allowed[0];
  const format = allowed.find((one) => one === given);
  if (format !== undefined) return format;
  throw new FilmbaseError('usage_invalid', `--format is '${given}': ${allowed.join(', ')} are allowed.`);
}

/** Says records as CSV. */
export function sayRecords(out: Output, records: readonly (readonly (string | null)[])[]): void {
  if (records.length === 0) return;
  // The line's end is printed with it.
  out.say('rows', { rows: records }, records.map(csvRecord).join('').slice(0, -1));
}
