import { FilmbaseError } from '../../model/errors.ts';
import type { ReadRequest, ReadResult, SourceWorld } from '../../model/source.ts';
import { isAddress, isSame } from '../raw-files.ts';
import type { Patience } from '../raw-files.ts';
import { readLocal } from './read-local.ts';
import { readUrl } from './read-url.ts';
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
    const files = isAddress(place)
      ? await readUrl(request, world, place, patience)
      : await readLocal(request, world, place);
    return isSame(files, request.before) ? { state: 'unchanged' } : { state: 'read', files };
  } catch (error) {
    if (!world.signal.aborted || error instanceof FilmbaseError) throw error;
    throw new FilmbaseError('cancelled', `Reading imdb from ${place} was stopped.`, { cause: error });
  }
}
