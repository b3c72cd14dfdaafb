import type { JSX } from 'preact';

import { pageAddress } from '../addresses.ts';
import { Section } from '../layout.tsx';
import type { Page } from '../page.ts';
import { PageLinks } from '../parts/page-links.tsx';
import { Poster } from '../parts/poster.tsx';
import type { Person, PersonFilmList } from '../shapes.ts';
import { counted, ratingText } from '../words.ts';

/** `/people/{id}`: a person and their films, newest first. */
export const page: Page = {
  route: '/people/:id',
  show: async ({ ask, path, query }) => {
    const place = query.get('cursor');
    const others = new URLSearchParams([...query].filter(([name]) => name !== 'cursor'));
    const [person, films] = await Promise.all([
      ask<Person>(others.size === 0 ? path : `${path}?${others}`),
      ask<PersonFilmList>(
        `${path}/credits?limit=50${place === null ? '' : `&cursor=${encodeURIComponent(place)}`}`,
      ),
    ]);
    return {
      title: person.name,
      main: (
        <>
          <header class="person-head">
            <h1>{person.name}</h1>
            <Life person={person} />
          </header>
          <Section
            id="films"
            heading={
              films.page.next === null && place === null ? counted(films.data.length, 'film') : 'Films'
            }
          >
            <ol class="filmography">{films.data.map(FilmOf)}</ol>
            <PageLinks
              prev={pageAddress(path, query, films.page.prev)}
              next={pageAddress(path, query, films.page.next)}
            />
          </Section>
        </>
      ),
    };
  },
};

function Life({ person: { birthYear, deathYear } }: { person: Person }): JSX.Element | null {
  if (birthYear === null && deathYear === null) return null;
  const born = birthYear === null ? '' : `Born ${birthYear}`;
  const died = deathYear === null ? '' : `died ${deathYear}`;
  return <p class="lead">{[born, died].filter((part) => part !== '').join(', ')}</p>;
}

function FilmOf({ film, credits }: PersonFilmList['data'][number]): JSX.Element {
  return (
    <li>
      <Poster of={film} />
      <div>
        <a href={`/movies/${film.id}`} class="film-name">
          {film.title}
        </a>
        <p class="muted">
          {film.year ?? 'Year unknown'}
          {film.rating !== null && ` · ${ratingText(film.rating)}`}
        </p>
        <p>{credits.map(roleOf).join('; ')}</p>
      </div>
    </li>
  );
}

function roleOf({ category, job, characters }: PersonFilmList['data'][number]['credits'][number]): string {
  if (characters.length > 0) return `as ${characters.join(', ')}`;
  return (job ?? category).replaceAll('_', ' ');
}
