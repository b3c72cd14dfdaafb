import type { JSX } from 'preact';

import { HiddenParameters } from './hidden-parameters.tsx';

/** Every order that the API has, in words. */
const ORDERS: Readonly<Record<string, string>> = {
  title: 'Title',
  '-weighted': 'Best',
  '-rating': 'Rating',
  '-votes': 'Most votes',
  '-year': 'Newest',
  year: 'Oldest',
  runtime: 'Shortest',
  '-runtime': 'Longest',
  '-title': 'Title, from Z',
  weighted: 'Worst',
  rating: 'Lowest rating',
  votes: 'Fewest votes',
  '-popularity': 'Most popular',
  popularity: 'Least popular',
  relevance: 'Relevance',
  '-relevance': 'Least relevant',
};

/** Those that a reader may want: the first of them; what the API does without `sort` is the very first. */
const OFFERED = Object.keys(ORDERS).slice(0, 8);

/** An order in words: `-year,-votes` is newest, then most votes. */
function orderText(sort: string): string {
  return sort
    .split(',')
    .map((one, at) => {
      const words = ORDERS[one.trim()] ?? one;
      return at === 0 ? words : `then ${words.toLowerCase()}`;
    })
    .join(', ');
}

/** The choice of an order. A script sends it as soon as one is chosen. */
export function SortForm({ path, query }: { path: string; query: URLSearchParams }): JSX.Element {
  // What is found by words is in the order of relevance without `sort`.
  const isFound = (query.get('q') ?? '') !== '';
  const offered = isFound ? ['relevance', ...OFFERED] : OFFERED;
  const given = query.get('sort') ?? '';
  const chosen = given === '' ? (offered[0] ?? '') : given;
  const orders = offered.includes(chosen) ? offered : [chosen, ...offered];
  return (
    <form class="sort" method="get" action={path} autocomplete="off" data-send-on-change>
      <HiddenParameters query={query} names={['sort']} />
      <label>
        <span>Sort by</span>{' '}
        <select name="sort">
          {orders.map((value) => (
            <option value={value} selected={value === chosen}>
              {orderText(value)}
            </option>
          ))}
        </select>
      </label>
      <button>Sort</button>
    </form>
  );
}
