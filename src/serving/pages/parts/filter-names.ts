import { Refused, type Ask } from '../ask.ts';

/** Names of what a list is narrowed to by ids. */
export type FilterNames = ReadonlyMap<string, string>;

/** Where what has an id tells its name, by the parameter that narrows to it. */
const PLACES: Readonly<Record<string, string>> = {
  company: '/companies',
  person: '/people',
  collection: '/collections',
};

const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** How many names are asked for: beyond, ids stand as they are. */
const MOST = 8;

/** The names of the ids in `query`; of those that nothing has, none. */
export async function askFilterNames(ask: Ask, query: URLSearchParams): Promise<FilterNames> {
  const ids = [...query].filter(([parameter, value]) => Object.hasOwn(PLACES, parameter) && UUID.test(value));
  const named = await Promise.all(ids.slice(0, MOST).map(([parameter, id]) => askName(ask, parameter, id)));
  return new Map(named.flat());
}

async function askName(ask: Ask, parameter: string, id: string): Promise<[string, string][]> {
  try {
    const { name } = await ask<{ readonly name: string }>(`${PLACES[parameter]}/${id}`);
    return [[id, name]];
  } catch (error) {
    if (error instanceof Refused) return [];
    throw error;
  }
}
