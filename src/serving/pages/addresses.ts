import { SECTION_KINDS, type Kind, type Section } from '../../model/kinds.ts';
import { SECTION_WORDS } from '../api/sections.ts';

/** What a link changes of the parameters of a page: a value, several, or null for none. */
export type ParameterChanges = Readonly<Record<string, string | readonly string[] | null>>;

/** Where a list begins is no part of what is asked for, so whatever else changes, it starts anew. */
const OF_A_PLACE = ['cursor'];

/**
 * The path and query of a request, on this site whatever its line names: `//elsewhere/a` and `http://elsewhere/a` would lead
 * there as links.
 */
export function localAddress(url: string): string {
  const [address = ''] = url.replace(/^[a-z][a-z\d+.-]*:\/\/[^/?#]*/i, '').split('#');
  return `/${address.replace(/^[/\\]+/, '')}`;
}

/** The address of the same page with other parameters, from its start. */
export function addressWith(path: string, query: URLSearchParams, changes: ParameterChanges): string {
  const changed = new URLSearchParams(query);
  for (const name of [...OF_A_PLACE, ...Object.keys(changes)]) changed.delete(name);
  for (const [name, values] of Object.entries(changes))
    for (const value of [values ?? []].flat()) changed.append(name, value);
  return changed.size === 0 ? path : `${path}?${changed}`;
}

/** The values of a repeatable parameter, with `value` among them or, where it was, without it. */
export function toggled(query: URLSearchParams, name: string, value: string): string[] {
  const before = query.getAll(name);
  const same = (one: string) => one.toLowerCase() === value.toLowerCase();
  return before.some(same) ? before.filter((one) => !same(one)) : [...before, value];
}

/** Parameters without those that a form sends empty, and without those of the page alone. */
export function askedOf(query: URLSearchParams, pageOnly: readonly string[]): URLSearchParams {
  return new URLSearchParams([...query].filter(([name, value]) => value !== '' && !pageOnly.includes(name)));
}

/** The JSON of a page: its address with the ending that forces it, and the parameters that the API knows. */
export function jsonAddress(address: string, pageOnly: readonly string[]): string {
  const [path = '/', query = ''] = address.split('?');
  if (path === '/') return path;
  const asked = askedOf(new URLSearchParams(query), pageOnly);
  return asked.size === 0 ? `${path}.json` : `${path}.json?${asked}`;
}

/**
 * The address of the next or previous page: this one's parameters with the cursor of the API's link, as `name` where the page
 * has more lists than one.
 */
export function pageAddress(
  path: string,
  query: URLSearchParams,
  link: string | null,
  name = 'cursor',
): string | null {
  if (link === null) return null;
  const cursor = new URL(link, 'http://page').searchParams.get('cursor');
  return addressWith(path, query, { [name]: cursor });
}

/** An address that somebody gives, if it is one of the web; what else it is, such as `javascript:`, is null. */
export function webAddress(given: string): string | null {
  if (!URL.canParse(given)) return null;
  const { protocol, href } = new URL(given);
  return protocol === 'https:' || protocol === 'http:' ? href : null;
}

/** The section that titles of a kind are in; of kinds that are in none, films, which then has no such title. */
export function sectionOf(kind: Kind): Section {
  const sections = Object.entries(SECTION_KINDS) as [Section, readonly Kind[]][];
  return sections.find(([, kinds]) => kinds.includes(kind))?.[0] ?? 'films';
}

/** Where a title's page is. */
export function titleAddress({ kind, id }: { readonly kind: Kind; readonly id: string }): string {
  return `${SECTION_WORDS[sectionOf(kind)].path}/${id}`;
}
