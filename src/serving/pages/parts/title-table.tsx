import type { JSX } from 'preact';

import { addressWith, titleAddress } from '../addresses.ts';
import type { ListedTitle } from '../shapes.ts';
import { countText, ratingText, runtimeText } from '../words.ts';

interface Props {
  readonly titles: readonly ListedTitle[];
  readonly path: string;
  readonly query: URLSearchParams;
}

interface Column {
  readonly label: string;
  /** The order that a first choice of the column gives, if it can be sorted by. */
  readonly sort?: string;
  readonly isFigure?: boolean;
  readonly cell: (title: ListedTitle) => JSX.Element | string;
}

const COLUMNS: readonly Column[] = [
  {
    label: 'Title',
    sort: 'title',
    cell: (title) => <a href={titleAddress(title)}>{title.title}</a>,
  },
  { label: 'Year', sort: '-year', isFigure: true, cell: ({ year }) => year?.toString() ?? '–' },
  {
    label: 'Runtime',
    sort: 'runtime',
    isFigure: true,
    cell: ({ runtimeMinutes }) => (runtimeMinutes === null ? '–' : runtimeText(runtimeMinutes)),
  },
  { label: 'Genres', cell: ({ genres }) => genres.join(', ') },
  {
    label: 'Rating',
    sort: '-rating',
    isFigure: true,
    cell: ({ rating }) => (rating === null ? '–' : ratingText(rating)),
  },
  {
    label: 'Votes',
    sort: '-votes',
    isFigure: true,
    cell: ({ votes }) => (votes === null ? '–' : countText(votes)),
  },
];

/** Titles as a table whose heads sort. */
export function TitleTable({ titles, path, query }: Props): JSX.Element {
  return (
    <div class="table-box" tabIndex={0} role="region" aria-label="Titles as a table">
      <table>
        <thead>
          <tr>
            {COLUMNS.map((column) => (
              <Head column={column} path={path} query={query} />
            ))}
          </tr>
        </thead>
        <tbody data-more="">
          {titles.map((title) => (
            <tr>
              {COLUMNS.map(({ isFigure, cell }, at) =>
                at === 0 ? (
                  <th scope="row">{cell(title)}</th>
                ) : (
                  <td class={isFigure === true ? 'figure' : undefined}>{cell(title)}</td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Head({ column, path, query }: { column: Column } & Omit<Props, 'titles'>): JSX.Element {
  const { label, sort, isFigure } = column;
  const style = isFigure === true ? 'figure' : undefined;
  if (sort === undefined) return <th scope="col">{label}</th>;
  // What is found by words is in the order of relevance without `sort`.
  const unsorted = (query.get('q') ?? '') === '' ? 'title' : 'relevance';
  const [first = unsorted] = (query.get('sort') ?? unsorted).split(',');
  const isBy = first.replace('-', '') === sort.replace('-', '');
  const next = first === sort ? turned(sort) : sort;
  return (
    <th
      scope="col"
      class={style}
      aria-sort={isBy ? (first.startsWith('-') ? 'descending' : 'ascending') : undefined}
    >
      <a href={addressWith(path, query, { sort: next })}>{label}</a>
    </th>
  );
}

function turned(sort: string): string {
  return sort.startsWith('-') ? sort.slice(1) : `-${sort}`;
}
