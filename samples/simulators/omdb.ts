import { openSimulator } from './simulator.ts';
import type { SimulatedAnswer, Simulator } from './simulator.ts';

/** A document as OMDb has it: every value a string, but for lists. */
export type SimulatedDocument = Readonly<Record<string, unknown>> & {
  readonly imdbID: string;
  readonly Type: string;
};

/** Where an episode is, by the numbers of its season and itself. */
export interface EpisodePlace {
  readonly season: number;
  readonly episode: number;
}

export interface SimulatedSeries {
  readonly series: SimulatedDocument;
  readonly episodes: readonly SimulatedDocument[];
}

interface OmdbOptions {
  /** The keys that are taken. */
  readonly keys: readonly string[];
  readonly documents: readonly SimulatedDocument[];
  /** Episodes that the list of their season leaves out, though they can be asked for. */
  readonly unlisted?: readonly EpisodePlace[];
  /** Episodes that stand in the list without an id. */
  readonly withoutId?: readonly EpisodePlace[];
  /** Data requests that are answered; the next ones have reached the limit. */
  readonly limit?: number;
  /** The status of an answer that the limit is reached: OMDb has had both. */
  readonly limitStatus?: 200 | 401;
  /** Whether posters are addresses with the key that was sent. */
  readonly repeatsKey?: boolean;
}

/** OMDb, simulated; what it has and how much it gives may change while it runs. */
export interface OmdbSimulator extends Simulator {
  documents: readonly SimulatedDocument[];
  /** Errors, by the ids of documents, that are answered in their place with status 200. */
  errors: Readonly<Record<string, string>>;
  limit: number;
  keys: readonly string[];
  /** The requests, as query strings without the key, in order. */
  readonly queries: () => string[];
}

const NOT_FOUND = { Response: 'False', Error: 'Movie not found!' };
const NO_EPISODE = { Response: 'False', Error: 'Series or episode not found!' };
const WRONG_ID = { Response: 'False', Error: 'Incorrect IMDb ID.' };

/** A server that answers as OMDb does: errors too with status 200, but for those of keys and of the limit. */
export async function openOmdbSimulator(options: OmdbOptions): Promise<OmdbSimulator> {
  const { documents, keys, limit = Number.POSITIVE_INFINITY, limitStatus = 401 } = options;
  let answered = 0;
  const simulator = await openSimulator((url) => {
    const given = parametersOf(url);
    const key = given.get('apikey') ?? '';
    if (key === '') return refusal(401, 'No API key provided.');
    if (!omdb.keys.includes(key)) return refusal(401, 'Invalid API key!');
    if (answered >= omdb.limit) return refusal(limitStatus, 'Request limit reached!');
    answered += 1;
    const error = omdb.errors[given.get('i') ?? ''];
    if (error !== undefined) return refusal(200, error);
    const json = answer(omdb.documents, options, given);
    return { json: options.repeatsKey === true ? { ...json, Poster: posterWith(key) } : json };
  });
  const queries = () => simulator.asked.map(({ url }) => withoutKey(url));
  const omdb: OmdbSimulator = Object.assign(simulator, { documents, errors: {}, keys, limit, queries });
  return omdb;
}

function refusal(status: number, words: string): SimulatedAnswer {
  return { status, json: { Response: 'False', Error: words } };
}

function posterWith(key: string): string {
  return `https://pictures.example/a.jpg?apikey=${encodeURIComponent(key)}&again=${key}`;
}

/** OMDb takes parameters in any case. */
function parametersOf({ searchParams }: URL): ReadonlyMap<string, string> {
  return new Map([...searchParams].map(([name, value]) => [name.toLowerCase(), value]));
}

function withoutKey(path: string): string {
  const { searchParams } = new URL(path, 'http://simulator');
  searchParams.delete('apikey');
  return searchParams.toString();
}

