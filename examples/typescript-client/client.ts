import createClient, { type Client } from 'openapi-fetch';

import type { components, paths } from './api.ts';

export type Filmbase = Client<paths>;

export type Film = components['schemas']['ListedFilm'];

export type Problem = components['schemas']['Problem'];

/** What `GET /movies` takes: filters, sort and limit. */
export type FilmQuery = NonNullable<paths['/movies']['get']['parameters']['query']>;

/** A client of the Filmbase at `address`. Writing needs a `key`: `npx filmbase keys create`. */
export function openFilmbase(address: string, key: string | null = null): Filmbase {
  return createClient<paths>({
    baseUrl: address,
    headers: key === null ? {} : { authorization: `Bearer ${key}` },
  });
}

/** What Filmbase refused, and why: its problem document. */
export class ProblemError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail);
    this.name = 'ProblemError';
    this.problem = problem;
  }
}

/** What was answered. Throws a `ProblemError` where it is a problem. */
export function dataOf<T>({ data, error }: { data?: T; error?: Problem }): T {
  if (error !== undefined) throw new ProblemError(error);
  if (data === undefined) throw new Error('The answer has no body.');
  return data;
}

/** Every film that passes the filters, in order, read page after page as they are asked for. */
export async function* eachFilm(filmbase: Filmbase, query: FilmQuery = {}): AsyncGenerator<Film> {
  let cursor: string | null = null;
  do {
    const asked: FilmQuery = cursor === null ? query : { ...query, cursor };
    const { data, page } = dataOf(await filmbase.GET('/movies', { params: { query: asked } }));
    yield* data;
    cursor = page.next === null ? null : cursorOf(page.next);
  } while (cursor !== null);
}

/** `page.next` is an address relative to Filmbase's own. */
function cursorOf(next: string): string | null {
  return new URL(next, 'http://filmbase').searchParams.get('cursor');
}
