import type { JSX } from 'preact';

import { ratingHistoryChart } from '../charts/rating-history.ts';
import type { RatingHistory } from '../shapes.ts';
import { useSite } from '../site.ts';
import { countText, momentText, ratingText, systemName } from '../words.ts';

interface Props {
  readonly history: RatingHistory['data'];
  /** Where it is as CSV. */
  readonly csv: string;
}

/** How a title's ratings changed, drawn and as a table; nothing where they never did. */
export function RatingHistoryFigure({ history, csv }: Props): JSX.Element | null {
  const chart = ratingHistoryChart(history, useSite().now);
  if (chart === null) return null;
  return (
    <figure class="figure-box">
      <div class="chart-box">{chart}</div>
      <figcaption>
        <details>
          <summary>How they changed, as a table</summary>
          <div class="table-box" tabIndex={0} role="region" aria-label="Changes of ratings">
            <table>
              <thead>
                <tr>
                  <th scope="col">From</th>
                  <th scope="col">System</th>
                  <th scope="col" class="figure">
                    Rating
                  </th>
                  <th scope="col" class="figure">
                    Votes
                  </th>
                </tr>
              </thead>
              <tbody>{history.flatMap(rowsOf)}</tbody>
            </table>
          </div>
          <p>
            <a href={csv} download>
              As CSV
            </a>
          </p>
        </details>
      </figcaption>
    </figure>
  );
}

function rowsOf({ system, points }: RatingHistory['data'][number]): JSX.Element[] {
  return points.map(({ at, rating, votes }) => (
    <tr>
      <th scope="row">
        <time dateTime={at}>{momentText(at)}</time>
      </th>
      <td>{systemName(system)}</td>
      <td class="figure">{rating === null ? 'none' : ratingText(rating)}</td>
      <td class="figure">{votes === null ? '–' : countText(votes)}</td>
    </tr>
  ));
}
