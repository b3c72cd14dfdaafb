import { createHash } from 'node:crypto';

import type { KeyValue, ListPosition } from '../../catalogue/queries/film-ranges.ts';
import { readSignedText, signText } from '../../lib/signed-text.ts';
import { FilmbaseError } from '../../model/errors.ts';

/** Grows when cursors hold something else, so that old ones are refused. */
const CURSOR_FORMAT = 1;

type CursorContent = [list: string, direction: 'f' | 'b', keys: KeyValue[] | null, id: string | null];

/**
 * A cursor: a signed position in the list that `list` identifies: its filters and its sort, but not its limit,
 * which may change between pages.
 */
export function writeCursor(secret: string, list: unknown, { direction, beyond }: ListPosition): string {
  const way = direction === 'forward' ? 'f' : 'b';
  const content: CursorContent = [
    identityOf(list),
    way,
    beyond === null ? null : [...beyond.keys],
    beyond?.id ?? null,
  ];
  return signText(secret, 'cursor', JSON.stringify(content));
}

/** The position that a cursor of this list stands for. Throws `cursor_invalid` if it is not ours, or of another list. */
export function readCursor(secret: string, list: unknown, cursor: string): ListPosition {
  const text = readSignedText(secret, 'cursor', cursor);
  if (text === null) throw refused('is not a cursor of this API');
  const [identity, way, keys, id] = JSON.parse(text) as CursorContent;
  if (identity !== identityOf(list)) throw refused('belongs to a list with other filters or another sort');
  return {
    direction: way === 'f' ? 'forward' : 'backward',
    beyond: keys === null || id === null ? null : { keys, id },
  };
}

function refused(message: string): FilmbaseError {
  return new FilmbaseError('cursor_invalid', `The cursor ${message}.`, {
    fields: [{ field: 'cursor', message }],
  });
}

function identityOf(list: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify([CURSOR_FORMAT, list]))
    .digest('base64url')
    .slice(0, 16);
}
