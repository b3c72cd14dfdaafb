import type { JSX } from 'preact';

import type { ListedEpisode } from '../shapes.ts';
import { countText, dayText, ratingText } from '../words.ts';

/** Episodes in the order of the list. */
export function EpisodeTable({ episodes }: { episodes: readonly ListedEpisode[] }): JSX.Element {
  if (episodes.length === 0) return <p class="muted">No episode of this season is known.</p>;
  return (
    <div class="table-box" tabIndex={0} role="region" aria-label="Episodes of the season">
      <table>
        <thead>
          <tr>
            <th scope="col" class="figure">
              No.
            </th>
            <th scope="col">Title</th>
            <th scope="col">Shown</th>
            <th scope="col" class="figure">
              Rating
            </th>
            <th scope="col" class="figure">
              Votes
            </th>
          </tr>
        </thead>
        <tbody>
          {episodes.map(({ id, episodeNumber, title, year, releaseDate, rating, votes }) => (
            <tr>
              <td class="figure">{episodeNumber ?? '–'}</td>
              <th scope="row">
                <a href={`/episodes/${id}`}>{title}</a>
              </th>
              <td>{releaseDate === null ? (year ?? '–') : dayText(releaseDate)}</td>
              <td class="figure">{rating === null ? '–' : ratingText(rating)}</td>
              <td class="figure">{votes === null ? '–' : countText(votes)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
