import type { Writers } from '../../model/writers.ts';
import { findApiKey } from './api-keys.ts';
import { enterFilm } from './enter-film.ts';
import { setValues } from './set-values.ts';
import type { EntryWorld } from './write.ts';

/** What serving is handed to write with. */
export function openWriters(world: EntryWorld): Writers {
  return {
    enterFilm: (entry, writer) => enterFilm(world, entry, writer),
    setValues: (id, values, isExpected, writer) => setValues(world, id, values, isExpected, writer),
    findApiKey: (key) => findApiKey(world.db, key),
  };
}
