import sql from 'sql-template-tag';

import type { Queryable } from '../../db/database.ts';
import { imdbKey, isUuid, parseImdbId, titleId } from '../../model/title-key.ts';
import type { ServedState } from './catalogue-state.ts';
import { filmDetailProperties } from './film-json.ts';

/** What stands at an id. */
export type FoundTitle =
  | { readonly at: 'here'; readonly json: string; readonly state: ServedState }
  /** The id is an alias; the title is at `id`. */
  | { readonly at: 'elsewhere'; readonly id: string }
  /** Every source has dropped it. */
  | { readonly at: 'gone' };

interface TitleRow {
  readonly version: number;
  readonly journal_seq: number;
  readonly film: string | null;
  readonly elsewhere: string | null;
  readonly gone: boolean;
}

/** The UUID that `id`, a UUID or an IMDb id, stands for; null if it is neither. */
export function parseTitleId(idSalt: string, id: string): string | null {
  if (isUuid(id)) return id.toLowerCase();
  const imdbId = parseImdbId(id);
  return imdbId === null ? null : titleId(idSalt, imdbKey(imdbId));
}

/** The film with this UUID, with its details as JSON; null if there never was one. */
export async function findFilm(db: Queryable, id: string): Promise<FoundTitle | null> {
  const [row] = await db.query<TitleRow>(sql`
    select
      state.version,
      state.journal_seq,
      (
        select row_to_json(film)::text
        from title as t
        cross join lateral (select ${filmDetailProperties('t')}) as film
        where t.id = ${id}
        and t.is_film
      ) as film,
      (select title_id from title_alias where alias_id = ${id}) as elsewhere,
      exists (select from title_gone where id = ${id}) as gone
    from catalogue_state as state`);
  if (row === undefined) throw new Error('catalogue_state has no row');
  if (row.film !== null) {
    return { at: 'here', json: row.film, state: { version: row.version, journalSeq: row.journal_seq } };
  }
  if (row.elsewhere !== null) return { at: 'elsewhere', id: row.elsewhere };
  return row.gone ? { at: 'gone' } : null;
}
