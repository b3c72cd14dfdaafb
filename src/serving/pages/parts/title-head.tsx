import type { JSX } from 'preact';

import { sectionOf } from '../addresses.ts';
import { SECTION_WORDS } from '../../api/sections.ts';
import type { AnyTitle, Episode } from '../shapes.ts';
import { dayText, KIND_WORDS, ratingText, roundCount, runtimeText, systemName } from '../words.ts';

/** A title's head: name, the line that tells what it is, its rating, what it is about. */
export function TitleHead({ title }: { title: AnyTitle }): JSX.Element {
  const { path } = SECTION_WORDS[sectionOf(title.kind)];
  return (
    <header>
      {'series' in title && <OfSeries episode={title} />}
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
              <a href={`${path}?genre=${encodeURIComponent(genre)}&sort=-votes`}>{genre}</a>
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

function OfSeries({ episode }: { episode: Episode }): JSX.Element | null {
  const { series, seasonNumber, episodeNumber } = episode;
  if (series === null) return null;
  return (
    <p class="of-series">
      <a href={`/series/${series.id}`}>{series.title}</a>
      {seasonNumber !== null && (
        <>
          {', '}
          <a href={`/series/${series.id}?season=${seasonNumber}#episodes`}>season {seasonNumber}</a>
        </>
      )}
      {episodeNumber !== null && `, episode ${episodeNumber}`}
    </p>
  );
}

function lineOf(title: AnyTitle): string[] {
  const { kind, runtimeMinutes, certificate } = title;
  return [
    ...(kind === 'movie' ? [] : [KIND_WORDS[kind] ?? kind]),
    timeOf(title),
    ...(runtimeMinutes === null ? [] : [runtimeText(runtimeMinutes)]),
    ...(certificate === null ? [] : [certificate]),
  ];
}

function timeOf({ year, endYear, releaseDate }: AnyTitle): string {
  if (year === null) return releaseDate === null ? 'Year unknown' : dayText(releaseDate);
  return endYear === null || endYear === year ? String(year) : `${year}–${endYear}`;
}

function MainRating({ title, rating }: { title: AnyTitle; rating: number }): JSX.Element {
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
