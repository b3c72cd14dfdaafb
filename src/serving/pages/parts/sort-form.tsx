import type { JSX } from 'preact';

import { HiddenParameters } from './hidden-parameters.tsx';

/** Orders that a reader may want, of those that the API has; what it does without `sort` is the first. */
const ORDERS = [
  { value: 'title', label: 'Title' },
  { value: '-weighted', label: 'Best' },
  { value: '-rating', label: 'Rating' },
  { value: '-votes', label: 'Most votes' },
  { value: '-year', label: 'Newest' },
  { value: 'year', label: 'Oldest' },
  { value: 'runtime', label: 'Shortest' },
  { value: '-runtime', label: 'Longest' },
];

/** What is found by words is in this order without `sort`. */
const RELEVANCE = { value: 'relevance', label: 'Relevance' };

/** The choice of an order. A script sends it as soon as one is chosen. */
export function SortForm({ path, query }: { path: string; query: URLSearchParams }): JSX.Element {
  const orders = query.has('q') ? [RELEVANCE, ...ORDERS] : ORDERS;
  const chosen = query.get('sort') ?? orders[0]?.value ?? '';
  const isOwn = orders.some(({ value }) => value === chosen);
  return (
    <form class="sort" method="get" action={path} data-send-on-change>
      <HiddenParameters query={query} names={['sort']} />
      <label>
        <span>Sort by</span>{' '}
        <select name="sort">
          {!isOwn && (
            <option value={chosen} selected>
              {chosen}
            </option>
          )}
          {orders.map(({ value, label }) => (
            <option value={value} selected={value === chosen}>
              {label}
            </option>
          ))}
        </select>
      </label>
      <button>Sort</button>
    </form>
  );
}
