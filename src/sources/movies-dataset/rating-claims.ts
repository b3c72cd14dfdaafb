import type { ClaimRequest } from '../../model/source.ts';
import { selectClaims, writeClaims } from './film-claims.ts';
import { leftOut, verdictsOf } from './verdicts.ts';

/** Stars of MovieLens go to five, ratings here to ten. */
const TIMES = 2;

type WriteRequest = Pick<ClaimRequest<unknown>, 'engine' | 'run' | 'claimFile' | 'limit'>;

/**
 * Writes each user's rating, and by title and year what they come to; gives how many were written. A film that links
 * does not know, or has no TMDB id for, goes by its number at MovieLens.
 */
export async function claimUserRatings(request: WriteRequest): Promise<number> {
  await request.engine.run(sumByMovie(request.limit));
  const given = await writeClaims(request, 'user_rating', [
    selectClaims(request, 'user_rating', USER_RATING_COLUMNS, TITLE_RATINGS),
  ]);
  await writeClaims(request, 'rating_year', [
    selectClaims(request, 'rating_year', { ...SUMMED_COLUMNS, year: 'year' }, summed('title_key, year')),
  ]);
  return given;
}

/** What all the users' ratings of a title come to. */
export function selectMovieLensRatings(request: WriteRequest): string {
  return selectClaims(request, 'rating', SUMMED_COLUMNS, summed('title_key'));
}

/** The many ratings are summed up once, by number: what follows goes over the sums. */
function sumByMovie(limit: number | null): string {
  return `create or replace temp table movies_dataset_movie_years as
select movie_id, year(make_timestamp(rated * 1000000)) as year, sum(rating * ${TIMES}) as total, count(*) as votes
from movies_dataset_ratings
group by movie_id, year;
create or replace temp table movies_dataset_movies as
select movie_id, title_key
from (
  select distinct movie_id, coalesce(links.title_key, concat('movielens-', movie_id)) as title_key
  from movies_dataset_movie_years
  left join (
    select movie_id, title_key
    from ${verdictsOf('links')}
    where verdict <> 'duplicate'
  ) as links using (movie_id)
)
where not ${leftOut(limit)}`;
}

const USER_RATING_COLUMNS = {
  title_key: 'title_key',
  system: `'movielens'`,
  user_key: 'user_id',
  rating: `rating * ${TIMES}`,
  rated_at: 'make_timestamp(rated * 1000000)',
};

const SUMMED_COLUMNS = {
  title_key: 'title_key',
  system: `'movielens'`,
  rating: 'round(total / votes, 2)',
  votes: 'votes',
};

const TITLE_RATINGS = `(
  select title_key, user_id, rating, rated
  from movies_dataset_ratings
  join movies_dataset_movies using (movie_id)
)`;

/** Several movies may be one title. */
function summed(by: string): string {
  return `(
  select ${by}, sum(total) as total, sum(votes) as votes
  from movies_dataset_movie_years
  join movies_dataset_movies using (movie_id)
  group by ${by}
)`;
}
