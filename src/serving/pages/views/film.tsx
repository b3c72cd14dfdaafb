import type { JSX } from 'preact';

import { Section } from '../layout.tsx';
import type { Ask } from '../ask.ts';
import type { Page, RefusedForm } from '../page.ts';
import { CommentForm } from '../parts/comment-form.tsx';
import { Comments } from '../parts/comments.tsx';
import { Credits } from '../parts/credits.tsx';
import { Facts } from '../parts/facts.tsx';
import { FilmOffers } from '../parts/film-offers.tsx';
import { Poster } from '../parts/poster.tsx';
import { Ratings } from '../parts/ratings.tsx';
import { TitleGrid } from '../parts/title-grid.tsx';
import { TitleHead } from '../parts/title-head.tsx';
import type { Film, FilmList, ListedFilm } from '../shapes.ts';

/** Everything of a film that stands on its page. */
const INCLUDED = 'credits,ratings,companies,keywords,comments,offers';

/** `/movies/{id}`: a film with all that is known of it. */
export const page: Page = {
  route: '/movies/:id',
  show: async ({ ask, path, query, form }) => {
    const others = new URLSearchParams(query);
    if (!others.has('include')) others.set('include', INCLUDED);
    const film = await ask<Film>(`${path}?${others}`);
    const similar = await listSimilar(ask, film);
    return {
      title: film.year === null ? film.title : `${film.title} (${film.year})`,
      ...(film.overview !== null && { description: film.overview }),
      main: <FilmPage film={film} similar={similar} refused={form} />,
      scripts: ['comment'],
    };
  },
};

interface Props {
  readonly film: Film;
  readonly similar: readonly ListedFilm[];
  readonly refused: RefusedForm | null;
}

function FilmPage({ film, similar, refused }: Props): JSX.Element {
  return (
    <article class="title-page">
      <div class="title-poster">
        <Poster of={film} />
      </div>
      <div class="title-body">
        <TitleHead title={film} />
        {film.ratings !== undefined && film.ratings.length > 0 && (
          <Section id="ratings" heading="Ratings">
            <Ratings ratings={film.ratings} />
          </Section>
        )}
        <Section id="facts" heading="Facts">
          <Facts title={film} />
        </Section>
        {film.credits !== undefined && hasCredits(film.credits) && (
          <Section id="credits" heading="Cast and crew">
            <Credits credits={film.credits} />
          </Section>
        )}
        {film.offers !== undefined && film.offers.sellers.length > 0 && (
          <Section id="offers" heading="Where to get it">
            <FilmOffers offers={film.offers} />
          </Section>
        )}
        <Section id="comments" heading="Comments">
          <Comments comments={film.comments ?? []} />
          <CommentForm action={`/movies/${film.id}/comments/form#comment-form`} refused={refused} />
        </Section>
      </div>
      {similar.length > 0 && (
        <Section id="similar" heading="Of the same kind and time">
          <TitleGrid titles={similar} />
        </Section>
      )}
    </article>
  );
}

function hasCredits({ cast, crew, characters }: NonNullable<Film['credits']>): boolean {
  return cast.length + crew.length + characters.length > 0;
}

const SIMILAR = 6;

/** Years by which a similar film may be older or newer. */
const SIMILAR_YEARS = 10;

/** Films of all its genres from about its time, best first; none where genres or year are not known. */
async function listSimilar(ask: Ask, { id, genres, year }: Film): Promise<ListedFilm[]> {
  if (genres.length === 0 || year === null) return [];
  const query = new URLSearchParams([
    ...genres.slice(0, 20).map((genre) => ['genre_all', genre]),
    ['year_gte', String(Math.max(0, year - SIMILAR_YEARS))],
    ['year_lte', String(Math.min(9999, year + SIMILAR_YEARS))],
    ['sort', '-weighted'],
    ['limit', String(SIMILAR + 1)],
  ]);
  const { data } = await ask<FilmList>(`/movies?${query}`);
  return data.filter((other) => other.id !== id).slice(0, SIMILAR);
}
