import type { Transaction } from '../../db/database.ts';
import { FilmbaseError } from '../../model/errors.ts';
import type { FilmEntry } from '../../model/film-entry.ts';
import { imdbKey } from '../../model/title-key.ts';
import type { Writer } from '../../model/writers.ts';
import { enteredFilmId, findServedId, nameGenres, serveEnteredFilm } from './film-row.ts';
import { write, type EntryWorld } from './write.ts';

/**
 * Enters a film that no source has: served at once, and written to the journal, so that every later catalogue
 * holds it. Gives its id. Throws `title_exists` where its IMDb id is one of a title served.
 */
export async function enterFilm(
  world: EntryWorld,
  entry: FilmEntry,
  writer: Writer,
): Promise<{ id: string }> {
  const { idSalt } = world;
  const titleKey = `local:${world.newId()}`;
  const id = enteredFilmId(idSalt, { titleKey, entry });
  return write(world, writer, async (tx, _at, watch) => {
    await watch.watch([id]);
    await refuseExisting(tx, idSalt, entry);
    const film = { titleKey, entry: { ...entry, genres: await nameGenres(tx, entry.genres) } };
    if (!(await serveEnteredFilm(tx, idSalt, film))) throw titleExists(entry, id);
    return { entry: { action: 'enter_title', titleKey, document: film.entry }, result: { id } };
  });
}

async function refuseExisting(tx: Transaction, idSalt: string, entry: FilmEntry): Promise<void> {
  if (entry.imdbId === null) return;
  const existing = await findServedId(tx, idSalt, imdbKey(entry.imdbId));
  if (existing !== null) throw titleExists(entry, existing);
}

function titleExists({ imdbId }: FilmEntry, id: string): FilmbaseError {
  return new FilmbaseError('title_exists', `${imdbId ?? 'This film'} is in the catalogue.`, {
    extra: { existing: `/movies/${id}` },
    fields: [{ field: 'imdbId', message: 'is the id of a title that is in the catalogue' }],
  });
}
