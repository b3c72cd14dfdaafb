import type { RawFile, ReadRequest, SourceWorld } from '../../model/source.ts';
import { addressBelow, refuseSecrets, settle, transfer } from '../raw-files.ts';
import type { Patience, Transfer } from '../raw-files.ts';
import type { ImdbSettings } from './settings.ts';

/**
 * Fetches the files that the settings ask for from below `base`, one after the other; what the provider has not
 * changed is taken from the run before. Files stay in `partial` until all are there, so that a run that breaks
 * leaves nothing to be fetched twice. Errors: `source_unreachable`, `setting_invalid` (a secret in the address).
 */
export async function readUrl(
  request: ReadRequest<ImdbSettings>,
  world: SourceWorld,
  base: string,
  patience: Patience,
): Promise<RawFile[]> {
  refuseSecrets('imdb', base);
  const transfers: Transfer[] = [];
  for (const file of request.settings.files) {
    const name = `${file}.tsv.gz`;
    transfers.push(await transfer(request, world, { name, url: addressBelow(base, name) }, patience));
  }
  const files: RawFile[] = [];
  for (const done of transfers) files.push(await settle(request, world, done));
  return files;
}
