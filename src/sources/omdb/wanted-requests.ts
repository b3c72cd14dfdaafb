import { isObject } from '../../lib/is-object.ts';
import { parseImdbId } from '../../model/title-key.ts';
import type { ImdbId } from '../../model/title-key.ts';
import type { KnownDocuments } from './known-documents.ts';
import { parseObject } from './omdb-document.ts';
import { episodeRequest, seasonRequest, seriesRequest, titleRequest } from './omdb-request.ts';
import type { OmdbRequest } from './omdb-request.ts';
import type { OmdbSettings } from './settings.ts';

/** Seasons and episodes of more are none: the longest series have under 100 seasons, and some thousand episodes in one. */
const SEASONS_MOST = 200;
const EPISODES_MOST = 5_000;

/** A request whose answer is wanted; `series`: that of the series whose season it is, with which it is refreshed. */
export interface Wanted {
  readonly request: OmdbRequest;
  readonly series: OmdbRequest | null;
}

/**
 * What is to be asked, most wanted first: each series with its seasons and episodes, then the films of the catalogue. What
 * follows from an answer is taken from `known` once its request was yielded, so the caller asks in between.
 */
export async function* wantedRequests(
  { series, enrich }: Pick<OmdbSettings, 'series' | 'enrich'>,
  known: KnownDocuments,
  filmsByVotes: () => AsyncIterable<string>,
): AsyncGenerator<Wanted> {
  for (const one of series) yield* wantedOfSeries(seriesRequest(one), known);
  if (!enrich) return;
  for await (const film of filmsByVotes()) {
    const id = parseImdbId(film);
    if (id !== null) yield { request: titleRequest(id), series: null };
  }
}

function* wantedOfSeries(series: OmdbRequest, known: KnownDocuments): Generator<Wanted> {
  yield { request: series, series: null };
  const answer = parseObject(known.textOf(series) ?? '');
  const id = imdbIdOf(answer);
  if (id === null || answer?.Type !== 'series') return;
  const seasons = Math.min(wholeNumber(answer.totalSeasons) ?? 0, SEASONS_MOST);
  for (let season = 1; season <= seasons; season += 1) {
    const request = seasonRequest(id, season);
    yield { request, series };
    yield* wantedOfSeason(id, season, known.textOf(request));
  }
}

/** Each episode by its id; what the list leaves out, and what has no id there, by its number. */
function* wantedOfSeason(series: ImdbId, season: number, text: string | null): Generator<Wanted> {
  const list = parseObject(text ?? '')?.Episodes;
  const lines = Array.isArray(list) ? (list as unknown[]) : [];
  const listed = new Set<number>();
  let last = 0;
  for (const line of lines) {
    const entry = isObject(line) ? line : {};
    const id = imdbIdOf(entry);
    const episode = wholeNumber(entry.Episode);
    if (episode !== null && episode <= EPISODES_MOST) last = Math.max(last, episode);
    if (id === null) continue;
    if (episode !== null) listed.add(episode);
    yield { request: titleRequest(id), series: null };
  }
  for (let episode = 1; episode <= last; episode += 1)
    if (!listed.has(episode)) yield { request: episodeRequest(series, season, episode), series: null };
}

function imdbIdOf(answer: Readonly<Record<string, unknown>> | undefined): ImdbId | null {
  return typeof answer?.imdbID === 'string' ? parseImdbId(answer.imdbID) : null;
}

/** Null for what is none, such as `N/A`. */
function wholeNumber(value: unknown): number | null {
  return typeof value === 'string' && /^\d{1,6}$/.test(value.trim()) ? Number(value) : null;
}
