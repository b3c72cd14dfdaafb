import { FilmbaseError } from '../../model/errors.ts';
import type { ReadRequest, ReadResult, SourceWorld } from '../../model/source.ts';
import { isAddress, isSame } from '../raw-files.ts';
import { readAddress } from './read-address.ts';
import { readPlace } from './read-place.ts';
import type { GhibliSettings } from './settings.ts';

/**
 * Brings films and people into raw: the pages of a base URL, or a file that holds them all. `unchanged` when every file
 * is, byte for byte, that of the run before.
 *
 * Errors: `source_unreachable`, `answer_invalid`, `setting_invalid` (a secret in the address), `file_missing`,
 * `cancelled`.
 */
export async function readGhibli(
  request: ReadRequest<GhibliSettings>,
  world: SourceWorld,
): Promise<ReadResult> {
  const place = request.from ?? request.settings.baseUrl;
  const atAddress = request.from === null || isAddress(place);
  try {
    const files = atAddress ? await readAddress(request, world, place) : [await readPlace(request, place)];
    return isSame(files, request.before) ? { state: 'unchanged' } : { state: 'read', files };
  } catch (error) {
    if (!world.signal.aborted || error instanceof FilmbaseError) throw error;
    throw new FilmbaseError('cancelled', `Reading ghibli from ${place} was stopped.`, { cause: error });
  }
}