function answer(
  documents: readonly SimulatedDocument[],
  options: Pick<OmdbOptions, 'unlisted' | 'withoutId'>,
  given: ReadonlyMap<string, string>,
): object {
  const [id, title, type] = [given.get('i'), given.get('t')?.toLowerCase(), given.get('type')];
  const found = documents.find(
    (one) =>
      (id === undefined ? String(one.Title).toLowerCase() === title : one.imdbID === id) &&
      (type === undefined || one.Type === type),
  );
  if (found === undefined) return id === undefined ? NOT_FOUND : WRONG_ID;
  const season = given.get('season');
  if (season === undefined) return { ...found, Response: 'True' };
  const episodes = documents.filter((one) => one.seriesID === found.imdbID && one.Season === season);
  const episode = given.get('episode');
  if (episode === undefined) return seasonList(found, season, episodes, options);
  const one = episodes.find(({ Episode }) => Episode === episode);
  return one === undefined ? NO_EPISODE : { ...one, Response: 'True' };
}

function seasonList(
  { Title, totalSeasons }: SimulatedDocument,
  season: string,
  episodes: readonly SimulatedDocument[],
  { unlisted = [], withoutId = [] }: Pick<OmdbOptions, 'unlisted' | 'withoutId'>,
): object {
  if (episodes.length === 0) return NO_EPISODE;
  const isIn = (places: readonly EpisodePlace[], { Episode }: SimulatedDocument) =>
    places.some((place) => String(place.season) === season && String(place.episode) === Episode);
  const lines = episodes
    .filter((one) => !isIn(unlisted, one))
    .map((one) => ({
      Title: one.Title,
      Released: isoDay(String(one.Released)),
      Episode: one.Episode,
      imdbRating: one.imdbRating,
      imdbID: isIn(withoutId, one) ? 'N/A' : one.imdbID,
    }));
  return { Title, Season: season, totalSeasons, Episodes: lines, Response: 'True' };
}

/** Lists write days otherwise than documents do. */
function isoDay(released: string): string {
  const time = Date.parse(`${released} UTC`);
  return Number.isNaN(time) ? released : new Date(time).toISOString().slice(0, 10);
}

/** The seasons of a long series: 73 episodes. */
export const EIGHT_SEASONS = [10, 10, 10, 10, 10, 10, 7, 6];

/** A series that is made up, with seasons of these sizes. At `gaps` there is no episode: numbers go on behind it. */
export function makeSeries(
  sizes: readonly number[],
  gaps: readonly EpisodePlace[] = [],
  title = 'A Long Series',
  firstId = 9_000_000,
): SimulatedSeries {
  const seriesID = `tt${firstId}`;
  const episodes = sizes.flatMap((size, at) =>
    numbersOf(at + 1, size, gaps).map((episode) => ({ season: at + 1, episode })),
  );
  const series = {
    ...EMPTY,
    Title: title,
    Year: '2011–2019',
    imdbID: seriesID,
    Type: 'series',
    totalSeasons: String(sizes.length),
  };
  return {
    series,
    episodes: episodes.map(({ season, episode }, at) => ({
      ...EMPTY,
      Title: `Episode ${season}.${episode}`,
      Year: String(2010 + season),
      Released: `${String(episode).padStart(2, '0')} Apr ${2010 + season}`,
      Season: String(season),
      Episode: String(episode),
      Runtime: '55 min',
      imdbRating: '8.5',
      imdbVotes: '12,345',
      imdbID: `tt${firstId + 1 + at}`,
      seriesID,
      Type: 'episode',
    })),
  };
}

/** So many numbers of a season, from 1, without those of its gaps. */
function numbersOf(season: number, size: number, gaps: readonly EpisodePlace[]): number[] {
  const isGap = (episode: number) => gaps.some((gap) => gap.season === season && gap.episode === episode);
  const numbers: number[] = [];
  for (let episode = 1; numbers.length < size; episode += 1) if (!isGap(episode)) numbers.push(episode);
  return numbers;
}

/** A film that is made up, with this id. */
export function makeFilm(imdbID: string): SimulatedDocument {
  return { ...EMPTY, Title: `Film ${imdbID}`, Year: '2001', Runtime: '100 min', imdbID, Type: 'movie' };
}

const EMPTY = {
  Rated: 'N/A',
  Released: 'N/A',
  Runtime: 'N/A',
  Genre: 'Drama',
  Director: 'N/A',
  Writer: 'N/A',
  Actors: 'N/A',
  Plot: 'N/A',
  Language: 'English',
  Country: 'United States',
  Awards: 'N/A',
  Poster: 'N/A',
  Ratings: [],
  Metascore: 'N/A',
  imdbRating: 'N/A',
  imdbVotes: 'N/A',
};
