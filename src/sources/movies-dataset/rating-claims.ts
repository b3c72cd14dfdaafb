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
  await request.engine.run(`create or replace temp view movies_dataset_title_ratings as
select *
from (
  select
    coalesce(links.title_key, concat('movielens-', ratings.movie_id)) as title_key,
    user_id,
    rating * ${TIMES} as rating,
    make_timestamp(rated * 1000000) as rated_at
  from movies_dataset_ratings as ratings
  left join (
    select movie_id, title_key
    from ${verdictsOf('links')}
    where verdict <> 'duplicate'
  ) as links on links.movie_id = ratings.movie_id
)
where not ${leftOut(request.limit)}`);
  const given = await writeClaims(request, 'user_rating', [
    selectClaims(request, 'user_rating', USER_RATING_COLUMNS, 'movies_dataset_title_ratings'),
  ]);
  await writeClaims(request, 'rating_year', [
    selectClaims(request, 'rating_year', { ...SUMMED_COLUMNS, year: 'year' }, YEARS),
  ]);
  return given;
}

/** What all the users' ratings of a title come to. */
export function selectMovieLensRatings(request: WriteRequest): string {
  return selectClaims(request, 'rating', SUMMED_COLUMNS, TITLES);
}

const USER_RATING_COLUMNS = {
  title_key: 'title_key',
  system: `'movielens'`,
  user_key: 'user_id',
  rating: 'rating',
  rated_at: 'rated_at',
};

const SUMMED_COLUMNS = {
  title_key: 'title_key',
  system: `'movielens'`,
  rating: 'round(total / votes, 2)',
  votes: 'votes',
};

const YEARS = `(
  select title_key, year(rated_at) as year, sum(rating) as total, count(*) as votes
  from movies_dataset_title_ratings
  group by title_key, year
)`;

const TITLES = `(
  select title_key, sum(rating) as total, count(*) as votes
  from movies_dataset_title_ratings
  group by title_key
)`;
