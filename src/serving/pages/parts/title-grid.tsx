import type { JSX } from 'preact';

import { titleAddress } from '../addresses.ts';
import type { ListedEpisode, ListedTitle } from '../shapes.ts';
import { ratingText } from '../words.ts';
import { Poster } from './poster.tsx';

/** Titles as posters with a line below each. `grows`: a script may add what comes after. */
export function TitleGrid(props: { titles: readonly ListedTitle[]; grows?: boolean }): JSX.Element {
  const { titles, grows = false } = props;
  return (
    <ol class="grid" data-more={grows ? '' : undefined}>
      {titles.map((title) => (
        <li>
          <TitleCard title={title} />
        </li>
      ))}
    </ol>
  );
}

function TitleCard({ title }: { title: ListedTitle }): JSX.Element {
  return (
    <a class="card" href={titleAddress(title)}>
      <Poster of={title} />
      <span class="card-title">
        {title.title}
        {'series' in title && <EpisodePlace episode={title} />}
      </span>
      <span class="card-line">
        <span>{title.year ?? 'Year unknown'}</span>
        {title.rating !== null && <Score rating={title.rating} />}
      </span>
    </a>
  );
}

/** Which episode of which series it is. */
function EpisodePlace({ episode }: { episode: ListedEpisode }): JSX.Element | null {
  const { series, seasonNumber, episodeNumber } = episode;
  if (series === null) return null;
  const place = seasonNumber === null ? '' : ` ${seasonNumber}×${episodeNumber ?? '?'}`;
  return <span class="muted">{` · ${series.title}${place}`}</span>;
}

/** A rating as a figure, said in words to those who hear it. */
function Score({ rating }: { rating: number }): JSX.Element {
  return (
    <span class="score">
      <span class="unseen">rated </span>
      {ratingText(rating)}
    </span>
  );
}
