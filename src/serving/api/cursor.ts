import type { KeyValue, ListPosition } from '../../catalogue/queries/list-ranges.ts';
import { readSignedText, signText } from '../../lib/signed-text.ts';
import { FilmbaseError } from '../../model/errors.ts';

/** Grows when cursors hold something else, so that old ones are refused. */
const CURSOR_FORMAT = 1;

type CursorContent = [direction: 'f' | 'b', ...place: [id: string, ...keys: KeyValue[]] | []];

/**
 * A cursor: a position, signed together with the list that it is of, which `list` identifies: its filters and its
 * sort, but not its limit, which may change between pages.
 */
export function writeCursor(secret: string, list: unknown, { direction, beyond }: ListPosition): string {
  const place = beyond === null ? [] : [beyond.id, ...beyond.keys];
  return signText(secret, purposeOf(list), JSON.stringify([direction === 'forward' ? 'f' : 'b', ...place]));
}

/** The position that a cursor of this list stands for. Throws `cursor_invalid` if it is not ours, or of another list. */
export function readCursor(secret: string, list: unknown, cursor: string): ListPosition {
  const text = readSignedText(secret, purposeOf(list), cursor);
  if (text === null) throw refused();
  const [way, id, ...keys] = JSON.parse(text) as CursorContent;
  return {
    direction: way === 'f' ? 'forward' : 'backward',
    beyond: id === undefined ? null : { keys, id },
  };
}

function purposeOf(list: unknown): string {
  return JSON.stringify(['cursor', CURSOR_FORMAT, list]);
}

function refused(): FilmbaseError {
  const message = 'is not ours, or belongs to a list with other filters or another sort';
  return new FilmbaseError('cursor_invalid', `The cursor ${message}.`, {
    fields: [{ field: 'cursor', message }],
  });
}
