import type { ComponentChildren, JSX } from 'preact';

import type { Section as TitleSection } from '../../model/kinds.ts';
import { SECTION_WORDS } from '../api/sections.ts';
import { addressWith, titleAddress } from './addresses.ts';
import type { Ask } from './ask.ts';
import { Section } from './layout.tsx';
import type { AskedPage, Shown } from './page.ts';
import { CommentForm } from './parts/comment-form.tsx';
import { askComments, Comments, COMMENTS_PLACE } from './parts/comments.tsx';
import { Credits } from './parts/credits.tsx';
import { Facts } from './parts/facts.tsx';
import { Poster } from './parts/poster.tsx';
import { RatingHistoryFigure } from './parts/rating-history.tsx';
import { Ratings } from './parts/ratings.tsx';
import { TitleGrid } from './parts/title-grid.tsx';
import { TitleHead } from './parts/title-head.tsx';
import type { AnyTitle, CommentList, Film, ListedTitle, RatingHistory, TitleList } from './shapes.ts';

/** What the page of a title has of its section alone. */
interface OfSection<T extends AnyTitle> {
  readonly section: TitleSection;
  /** Parts that are asked for besides those of every title. */
  readonly included: readonly string[];
  /** What stands before the facts, and after the credits. */
  readonly partsOf: (
    title: T,
    asked: AskedPage,
  ) => Promise<{ readonly first?: ComponentChildren; readonly last?: ComponentChildren }>;
}

/** Parts of every title that stand on its page. */
const INCLUDED = ['credits', 'ratings', 'companies', 'keywords'];

/** Parameters of every title's page alone: `origins=shown` tells whose word each value is. */
export const OF_TITLE_PAGES = { origins: ['shown'], [COMMENTS_PLACE]: null };

/** The page of a title: all that is known of it, with what `ofSection` adds. */
export async function showTitle<T extends AnyTitle>(
  asked: AskedPage,
  { section, included, partsOf }: OfSection<T>,
): Promise<Shown> {
  const { ask, path, pageOnly } = asked;
  const query = new URLSearchParams([...asked.query].filter(([name]) => !pageOnly.includes(name)));
  const showsOrigins = asked.query.get('origins') === 'shown';
  const parts = [...INCLUDED, ...included, ...(showsOrigins ? ['provenance'] : [])];
  // Of the past no parts are known.
  if (!query.has('include') && !query.has('as_of')) query.set('include', parts.join(','));
  const title = await ask<T>(`${path}?${query}`);
  const [similar, history, comments, own] = await Promise.all([
    listSimilar(ask, SECTION_WORDS[section].path, title),
    ask<RatingHistory>(`${titleAddress(title)}/ratings/history`),
    askComments(asked, titleAddress(title)),
    partsOf(title, asked),
  ]);
  return {
    title: title.year === null ? title.title : `${title.title} (${title.year})`,
    ...(title.overview !== null && { description: title.overview }),
    main: (
      <TitlePage
        title={title}
        asked={asked}
        similar={similar}
        history={history.data}
        comments={comments}
        {...own}
      />
    ),
    scripts: ['comment'],
  };
}

interface Props {
  readonly title: AnyTitle;
  readonly asked: AskedPage;
  readonly similar: readonly ListedTitle[];
  readonly history: RatingHistory['data'];
  readonly comments: CommentList;
  readonly first?: ComponentChildren;
  readonly last?: ComponentChildren;
}

function TitlePage({ title, asked, similar, history, comments, first, last }: Props): JSX.Element {
  const address = titleAddress(title);
  const { ratings = [], credits } = title;
  return (
    <article class="title-page">
      <div class="title-poster">
        <Poster of={title} />
      </div>
      <div class="title-body">
        <TitleHead title={title} />
        <OfThePast asked={asked} />
        {first}
        {ratings.length > 0 && (
          <Section id="ratings" heading="Ratings">
            <Ratings ratings={ratings} />
            <RatingHistoryFigure history={history} csv={`${address}/ratings/history.csv`} />
          </Section>
        )}
        <Section id="facts" heading="Facts" more={originsLink(asked)}>
          <Facts title={title} origins={title.provenance ?? null} />
        </Section>
        {credits !== undefined && hasCredits(credits) && (
          <Section id="credits" heading="Cast and crew">
            <Credits credits={credits} />
          </Section>
        )}
        {last}
        <Section id="comments" heading="Comments">
          <Comments list={comments} asked={asked} />
          <CommentForm action={`${address}/comments/form#comment-form`} refused={asked.form} />
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

/** That the title is shown as it once was, where that is asked for. */
function OfThePast({ asked: { path, query } }: { asked: AskedPage }): JSX.Element | null {
  const moment = query.get('as_of');
  if (moment === null) return null;
  return (
    <p class="notes" role="note">
      As it was served at {moment}. <a href={addressWith(path, query, { as_of: null })}>As it is now</a>
    </p>
  );
}

/** Shows whose word each value is, or no longer; of the past that is not known. */
function originsLink({ path, query }: AskedPage): { label: string; address: string } | undefined {
  if (query.has('as_of')) return undefined;
  const areShown = query.get('origins') === 'shown';
  return {
    label: areShown ? 'Without the sources' : 'Who says so?',
    address: `${addressWith(path, query, { origins: areShown ? null : 'shown' })}#facts`,
  };
}

function hasCredits({ cast, crew, characters }: NonNullable<Film['credits']>): boolean {
  return cast.length + crew.length + characters.length > 0;
}

const SIMILAR = 6;

/** Years by which a similar title may be older or newer. */
const SIMILAR_YEARS = 10;

/** Titles of all its genres from about its time, best first; none where genres or year are not known. */
async function listSimilar(ask: Ask, path: string, { id, genres, year }: AnyTitle): Promise<ListedTitle[]> {
  if (genres.length === 0 || year === null) return [];
  const query = new URLSearchParams([
    ...genres.slice(0, 20).map((genre) => ['genre_all', genre]),
    ['year_gte', String(Math.max(0, year - SIMILAR_YEARS))],
    ['year_lte', String(Math.min(9999, year + SIMILAR_YEARS))],
    ['sort', '-weighted'],
    ['limit', String(SIMILAR + 1)],
  ]);
  const { data } = await ask<TitleList>(`${path}?${query}`);
  return data.filter((other) => other.id !== id).slice(0, SIMILAR);
}
