import type { JSX } from 'preact';

import type { Page } from '../page.ts';
import { SearchForm } from '../parts/search-form.tsx';
import { Poster } from '../parts/poster.tsx';
import type { FoundTitle, FoundTitles } from '../shapes.ts';
import { KIND_WORDS, ratingText } from '../words.ts';

const LIMIT = '30';

/** `/search`: what words may mean, of all kinds. */
export const page: Page = {
  route: '/search',
  show: async ({ ask, path, query }) => {
    const asked = new URLSearchParams(query);
    if (!asked.has('limit')) asked.set('limit', LIMIT);
    const words = query.get('q') ?? '';
    const { data } = await ask<FoundTitles>(`${path}?${asked}`);
    return {
      title: `Search: ${words}`,
      main: (
        <>
          <h1>Search</h1>
          <SearchForm id="search-again" value={words} isLarge />
          {data.length === 0 ? (
            <p class="empty">Nothing here has a name like that.</p>
          ) : (
            <>
              <p class="refine">
                Only <a href={`/movies?q=${encodeURIComponent(words)}`}>films</a>,{' '}
                <a href={`/series?q=${encodeURIComponent(words)}`}>series</a> or{' '}
                <a href={`/episodes?q=${encodeURIComponent(words)}`}>episodes</a>, to be narrowed and sorted
              </p>
              <ol class="filmography">{data.map(Found)}</ol>
            </>
          )}
        </>
      ),
    };
  },
};

function Found(title: FoundTitle): JSX.Element {
  const { address, kind, originalTitle, rating, year } = title;
  return (
    <li>
      <Poster of={{ ...title, genres: [] }} />
      <div>
        {address === null ? (
          title.title
        ) : (
          <a href={address} class="film-name">
            {title.title}
          </a>
        )}
        <p class="muted">
          {[
            KIND_WORDS[kind] ?? kind,
            year ?? 'year unknown',
            ...(rating === null ? [] : [ratingText(rating)]),
          ].join(' · ')}
        </p>
        {originalTitle !== title.title && <p>{originalTitle}</p>}
      </div>
    </li>
  );
}
