import { FilmbaseError } from './errors.ts';

/**
 * What a failure to read the file at `path` is called: `file_missing`, `file_truncated` (a gzip that ends early),
 * `file_corrupt` (a gzip that is damaged) or `cancelled`. Gives the error itself where it is none of these.
 */
export function nameFileFailure(error: unknown, path: string): unknown {
  if (!(error instanceof Error) || error instanceof FilmbaseError) return error;
  const { code } = error as NodeJS.ErrnoException;
  const options = { cause: error };
  if (code === 'ENOENT') return new FilmbaseError('file_missing', `${path} is not there.`, options);
  if (code === 'Z_BUF_ERROR')
    return new FilmbaseError('file_truncated', `${path} ends in the middle of its compressed data.`, options);
  if (code?.startsWith('Z_') === true)
    return new FilmbaseError('file_corrupt', `${path} is damaged: ${error.message}.`, options);
  if (error.name === 'AbortError')
    return new FilmbaseError('cancelled', `Reading ${path} was stopped.`, options);
  return error;
}
