import sql from 'sql-template-tag';

import type { Transaction } from '../../db/database.ts';
import { lowerAscii } from '../../lib/lower-ascii.ts';
import type { FilmEntry } from '../../model/film-entry.ts';
import { imdbKey, titleId } from '../../model/title-key.ts';
import { titleSort } from '../../model/title-sort.ts';
import { recountTitles } from '../facet-index/recount-titles.ts';
import { addGenreRows } from '../genre-rows.ts';
import { addGenres, findGenres } from '../genres.ts';
import { indexTitles } from '../search-index/index-titles.ts';

/** A film that a person entered, as the journal holds it, its genres by the names that they have here. */
export interface EnteredFilm {
  /** `local:` and a random UUID. */
  readonly titleKey: string;
  readonly entry: FilmEntry;
}

/** The public id of an entered film that no other source describes. */
export function enteredFilmId(idSalt: string, film: EnteredFilm): string {
  return titleId(idSalt, bestKey(film));
}

/**
 * Puts the film into the served tables, as the next merge will have it; does nothing where a title has its id
 * already. Gives whether it did.
 */
export async function serveEnteredFilm(tx: Transaction, idSalt: string, film: EnteredFilm): Promise<boolean> {
  const { entry } = film;
  const id = enteredFilmId(idSalt, film);
  const { genres } = entry;
  const inserted = await recountTitles(tx, [id], () => insertFilm(tx, id, film));
  await tx.query(sql`
    insert into title_alias (alias_id, key, title_id)
    select ${titleId(idSalt, film.titleKey)}, ${film.titleKey}, ${id}
    where ${film.titleKey}::text <> ${bestKey(film)}::text
    on conflict (alias_id) do update
    set led_to = null
    where title_alias.title_id = excluded.title_id
      and title_alias.led_to is not null`);
  await indexTitles(tx, [id]);
  if (inserted.length === 0) return false;
  await tx.query(sql`delete from title_gone where id = ${id}`);
  await tx.query(sql`delete from title_alias where alias_id = ${id}`);
  if (genres.length > 0) await addGenreRows(tx, id);
  return true;
}

function insertFilm(tx: Transaction, id: string, film: EnteredFilm): Promise<object[]> {
  const { entry } = film;
  return tx.query(sql`
    insert into title (
      id, key, imdb_id, kind, is_film, title, original_title, title_sort, year, release_date, runtime_minutes,
      genres, certificate, poster_url, rating, rating_system, sources
    )
    values (
      ${id}, ${bestKey(film)}, ${entry.imdbId}, ${entry.kind}, true, ${entry.title}, ${entry.originalTitle ?? entry.title},
      ${titleSort(entry.title)}, ${entry.year}, ${entry.releaseDate}, ${entry.runtimeMinutes},
      ${entry.genres}, ${entry.certificate}, ${entry.posterUrl}, ${entry.rating},
      ${entry.rating === null ? null : 'local'}, ${['local']}
    )
    on conflict (id) do nothing
    returning id`);
}

/**
 * The id under which the title is served that this key leads to now, as its best key or another; null if there is none. `current`:
 * a key that its source has dropped leads nowhere, as in a merge.
 */
export async function findServedId(
  tx: Transaction,
  idSalt: string,
  key: string,
  keys: 'all' | 'current' = 'all',
): Promise<string | null> {
  const id = titleId(idSalt, key);
  const [found] = await tx.query<{ id: string }>(sql`
    select id from title where id = ${id}
    union all
    select t.id
    from title_alias as a
    join title as t on t.id = a.title_id
    where a.alias_id = ${id}
      and (a.led_to is null or ${keys === 'all'})
    limit 1`);
  return found?.id ?? null;
}

/** The genres by the names that they have here, new ones as given; a new one gets its row. */
export async function nameGenres(tx: Transaction, names: readonly string[]): Promise<string[]> {
  if (names.length === 0) return [];
  await addGenres(tx, names);
  const known = await findGenres(tx);
  return names.map((name) => known.get(lowerAscii(name))?.name ?? name);
}

function bestKey({ titleKey, entry }: EnteredFilm): string {
  return entry.imdbId === null ? titleKey : imdbKey(entry.imdbId);
}
