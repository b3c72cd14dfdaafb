import sql, { raw, type Sql } from 'sql-template-tag';

/** The columns of `title` that a title in a list is made of. */
export const TITLE_LIST_COLUMNS = raw(
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

/** The properties of a title in a list, made of a row of `TITLE_LIST_COLUMNS` named `alias`. */
export function titleProperties(alias: string): Sql {
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

/** What the title alone has besides, made of a row of `title` named `t` and its row of `title_detail`, or none, named `d`. */
export const TITLE_DETAIL_PROPERTIES = sql`
  ${titleProperties('t')},
  t.end_year as "endYear",
  t.is_adult as "isAdult",
  t.rating_system as "ratingSystem",
  t.popularity,
  d.status,
  d.original_language as "originalLanguage",
  d.budget,
  d.revenue,
  coalesce(d.suspect, '{}') as suspect,
  d.tagline,
  d.overview,
  d.homepage,
  (select row_to_json(c) from (select id, name from collection where id = d.collection_id) as c) as collection,
  ${linkedNames('title_country', 'country', 'code')} as countries,
  ${linkedNames('title_language', 'language', 'code')} as languages,
  (
    select coalesce(json_object_agg(system, value order by system <> 'imdb', system), '{}')
    from (
      select 'imdb' as system, t.imdb_id as value
      where t.imdb_id is not null
      union all
      select system, value
      from external_id
      where title_id = t.id
    ) as known
  ) as "externalIds",
  t.sources,
  t.key`;

/**
 * What `t` is linked to by `link`, in the order of the source, as JSON: the column `id` of each, an id or a code, and
 * its name.
 */
export function linkedNames(link: string, thing: string, id: 'id' | 'code'): Sql {
  return sql`(
    select coalesce(json_agg(json_build_object('${raw(id)}', thing.${raw(id)}, 'name', thing.name) order by link.ordering), '[]')
    from ${raw(link)} as link
    join ${raw(thing)} as thing on thing.${raw(id)} = link.${raw(`${thing}_${id}`)}
    where link.title_id = t.id
  )`;
}
