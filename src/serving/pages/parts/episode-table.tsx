import type { JSX } from 'preact';

import type { ListedEpisode } from '../shapes.ts';
import { countText, dayText, ratingText } from '../words.ts';

interface Props {
  readonly episodes: readonly ListedEpisode[];
  /** Whether they are of several seasons: then each says of which. */
  readonly ofAllSeasons: boolean;
}

/** Episodes in the order of the list. */
export function EpisodeTable({ episodes, ofAllSeasons }: Props): JSX.Element {
  if (episodes.length === 0) return <p class="muted">No episode of this season is known.</p>;
  return (
    <div
      class="table-box"
      tabIndex={0}
      role="region"
      aria-label={ofAllSeasons ? 'All episodes' : 'Episodes of the season'}
    >
      <table>
        <thead>
          <tr>
            {ofAllSeasons && (
              <th scope="col" class="figure">
                Season
              </th>
            )}
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
          {episodes.map(({ id, seasonNumber, episodeNumber, title, year, releaseDate, rating, votes }) => (
            <tr>
              {ofAllSeasons && <td class="figure">{seasonNumber ?? '–'}</td>}
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
