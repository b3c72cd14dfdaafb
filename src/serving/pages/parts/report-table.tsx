import type { ComponentChildren, JSX } from 'preact';

import { addressWith } from '../addresses.ts';
import type { ReportRow } from '../shapes.ts';
import { countText, momentText } from '../words.ts';

/** Columns that others show as links, or that say what another says in words. */
const HIDDEN = new Set(['companyId', 'filmId', 'listingKey', 'ageSeconds']);

const LABELS: Readonly<Record<string, string>> = {
  companyName: 'Company',
  n: 'Known',
  observedAt: 'Seen',
};

interface Props {
  readonly rows: readonly ReportRow[];
  readonly label: string;
  readonly path: string;
  readonly query: URLSearchParams;
}

/** What the API calls an order by a column, descending where that says more. */
const SORTS: Readonly<Record<string, string>> = {
  year: '-year',
  companyName: 'name',
  genre: 'name',
  value: '-value',
  n: '-n',
  coverage: '-coverage',
};

/** The rows of a report with the columns that they have. */
export function ReportTable({ rows, label, path, query }: Props): JSX.Element {
  const [first] = rows;
  if (first === undefined) return <p class="empty">No row passes all of that.</p>;
  const columns = Object.keys(first).filter((name) => !HIDDEN.has(name));
  // Of a report by year: others have one order.
  const canSort = 'year' in first;
  const isFigure = (name: string) => name !== 'year' && rows.some((row) => typeof row[name] === 'number');
  return (
    <div class="table-box" tabIndex={0} role="region" aria-label={label}>
      <table>
        <thead>
          <tr>
            {columns.map((name) => (
              <th scope="col" class={isFigure(name) ? 'figure' : undefined}>
                <SortLink name={name} isSorted={canSort} path={path} query={query} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr>
              {columns.map((name) => (
                <td class={isFigure(name) ? 'figure' : undefined}>{cellOf(row, name)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface SortLinkProps extends Pick<Props, 'path' | 'query'> {
  readonly name: string;
  readonly isSorted: boolean;
}

function SortLink({ name, isSorted, path, query }: SortLinkProps): JSX.Element {
  const label = LABELS[name] ?? name;
  const sort = SORTS[name];
  if (!isSorted || sort === undefined) return <>{label}</>;
  const turned = sort.startsWith('-') ? sort.slice(1) : `-${sort}`;
  const next = query.get('sort') === sort ? turned : sort;
  return <a href={addressWith(path, query, { sort: next })}>{label}</a>;
}

function cellOf(row: ReportRow, name: string): ComponentChildren {
  const value = row[name] ?? null;
  if (value === null) return '–';
  if (name === 'year' || name === 'rank') return value;
  if (name === 'coverage') return `${Math.round(Number(value) * 100)} %`;
  if (name === 'observedAt') return momentText(String(value));
  if (name === 'companyName') return <a href={`/movies?company=${row.companyId}`}>{value}</a>;
  if (name === 'genre') return <a href={`/movies?genre=${encodeURIComponent(value)}`}>{value}</a>;
  if (name === 'title' && typeof row.filmId === 'string')
    return <a href={`/movies/${row.filmId}`}>{value}</a>;
  return typeof value === 'number' ? countText(value) : value;
}
