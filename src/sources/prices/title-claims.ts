import type { KnownListing } from './documents.ts';
import type { Description } from './listing.ts';

/** A listing whose film is known. */
export interface KeyedFilm extends KnownListing {
  readonly key: string;
  readonly imdbId: string | null;
  readonly title: string | null;
  readonly year: number | null;
}

/** A row of the claim table `title`. */
export interface TitleClaim {
  readonly title_key: string;
  readonly imdb_id: string | null;
  readonly kind: string | null;
  readonly title: string | null;
  readonly year: number | null;
  readonly runtime_minutes: number | null;
  readonly genres: string | null;
  readonly certificate: string | null;
  readonly poster_url: string | null;
}

/**
 * A claim for each film, of which several sellers may have told: each field is the word of the first that says it, in the order
 * of the listings, what it says of the listing itself before its list. A film whose title nobody says is none.
 */
export function titleClaims(films: readonly KeyedFilm[]): TitleClaim[] {
  const groups = new Map<string, KeyedFilm[]>();
  for (const film of films) groups.set(film.key, [...(groups.get(film.key) ?? []), film]);
  return [...groups].map(([key, group]) => titleClaim(key, group)).filter(({ title }) => title !== null);
}

function titleClaim(key: string, group: readonly KeyedFilm[]): TitleClaim {
  const said = group.flatMap(({ detail, entry }) =>
    [detail?.description ?? [], entry?.description ?? []].flat(),
  );
  const first = <K extends keyof Description>(field: K): Description[K] | null =>
    said.find((words) => words[field] !== null)?.[field] ?? null;
  return {
    title_key: key,
    imdb_id: /^tt\d+$/.test(key) ? key : null,
    kind: first('kind'),
    title: first('title'),
    year: first('year'),
    runtime_minutes: first('runtimeMinutes'),
    genres: first('genres'),
    certificate: first('certificate'),
    poster_url: first('posterUrl'),
  };
}
