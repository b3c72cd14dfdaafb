import type { JSX } from 'preact';

import { addressWith } from '../addresses.ts';
import { countryName, KIND_WORDS, languageName } from '../words.ts';
import type { FilterNames } from './filter-names.ts';

/** How each parameter that narrows is said, `…` being its value. */
const WORDS: Readonly<Record<string, string>> = {
  q: '“…”',
  genre: '…',
  genre_all: '…',
  genre_not: 'not …',
  kind: '…',
  source: 'told by …',
  language: 'in …',
  country: 'made in …',
  company: 'by …',
  person: 'with …',
  keyword: 'about …',
  collection: '…',
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

/** The parameters that narrow a list, and their values. */
export function activeFilters(query: URLSearchParams): [name: string, value: string][] {
  return [...query].filter(([name, value]) => Object.hasOwn(WORDS, name) && value !== '');
}

interface Props {
  readonly path: string;
  readonly query: URLSearchParams;
  readonly names: FilterNames;
}

/** What the list is narrowed to: each a link that takes it off. */
export function ActiveFilters({ path, query, names }: Props): JSX.Element | null {
  const active = activeFilters(query);
  if (active.length === 0) return null;
  return (
    <ul class="active" aria-label="Narrowed to">
      {active.map(([name, value]) => {
        const others = query.getAll(name).filter((one) => one !== value);
        return (
          <li>
            <a href={addressWith(path, query, { [name]: others })}>
              {(WORDS[name] ?? '…').replace('…', () => valueName(name, value, names))}
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

/** A value as people call it: codes and ids by their names, where they have one. */
function valueName(parameter: string, value: string, names: FilterNames): string {
  if (parameter === 'language') return languageName(value);
  if (parameter === 'country') return countryName(value);
  if (parameter === 'kind') return KIND_WORDS[value] ?? value;
  return names.get(value) ?? value;
}
