import sql, { raw, type Sql } from 'sql-template-tag';

/** The columns of `title` that a film in a list is made of. */
export const FILM_COLUMNS = raw(
  [
    'id',
    'imdb_id',
    'title',
    'original_title',
    'kind',
    'year',
    'release_date',
    'runtime_minutes',
    'genres',
    'rating',
    'votes',
    'weighted_rating',
    'certificate',
    'poster_url',
  ]
    .map((column) => `t.${column}`)
    .join(', '),
);

/** The properties of a film in a list, made of a row of `FILM_COLUMNS` named `alias`. */
export function filmProperties(alias: string): Sql {
  const t = raw(alias);
  return sql`
    ${t}.id,
    ${t}.imdb_id as "imdbId",
    'https://www.imdb.com/title/' || ${t}.imdb_id || '/' as "imdbUrl",
    ${t}.title,
    ${t}.original_title as "originalTitle",
    ${t}.kind,
    ${t}.year,
    ${t}.release_date as "releaseDate",
    ${t}.runtime_minutes as "runtimeMinutes",
    ${t}.genres,
    ${t}.rating,
    ${t}.votes,
    ${t}.weighted_rating as "weightedRating",
    ${t}.certificate,
    ${t}.poster_url as "posterUrl"`;
}

/** What the film alone has besides, made of a row of `title` named `alias`. */
export function filmDetailProperties(alias: string): Sql {
  const t = raw(alias);
  return sql`
    ${filmProperties(alias)},
    ${t}.end_year as "endYear",
    ${t}.is_adult as "isAdult",
    ${t}.rating_system as "ratingSystem",
    ${t}.sources,
    ${t}.key`;
}
