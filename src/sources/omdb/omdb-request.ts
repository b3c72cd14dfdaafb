import { parseImdbId } from '../../model/title-key.ts';
import type { ImdbId } from '../../model/title-key.ts';

/**
 * What OMDb is asked, as a query string without the key, its parameters in one order: `i=tt0944947&Season=1`. Two
 * requests that mean the same are the same text.
 */
export type OmdbRequest = string & { readonly __brand: 'OmdbRequest' };

/** Parameters in the order and the letters in which we send them; OMDb does not mind either. */
const PARAMETERS = ['t', 'i', 's', 'type', 'y', 'Season', 'Episode', 'plot', 'page', 'tomatoes'];

/** A series by its IMDb id or by its title, under which there may be a film or a game too. */
export function seriesRequest(series: string): OmdbRequest {
  const id = parseImdbId(series);
  return id === null ? requestOf({ t: series, type: 'series' }) : titleRequest(id);
}

export function titleRequest(id: ImdbId): OmdbRequest {
  return requestOf({ i: id });
}

export function seasonRequest(series: ImdbId, season: number): OmdbRequest {
  return requestOf({ i: series, Season: String(season) });
}

export function episodeRequest(series: ImdbId, season: number, episode: number): OmdbRequest {
  return requestOf({ i: series, Season: String(season), Episode: String(episode) });
}

/** The request that the address `uri` is, whoever sent it; null if it asks for nothing. A key in it is left out. */
export function parseRequest(uri: string): OmdbRequest | null {
  if (!URL.canParse(uri, 'http://omdb')) return null;
  const given: Record<string, string> = {};
  for (const [name, value] of new URL(uri, 'http://omdb').searchParams) {
    const known = PARAMETERS.find((parameter) => parameter.toLowerCase() === name.toLowerCase());
    if (known !== undefined && value.trim() !== '') given[known] = value.trim();
  }
  return Object.keys(given).length === 0 ? null : requestOf(given);
}

/** The parameter `name` of a request; null if it has none. */
export function parameterOf(request: string, name: 't' | 'i' | 'Season' | 'Episode'): string | null {
  return new URLSearchParams(request).get(name);
}

/** Whether it asks for the list of a season. */
export function asksForSeason(request: string): boolean {
  return parameterOf(request, 'Season') !== null && parameterOf(request, 'Episode') === null;
}

function requestOf(parameters: Readonly<Record<string, string>>): OmdbRequest {
  const query = new URLSearchParams();
  for (const name of PARAMETERS) {
    const value = parameters[name];
    if (value !== undefined) query.set(name, value);
  }
  return query.toString() as OmdbRequest;
}
