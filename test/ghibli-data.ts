import type { GhibliData } from '../samples/simulators/ghibli.ts';

/** Films and people in the provider's form; a test says what matters to it. */

export function ghibliFilm(film: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    id: 'f1',
    title: 'The Lighthouse Choir',
    original_title: '灯台',
    director: 'Ada Sol',
    producer: 'Ove Sandvik',
    release_date: '1998',
    running_time: '81',
    rt_score: '95',
    description: 'A choir sings.',
    image: 'https://pictures.example/f1.jpg',
    people: ['https://ghibli.example/people/'],
    ...film,
  };
}

export function ghibliPerson(person: Record<string, unknown> = {}): Record<string, unknown> {
  return { id: 'p1', name: 'Maya', species: null, films: [filmUrl('f1')], ...person };
}

export function filmUrl(id: string): string {
  return `https://ghibli.example/films/${id}`;
}

/** So many films with one of their people each. */
export function ghibliFilms(count: number): GhibliData {
  const numbers = Array.from({ length: count }, (_, at) => at + 1);
  return {
    films: numbers.map((n) => ghibliFilm({ id: `f${n}`, title: `Film ${n}` })),
    people: numbers.map((n) => ghibliPerson({ id: `p${n}`, name: `Person ${n}`, films: [filmUrl(`f${n}`)] })),
  };
}

/** The JSON of an empty list within so many others. */
export function deepList(levels: number): string {
  return '['.repeat(levels) + ']'.repeat(levels);
}
