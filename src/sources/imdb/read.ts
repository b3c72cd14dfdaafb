import { FilmbaseError } from '../../model/errors.ts';
import type { RawFile, ReadRequest, ReadResult, SourceWorld } from '../../model/source.ts';
import { readLocal } from './read-local.ts';
import { readUrl } from './read-url.ts';
import type { Patience } from './read-url.ts';
import type { ImdbSettings } from './settings.ts';

/**
 * Brings the files that the settings ask for into raw, from the provider, from another base URL, or from a folder
 * or file on this machine. `unchanged` when every file is, byte for byte, that of the run before.
 *
 * Errors: `file_missing`, `source_unreachable`, `cancelled`.
 */
export async function readImdb(
  request: ReadRequest<ImdbSettings>,
  world: SourceWorld,
  patience: Patience = {},
): Promise<ReadResult> {
  const place = request.from ?? request.settings.url;
  try {
    const files = /^https?:\/\//i.test(place)
      ? await readUrl(request, world, place, patience)
      : await readLocal(request, world, place);
    return isSame(files, request.before) ? { state: 'unchanged' } : { state: 'read', files };
  } catch (error) {
    if (!world.signal.aborted || error instanceof FilmbaseError) throw error;
    throw new FilmbaseError('cancelled', `Reading imdb from ${place} was stopped.`, { cause: error });
  }
}

function isSame(files: readonly RawFile[], before: readonly RawFile[]): boolean {
  const known = new Map(before.map(({ name, sha256 }) => [name, sha256]));
  return files.length === known.size && files.every(({ name, sha256 }) => known.get(name) === sha256);
}
