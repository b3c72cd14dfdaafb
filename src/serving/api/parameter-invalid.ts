import { FilmbaseError } from '../../model/errors.ts';

/** What is wrong with a parameter that no schema of its own can tell. */
export function parameterInvalid(field: string, message: string): FilmbaseError {
  return new FilmbaseError('parameter_invalid', `${field} ${message}.`, { fields: [{ field, message }] });
}
