import { FilmbaseError } from '../../model/errors.ts';

/** A parameter of a query string. */
interface QueryParameter {
  readonly name: string;
  readonly value: string;
  /** As it stands in the query string. */
  readonly text: string;
}

/** The path of a request's address, and its parameters in order. Never throws: see `checkUrl`. */
export function splitUrl(url: string): { path: string; parameters: QueryParameter[] } {
  const mark = url.indexOf('?');
  if (mark === -1) return { path: url, parameters: [] };
  return { path: url.slice(0, mark), parameters: parametersOf(url.slice(mark + 1)) };
}

/** A query string as an object: a string for a parameter that is given once, else a list. Never throws. */
export function parseQuery(query: string): Record<string, string | string[]> {
  const values = new Map<string, string | string[]>();
  for (const { name, value } of parametersOf(query)) {
    const before = values.get(name);
    values.set(name, before === undefined ? value : [before, value].flat());
  }
  return Object.fromEntries(values);
}

/** Throws `parameter_invalid` for an address that is not well written, or has a NUL in it. */
export function checkUrl(url: string): void {
  if (/[^\x21-\x7e]/.test(url)) throw refused('the address', 'must have such characters percent-encoded');
  const { path, parameters } = splitUrl(url);
  if (decode(path)?.includes('\0') !== false)
    throw refused('the path', 'must be percent-encoded UTF-8 without NUL');
  for (const { name, value, text } of parameters) {
    if (name === '') throw refused('the address', 'has a parameter without a name');
    if (decode(text) === null) throw refused(name, 'must be percent-encoded UTF-8');
    if (name.includes('\0') || value.includes('\0')) throw refused(name, 'must not contain NUL');
  }
}

function refused(field: string, message: string): FilmbaseError {
  const shown = field.replaceAll('\0', '\u2400');
  return new FilmbaseError('parameter_invalid', `${shown}: ${message}.`, {
    fields: [{ field: shown, message }],
  });
}

function parametersOf(query: string): QueryParameter[] {
  return query
    .split('&')
    .filter((text) => text !== '')
    .map((text) => {
      const mark = text.indexOf('=');
      const [name, value] = mark === -1 ? [text, ''] : [text.slice(0, mark), text.slice(mark + 1)];
      return { name: lenient(name), value: lenient(value), text };
    });
}

function lenient(text: string): string {
  return decode(text) ?? text;
}

function decode(text: string): string | null {
  if (!text.includes('%') && !text.includes('+')) return text;
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return null;
  }
}
