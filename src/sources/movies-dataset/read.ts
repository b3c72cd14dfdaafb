import { FilmbaseError } from '../../model/errors.ts';
import type { ReadRequest, ReadResult, SourceWorld } from '../../model/source.ts';
import { isAddress, isSame } from '../raw-files.ts';
import type { Patience } from '../raw-files.ts';
import { readAddress } from './read-address.ts';
import { readPlace } from './read-place.ts';
import type { MoviesDatasetSettings } from './settings.ts';

/**
 * Brings the dataset's files into raw: those of a folder, of a base URL, or a zip as it is. `unchanged` when every
 * file is, byte for byte, that of the run before.
 *
 * Errors: `setting_invalid` (nobody says where they are), `file_missing`, `archive_invalid`, `source_unreachable`,
 * `cancelled`.
 */
export async function readMoviesDataset(
  request: ReadRequest<MoviesDatasetSettings>,
  world: SourceWorld,
  patience: Patience = {},
): Promise<ReadResult> {
  const place = request.from ?? request.settings.url;
  if (place === null)
    throw new FilmbaseError(
      'setting_invalid',
      'Nothing says where The Movies Dataset lies: set MOVIES_DATASET_URL or sources.movies-dataset.url, or give --from, to a folder, a zip or a URL.',
    );
  try {
    const files = isAddress(place)
      ? await readAddress(request, world, place, patience)
      : await readPlace(request, world, place);
    return isSame(files, request.before) ? { state: 'unchanged' } : { state: 'read', files };
  } catch (error) {
    if (!world.signal.aborted || error instanceof FilmbaseError) throw error;
    throw new FilmbaseError('cancelled', `Reading movies-dataset from ${place} was stopped.`, {
      cause: error,
    });
  }
}
