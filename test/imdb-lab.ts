import type { ReadRequest } from '../src/model/source.ts';
import { claimImdb } from '../src/sources/imdb/claims.ts';
import { imdbSettings } from '../src/sources/imdb/settings.ts';
import type { ImdbSettings } from '../src/sources/imdb/settings.ts';
import { emptyRequest, openSourceLab, quietWorld } from './source-lab.ts';
import type { Claimed, SourceLab } from './source-lab.ts';

/** The settings as `filmbase.yaml` would give them. */
type Stated = Partial<ImdbSettings>;

/** An engine and folders to read and claim imdb's files in. */
export interface ImdbLab extends Pick<
  SourceLab<ImdbSettings>,
  'engine' | 'folder' | 'lastRejects' | 'close'
> {
  /** Puts `files` into a new folder and claims them. */
  claim(files: Record<string, string | Uint8Array>, stated?: Stated, limit?: number): Promise<Claimed>;
  /** Claims what lies in `place`, a folder that is left as it is. */
  claimFolder(place: string, names: readonly string[], stated: Stated): Promise<Claimed>;
}

export async function openImdbLab(): Promise<ImdbLab> {
  const lab = await openSourceLab<ImdbSettings>('imdb', claimImdb);
  return {
    ...lab,
    claim: (files, stated = {}, limit) => lab.claim(files, imdbSettings.parse(stated), limit ?? null),
    claimFolder: (place, names, stated) => lab.claimFolder(place, names, imdbSettings.parse(stated)),
  };
}

export const imdbWorld = quietWorld;

/** What `read` is asked, with empty folders of its own. */
export async function readRequest(
  lab: Pick<ImdbLab, 'folder'>,
  over: Partial<Omit<ReadRequest<ImdbSettings>, 'settings'>> & { settings?: Stated },
): Promise<ReadRequest<ImdbSettings>> {
  return { ...(await emptyRequest(lab)), ...over, settings: imdbSettings.parse(over.settings ?? {}) };
}

/** A file of titles: `lines`, and enough of a kind that the settings leave out that a few rejects are no reason to stop. */
export function basicsFile(...lines: string[]): string {
  const fill = Array.from({ length: 60 }, (_, i) => `tt80000${i + 10}\tshort\tF\tF\t0\t\\N\t\\N\t\\N\t\\N`);
  return [BASICS_HEADER, ...lines, ...fill].map((line) => `${line}\n`).join('');
}

export const BASICS_HEADER =
  'tconst\ttitleType\tprimaryTitle\toriginalTitle\tisAdult\tstartYear\tendYear\truntimeMinutes\tgenres';
export const RATINGS_HEADER = 'tconst\taverageRating\tnumVotes';
export const GOOD_TITLE = 'tt9000001\tmovie\tOne\tOne\t0\t1998\t\\N\t104\tDrama';
