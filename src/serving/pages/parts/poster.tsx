import type { JSX } from 'preact';

import { useSite } from '../site.ts';

/** What a poster is drawn from. */
interface PosterTitle {
  readonly id: string;
  readonly title: string;
  readonly year: number | null;
  readonly genres: readonly string[];
  readonly posterUrl: string | null;
}

/**
 * A film's poster: a drawn one in the colours of its genre, and over it the film's own where that may be shown. It says
 * nothing that does not stand beside it, so it is not read out.
 */
export function Poster({ of: title }: { of: PosterTitle }): JSX.Element {
  const { posterHosts } = useSite();
  const own = shownPoster(title.posterUrl, posterHosts);
  const drawing = `g-${genreClass(title.genres)} v${variantOf(title.id)} s${titleSize(title.title)}`;
  return (
    <div class={`poster ${drawing}`} aria-hidden="true">
      <span class="poster-title">{title.title}</span>
      {title.year !== null && <span class="poster-year">{title.year}</span>}
      {own !== null && (
        <img
          src={own}
          alt=""
          width="200"
          height="300"
          loading="lazy"
          decoding="async"
          referrerpolicy="no-referrer"
        />
      )}
    </div>
  );
}

/** The address, if it is one of https on one of `hosts`; else null. */
export function shownPoster(address: string | null, hosts: readonly string[]): string | null {
  if (address === null || !URL.canParse(address)) return null;
  const { protocol, host, username, href } = new URL(address);
  return protocol === 'https:' && username === '' && hosts.includes(host) ? href : null;
}

/** The genres that have a drawing of their own, those first that tell more of a film: most are dramas or have action. */
const DRAWN = [
  'documentary',
  'western',
  'horror',
  'war',
  'musical',
  'music',
  'animation',
  'sport',
  'sci-fi',
  'fantasy',
  'biography',
  'history',
  'mystery',
  'romance',
  'crime',
  'thriller',
  'family',
  'adventure',
  'comedy',
  'action',
  'drama',
];

/** The genre that a film is drawn by. */
function genreClass(genres: readonly string[]): string {
  const own = genres.map((genre) => genre.toLowerCase());
  return DRAWN.find((genre) => own.includes(genre)) ?? 'none';
}

/** One of four, the same for a title each time. */
function variantOf(id: string): number {
  return Number.parseInt(id.slice(-1), 16) % 4;
}

/** Sizes of a drawn title, in hundredths of the poster's width, as the stylesheet has them. */
const SIZES = [30, 25, 21, 18, 15, 12.5, 10.5, 9];

/** The width of a letter of the display face, as a share of its size. */
const LETTER = 0.53;

/** The share of the width that a line may take, and of it the height that all lines together may take. */
const LINE = 86;
const BLOCK = 72;

/** The height of a line, as a share of its size. */
const LINE_HEIGHT = 1.14;

/** The largest size in which every word fits into a line, and all lines into the upper half: its place in `SIZES`. */
function titleSize(title: string): number {
  const words = title.split(/\s+/).map((word) => Array.from(word).length);
  const fitting = SIZES.findIndex((size) => {
    const letters = Math.floor(LINE / (LETTER * size));
    return Math.max(...words) <= letters && linesOf(words, letters) * size * LINE_HEIGHT <= BLOCK;
  });
  return fitting === -1 ? SIZES.length - 1 : fitting;
}

/** How many lines words of these lengths take, where so many letters stand in one. */
function linesOf(words: readonly number[], letters: number): number {
  let [lines, used] = [1, 0];
  for (const word of words) {
    const wanted = used === 0 ? word : used + 1 + word;
    lines += wanted > letters && used > 0 ? 1 : 0;
    used = wanted > letters ? word : wanted;
  }
  return lines;
}
