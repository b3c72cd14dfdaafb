import { isDeepStrictEqual } from 'node:util';

import type { FastifyInstance } from 'fastify';

// What a reader of the API sees of every film, and what differs between two looks: what the feed must say, found otherwise.

export type Documents = ReadonlyMap<string, Readonly<Record<string, unknown>>>;

interface Detail extends Record<string, unknown> {
  readonly id: string;
  readonly ratings: readonly {
    system: string;
    rating: number;
    votes: number | null;
    byYear: readonly unknown[];
  }[];
}

/** Every film with all its parts, by id, as the API answers now. What hangs on the clock is left out. */
export async function servedDocuments(api: FastifyInstance): Promise<Documents> {
  const found = new Map<string, Record<string, unknown>>();
  let next: string | null = '/movies?limit=100';
  while (next !== null) {
    const page: { data: { id: string }[]; page: { next: string | null } } = (await api.inject(next)).json();
    for (const { id } of page.data) found.set(id, await servedDocument(api, id));
    next = page.page.next;
  }
  return found;
}

async function servedDocument(api: FastifyInstance, id: string): Promise<Record<string, unknown>> {
  const answer = await api.inject(`/movies/${id}?include=credits,ratings,companies,keywords`);
  const { ratings, ...detail } = answer.json<Detail>();
  delete detail.freshness;
  return {
    ...detail,
    ratings: ratings.map(({ system, rating, votes }) => ({ system, rating, votes })),
    ratingsByYear: Object.fromEntries(
      ratings.filter(({ byYear }) => byYear.length > 0).map(({ system, byYear }) => [system, byYear]),
    ),
  };
}

/** A change as a test says it: the kind, and of an update its fields. */
export type SaidChange = readonly [id: string, kind: string, fields?: readonly string[]];

/** What differs, by id; a film that went is `deleted` or, where `leads` says so, `merged`. */
export function changesBetween(
  before: Documents,
  after: Documents,
  leads: (id: string) => boolean,
): SaidChange[] {
  const ids = [...new Set([...before.keys(), ...after.keys()])].sort();
  return ids.flatMap((id): SaidChange[] => {
    const was = before.get(id);
    const is = after.get(id);
    if (was === undefined) return [[id, 'created']];
    if (is === undefined) return [[id, leads(id) ? 'merged' : 'deleted']];
    const fields = Object.keys({ ...was, ...is })
      .filter((field) => !isDeepStrictEqual(was[field], is[field]))
      .sort();
    return fields.length === 0 ? [] : [[id, 'updated', fields]];
  });
}
