import type { JSX } from 'preact';

import type { Page } from '../page.ts';
import { SearchForm } from '../parts/search-form.tsx';
import { Poster } from '../parts/poster.tsx';
import type { FoundTitle, FoundTitles } from '../shapes.ts';
import { KIND_WORDS, ratingText } from '../words.ts';

const LIMIT = '30';

/** `/search`: what words may mean, of all kinds; without words, where to write them. */
export const page: Page = {
  route: '/search',
  show: async ({ ask, path, query }) => {
    const words = query.get('q')?.trim() ?? '';
    const isAsked = words !== '' || [...query.keys()].some((name) => name !== 'q');
    const asked = new URLSearchParams(query);
    if (!asked.has('limit')) asked.set('limit', LIMIT);
    const found = isAsked ? (await ask<FoundTitles>(`${path}?${asked}`)).data : null;
    return {
      title: found === null ? 'Search' : `Search: ${words}`,
      hasSearch: true,
      main: (
        <>
          <h1>Search</h1>
          <SearchForm id="search" value={words} isLarge />
          {found !== null && <Results found={found} words={words} />}
        </>
      ),
    };
  },
};

function Results({ found, words }: { found: FoundTitles['data']; words: string }): JSX.Element {
  if (found.length === 0) return <p class="empty">Nothing here has a name like that.</p>;
  const listOf = (path: string) => `${path}?q=${encodeURIComponent(words)}`;
  return (
    <>
      <p class="refine">
        Only <a href={listOf('/movies')}>films</a>, <a href={listOf('/series')}>series</a> or{' '}
        <a href={listOf('/episodes')}>episodes</a>, to be narrowed and sorted
      </p>
      <ol class="filmography">{found.map(Found)}</ol>
    </>
  );
}

function Found(title: FoundTitle): JSX.Element {
  const { address, kind, originalTitle, rating, year } = title;
  return (
    <li>
      <Poster of={title} />
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
