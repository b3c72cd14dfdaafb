import type { JSX } from 'preact';

import type { Film } from '../shapes.ts';
import { KIND_WORDS, ratingText, roundCount, runtimeText, systemName } from '../words.ts';

/** A title's head: name, the line that tells what it is, its rating, what it is about. */
export function TitleHead({ title }: { title: Film }): JSX.Element {
  return (
    <header>
      <h1>{title.title}</h1>
      {title.originalTitle !== title.title && <p class="original">{title.originalTitle}</p>}
      <ul class="title-line">
        {lineOf(title).map((part) => (
          <li>{part}</li>
        ))}
      </ul>
      {title.genres.length > 0 && (
        <ul class="chips" aria-label="Genres">
          {title.genres.map((genre) => (
            <li>
              <a href={`/movies?genre=${encodeURIComponent(genre)}&sort=-votes`}>{genre}</a>
            </li>
          ))}
        </ul>
      )}
      {title.rating !== null && <MainRating title={title} rating={title.rating} />}
      {title.tagline !== null && <p class="tagline">{title.tagline}</p>}
      {title.overview !== null && <p class="overview">{title.overview}</p>}
    </header>
  );
}

function lineOf({ kind, year, runtimeMinutes, certificate }: Film): string[] {
  return [
    ...(kind === 'movie' ? [] : [KIND_WORDS[kind] ?? kind]),
    year === null ? 'Year unknown' : String(year),
    ...(runtimeMinutes === null ? [] : [runtimeText(runtimeMinutes)]),
    ...(certificate === null ? [] : [certificate]),
  ];
}

function MainRating({ title, rating }: { title: Film; rating: number }): JSX.Element {
  return (
    <p class="main-rating">
      <b>{ratingText(rating)}</b>
      <span>
        of 10{title.ratingSystem !== null && ` at ${systemName(title.ratingSystem)}`}
        {title.votes !== null && (
          <>
            <br />
            {roundCount(title.votes)} votes
          </>
        )}
      </span>
    </p>
  );
}
