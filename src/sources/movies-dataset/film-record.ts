import { DOLLAR_DIGITS, INTEGER_DIGITS } from './field-reader.ts';
import type { Dict, FieldReader } from './field-reader.ts';
import { readImdbId } from './read-imdb-id.ts';

/** Something that a film has several of, in the source's order, from 1. */
export interface NumberedEntry {
  readonly key: string;
  readonly name: string | null;
  readonly ordering: number;
}

/** Where TMDB serves pictures, and the width of a poster: https://developer.themoviedb.org/docs/image-basics */
const POSTERS = 'https://image.tmdb.org/t/p/w500';

/** Names are joined by commas, and served as the words of a filter: at most 50 characters. */
const GENRE = /^[^,]{1,50}$/u;

/** A hundred times what the most popular film has had. */
const POPULARITY_MOST = 1_000_000;

/** More than any film has; what has more is none. */
const GENRES_MOST = 50;

/** The highest value of `vote_average`. */
const RATING_MOST = 10;

/** A film as a record of movies_metadata.csv says it, by the names of the claim tables. */
export function readFilm(fields: FieldReader) {
  const title = fields.text('title');
  const original = fields.text('original_title');
  const votes = fields.aboveZero('vote_count', INTEGER_DIGITS);
  const collection = fields.dict('belongs_to_collection');
  const film = {
    title_key: fields.key('id'),
    imdb_id: readImdbId(fields, fields.text('imdb_id'), 'imdb_id'),
    kind: fields.flag('video') === true ? 'video' : 'movie',
    title: title ?? original,
    original_title: original,
    release_date: fields.date('release_date'),
    runtime_minutes: fields.aboveZero('runtime', INTEGER_DIGITS),
    is_adult: fields.flag('adult'),
    genres: readGenres(fields),
    poster_url: posterUrl(fields.text('poster_path')),
    certificate: fields.text('certification'),
    status: fields.text('status'),
    original_language: fields.language('original_language'),
    budget: fields.aboveZero('budget', DOLLAR_DIGITS),
    revenue: fields.aboveZero('revenue', DOLLAR_DIGITS),
    popularity: fields.decimal('popularity', POPULARITY_MOST),
    tagline: fields.text('tagline'),
    overview: fields.text('overview'),
    homepage: fields.text('homepage'),
    ...readCollection(fields, collection),
    rating: fields.decimal('vote_average', RATING_MOST),
    votes,
    companies: readEntries(fields, 'production_companies', 'id'),
    countries: readEntries(fields, 'production_countries', 'iso_3166_1'),
    languages: readEntries(fields, 'spoken_languages', 'iso_639_1', 'english_name'),
  };
  if (film.title === null) fields.refuse('title_missing', 'title', null);
  return film;
}

export function readKeywords(fields: FieldReader) {
  return { title_key: fields.key('id'), keywords: readEntries(fields, 'keywords', 'id') };
}

/** Each once, in whatever case it is written. */
function readGenres(fields: FieldReader): string | null {
  const names = new Map<string, string>();
  for (const genre of fields.dicts('genres')) {
    const name = fields.entryText('genres', genre, 'name');
    if (name !== null && !GENRE.test(name))
      fields.refuseLiteral('genres', 'has a name that is none of a genre', null);
    if (name !== null && !names.has(name.toLowerCase())) names.set(name.toLowerCase(), name);
  }
  if (names.size > GENRES_MOST)
    return fields.refuseLiteral('genres', `has more than ${GENRES_MOST} names`, null);
  return names.size === 0 ? null : [...names.values()].join(',');
}

function readCollection(fields: FieldReader, collection: Dict | null) {
  if (collection === null) return { collection_key: null, collection_name: null };
  return {
    collection_key: fields.entryKey('belongs_to_collection', collection, 'id'),
    collection_name: fields.entryText('belongs_to_collection', collection, 'name'),
  };
}

/** The entries of a list, each once, by their ids or by codes; a name that is empty may stand under another. */
function readEntries(
  fields: FieldReader,
  column: string,
  keyName: string,
  otherName?: string,
): NumberedEntry[] {
  const entries = new Map<string, NumberedEntry>();
  for (const item of fields.dicts(column)) {
    const key =
      keyName === 'id' ? fields.entryKey(column, item, keyName) : fields.entryCode(column, item, keyName);
    if (entries.has(key)) continue;
    const other = otherName === undefined ? null : fields.entryText(column, item, otherName);
    const name = fields.entryText(column, item, 'name') ?? other;
    entries.set(key, { key, name, ordering: entries.size + 1 });
  }
  return [...entries.values()];
}

function posterUrl(path: string | null): string | null {
  return path === null ? null : `${POSTERS}${path.startsWith('/') ? '' : '/'}${path}`;
}
