import type { FieldReader } from './field-reader.ts';
import { readImdbId } from './read-imdb-id.ts';

/** A film at MovieLens and elsewhere, as a record of links.csv says it. */
export function readLink(fields: FieldReader) {
  const digits = fields.optionalKey('imdbId');
  return {
    movie_id: fields.key('movieId'),
    /** Null where MovieLens knows no film of TMDB. */
    tmdb_id: fields.optionalKey('tmdbId'),
    imdb_id: readImdbId(fields, digits === null ? null : `tt${digits.padStart(7, '0')}`, 'imdbId'),
  };
}
