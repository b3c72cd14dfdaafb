import type { Bounds, TitleFilters } from '../src/catalogue/queries/title-filters.ts';
import type { KeyValue } from '../src/catalogue/queries/list-ranges.ts';
import type { TitleOrder, TitleSort } from '../src/catalogue/queries/title-sorts.ts';
import type { TitleListRequest } from '../src/catalogue/queries/list-titles.ts';
import { SECTION_KINDS, type Kind } from '../src/model/kinds.ts';
import { titleSort } from '../src/model/title-sort.ts';
import type { ServedFilm } from './served-films.ts';
import { languagesOf, linkId, linkName, wordsOf } from './served-links.ts';

/** The ids of the titles that pass `filters`, in `order`, by plain means. */
export function expectedIds(
  films: readonly ServedFilm[],
  { filters, order }: Pick<TitleListRequest, 'filters' | 'order'>,
): string[] {
  return films
    .filter((film) => passes(film, filters))
    .sort((a, b) => compareFilms(a, b, order))
    .map(({ id }) => id);
}

function passes(film: ServedFilm, filters: TitleFilters): boolean {
  const has = (name: string) => film.genres.some((genre) => genre.toLowerCase() === name.toLowerCase());
  return (
    (SECTION_KINDS[filters.section] as readonly Kind[]).includes(film.kind) &&
    (filters.series === null || film.place?.series === filters.series) &&
    (filters.season.length === 0 || filters.season.some((season) => film.place?.season === season)) &&
    (filters.genre.length === 0 || filters.genre.some(has)) &&
    filters.genreAll.every(has) &&
    !filters.genreNot.some(has) &&
    (filters.kind.length === 0 || filters.kind.includes(film.kind)) &&
    (filters.source.length === 0 || filters.source.some((source) => film.sources.includes(source))) &&
    isWithin(film.rating, filters.rating) &&
    isWithin(film.year, filters.year) &&
    isWithin(film.runtimeMinutes, filters.runtime) &&
    isWithin(film.votes, filters.votes) &&
    isLinked(film, filters)
  );
}

function isLinked(film: ServedFilm, filters: TitleFilters): boolean {
  const { companies, keywords, credits, countries, detail } = film;
  const people = credits.map(({ person }) => person);
  const anyIn = (asked: readonly string[], has: readonly string[]) =>
    asked.length === 0 || asked.some((one) => has.includes(one));
  const idsAndNames = (thing: 'company' | 'keyword' | 'person', words: readonly string[]) =>
    words.flatMap((word) => [linkId(thing, word), linkName(word).toLowerCase()]);
  const lower = (asked: readonly string[]) => asked.map((one) => one.toLowerCase());
  return (
    anyIn(filters.language, languagesOf(film)) &&
    anyIn(filters.country, countries) &&
    anyIn(lower(filters.company), idsAndNames('company', companies)) &&
    anyIn(lower(filters.person), idsAndNames('person', people)) &&
    anyIn(lower(filters.keyword), idsAndNames('keyword', keywords)) &&
    anyIn(
      filters.collection,
      wordsOf(detail?.collection).map((word) => linkId('collection', word)),
    )
  );
}

function isWithin(value: number | null, { gt, gte, lt, lte, eq }: Bounds): boolean {
  const bounds = [gt, gte, lt, lte, eq].filter((bound) => bound !== undefined);
  if (value === null) return bounds.length === 0;
  return (
    (gt === undefined || value > gt) &&
    (gte === undefined || value >= gte) &&
    (lt === undefined || value < lt) &&
    (lte === undefined || value <= lte) &&
    (eq === undefined || value === eq)
  );
}

function compareFilms(a: ServedFilm, b: ServedFilm, order: TitleOrder): number {
  for (const { by, descending } of order) {
    for (const [x, y] of zip(keysOf(a, by), keysOf(b, by))) {
      if (x === y) continue;
      if (x === null) return 1;
      if (y === null) return -1;
      return x < y === descending ? 1 : -1;
    }
  }
  return a.id < b.id === order[0].descending ? 1 : -1;
}

function zip(xs: readonly KeyValue[], ys: readonly KeyValue[]): [KeyValue, KeyValue][] {
  return xs.map((x, index) => [x, ys[index] ?? null]);
}

function keysOf(film: ServedFilm, by: TitleSort): readonly KeyValue[] {
  const values = {
    title: [titleSort(film.title)],
    year: [film.year],
    rating: [film.rating],
    votes: [film.votes],
    runtime: [film.runtimeMinutes],
    weighted: [film.weightedRating],
    popularity: [film.popularity],
    episode: [film.place?.season ?? null, film.place?.number ?? null],
    /** Of what is found by a text alone. */
    relevance: [],
  };
  return values[by];
}
