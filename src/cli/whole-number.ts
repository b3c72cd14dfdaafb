import { FilmbaseError } from '../model/errors.ts';

/** The whole number above 0 that was typed for `name`. Throws `usage_invalid`. */
export function wholeNumber(name: string, typed: string): number {
  if (/^[1-9]\d{0,9}$/.test(typed)) return Number(typed);
  throw new FilmbaseError('usage_invalid', `${name} is '${typed}': a whole number above 0 is allowed.`);
}

/** As a person reads it: 243,371. */
export function grouped(value: number): string {
  return value.toLocaleString('en');
}
