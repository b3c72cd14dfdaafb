import type { JSX } from 'preact';

import { Section } from '../layout.tsx';
import type { Page } from '../page.ts';
import { SearchForm } from '../parts/search-form.tsx';
import { SourceAge, SourceState } from '../parts/source-states.tsx';
import { TitleGrid } from '../parts/title-grid.tsx';
import type { FilmList, GenreList, Source, SourceList } from '../shapes.ts';
import { counted, countText } from '../words.ts';

const BEST = '/movies?sort=-weighted';

/** `/`: what this is, what is new, what is best, and the state of the data. */
export const page: Page = {
  route: '/',
  show: async ({ ask, now, query }) => {
    // Providers know of films that are to come, a century ahead.
    const newestAddress = `/movies?sort=-year,-votes&year_lte=${now.getUTCFullYear()}`;
    const [newest, best, genres, sources] = await Promise.all([
      ask<FilmList>(`${newestAddress}&limit=6`),
      ask<FilmList>(`${BEST}&limit=6&count=estimated`),
      ask<GenreList>('/genres'),
      ask<SourceList>('/sources'),
      // Refuses what this address does not take.
      ask(query.size === 0 ? '/' : `/?${query}`),
    ]);
    return {
      title: 'A film catalogue',
      hasSearch: true,
      description:
        'Films, who made them, what they are rated, who sells them, and where each value comes from.',
      main: (
        <>
          <Welcome films={best.count?.value ?? 0} sources={sources.data} />
          <Section id="best" heading="Best rated" more={{ label: 'All, best first', address: BEST }}>
            <TitleGrid titles={best.data} />
          </Section>
          <Section id="newest" heading="Newest" more={{ label: 'All, newest first', address: newestAddress }}>
            <TitleGrid titles={newest.data} />
          </Section>
          <Section id="genres" heading="By genre">
            <Genres genres={genres.data} />
          </Section>
          <Section id="data" heading="The state of the data">
            <States sources={sources.data} />
          </Section>
        </>
      ),
    };
  },
};

function Welcome({ films, sources }: { films: number; sources: readonly Source[] }): JSX.Element {
  const read = sources.filter(({ freshAt }) => freshAt !== null).length;
  return (
    <div class="welcome">
      <h1>
        {counted(films, 'film')}. <em>One catalogue.</em>
      </h1>
      <SearchForm id="search" isLarge />
      <p class="lead">
        {read === 0 ? 'What providers say about films' : `What ${counted(read, 'source')} say about films`},
        merged into one truth, with the origin of every value kept.
      </p>
    </div>
  );
}

function Genres({ genres }: { genres: GenreList['data'] }): JSX.Element {
  return (
    <ul class="index">
      {genres.map(({ name, films }) => (
        <li>
          <a href={`/movies?genre=${encodeURIComponent(name)}`}>
            <span>{name}</span> <span class="figure">{countText(films)}</span>
          </a>
        </li>
      ))}
    </ul>
  );
}

function States({ sources }: { sources: readonly Source[] }): JSX.Element {
  return (
    <ul class="index">
      {sources.map((source) => (
        <li>
          <span class="entry">
            <span>{source.name}</span>
            <span>
              <SourceState source={source} /> <SourceAge source={source} />
            </span>
          </span>
        </li>
      ))}
    </ul>
  );
}
