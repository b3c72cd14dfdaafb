import { parseImdbId } from '../../model/title-key.ts';
import type { ImdbId } from '../../model/title-key.ts';
import type { FieldReader } from './field-reader.ts';

/** The IMDb id in `text`, which `column` says; null for none and for 0. Another text is a fault. */
export function readImdbId(fields: FieldReader, text: string | null, column: string): ImdbId | null {
  if (text === null || text === '0') return null;
  return parseImdbId(text) ?? fields.refuse('id_invalid', column, null);
}
