import type { JSX } from 'preact';

import { addressWith } from '../addresses.ts';

/** How each parameter that narrows is said, `…` being its value. */
const WORDS: Readonly<Record<string, string>> = {
  q: '“…”',
  genre: '…',
  genre_all: '…',
  genre_not: 'not …',
  kind: '…',
  source: 'by …',
  language: 'in …',
  country: 'of …',
  company: 'company …',
  person: 'with …',
  keyword: 'about …',
  collection: 'collection …',
  year: '…',
  year_gt: 'after …',
  year_gte: 'from …',
  year_lt: 'before …',
  year_lte: 'to …',
  rating_gt: 'rated over …',
  rating_gte: 'rated … or more',
  rating_lt: 'rated under …',
  rating_lte: 'rated … at most',
  runtime_gt: 'over … min',
  runtime_gte: '… min or more',
  runtime_lt: 'under … min',
  runtime_lte: '… min at most',
  votes_gt: 'over … votes',
  votes_gte: '… votes or more',
  votes_lt: 'under … votes',
  votes_lte: '… votes at most',
  season: 'season …',
};

/** What the list is narrowed to: each a link that takes it off. */
export function ActiveFilters({ path, query }: { path: string; query: URLSearchParams }): JSX.Element | null {
  const active = [...query].filter(([name, value]) => name in WORDS && value !== '');
  if (active.length === 0) return null;
  return (
    <ul class="active" aria-label="Narrowed to">
      {active.map(([name, value]) => {
        const others = query.getAll(name).filter((one) => one !== value);
        return (
          <li>
            <a href={addressWith(path, query, { [name]: others })}>
              {(WORDS[name] ?? '…').replace('…', () => value)}
              <span class="unseen">: take this filter off</span>
            </a>
          </li>
        );
      })}
      {active.length > 1 && (
        <li>
          <a class="all" href={path}>
            All off
          </a>
        </li>
      )}
    </ul>
  );
}
