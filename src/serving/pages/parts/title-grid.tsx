import type { JSX } from 'preact';

import type { ListedFilm } from '../shapes.ts';
import { ratingText } from '../words.ts';
import { Poster } from './poster.tsx';

/** Titles as posters with a line below each. `grows`: a script may add what comes after. */
export function TitleGrid(props: { titles: readonly ListedFilm[]; grows?: boolean }): JSX.Element {
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

function TitleCard({ title }: { title: ListedFilm }): JSX.Element {
  return (
    <a class="card" href={`/movies/${title.id}`}>
      <Poster of={title} />
      <span class="card-title">{title.title}</span>
      <span class="card-line">
        <span>{title.year ?? 'Year unknown'}</span>
        {title.rating !== null && <Score rating={title.rating} />}
      </span>
    </a>
  );
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
