import type { ClaimTable } from '../../model/claim-tables.ts';
import type { FilmRecord } from './film-record.ts';
import type { Judged } from './judge-documents.ts';
import type { PersonRecord } from './person-record.ts';

/** A claim by the names of its table's columns; all rows of a table have the same. */
export type ClaimRow = Readonly<Record<string, string | number | null>>;

/** Percent of favourable reviews for one point of ten. */
const PERCENT_PER_POINT = 10;

/** What the records say, in the words of the claim tables. */
export function claimRows({
  films,
  people,
}: Pick<Judged, 'films' | 'people'>): Partial<Record<ClaimTable, ClaimRow[]>> {
  const crew = films.flatMap(({ directors, producers }) => [...directors, ...producers]);
  return {
    title: films.map(titleRow),
    rating: films.flatMap(ratingRows),
    person: [
      ...[...new Set(crew)].map((name) => ({ person_key: name, name })),
      ...people.map(({ key, name }) => ({ person_key: key, name })),
    ],
    credit: [...films.flatMap(crewRows), ...characterRows(people)],
  };
}

function titleRow(film: FilmRecord): ClaimRow {
  return {
    title_key: film.key,
    kind: 'movie',
    title: film.title,
    original_title: film.originalTitle,
    year: film.year,
    runtime_minutes: film.runtimeMinutes,
    overview: film.overview,
    poster_url: film.posterUrl,
  };
}

function ratingRows({ key, score }: FilmRecord): ClaimRow[] {
  if (score === null) return [];
  return [{ title_key: key, system: 'rotten-tomatoes', rating: score / PERCENT_PER_POINT }];
}

/** The provider has no ids of those who made a film: they go by their names. */
function crewRows({ key, directors, producers }: FilmRecord): ClaimRow[] {
  const named = [
    ...directors.map((name) => ({ name, category: 'director' })),
    ...producers.map((name) => ({ name, category: 'producer' })),
  ];
  return named.map(({ name, category }, at) => credit(key, name, category, at + 1));
}

/** In the order in which the people come, from 1 in each film. */
function characterRows(people: readonly PersonRecord[]): ClaimRow[] {
  const places = new Map<string, number>();
  return people.flatMap((person) =>
    person.films.map((film) => {
      const place = (places.get(film) ?? 0) + 1;
      places.set(film, place);
      return credit(film, person.key, 'character', place);
    }),
  );
}

function credit(film: string, person: string, category: string, ordering: number): ClaimRow {
  return { title_key: film, person_key: person, category, ordering };
}
