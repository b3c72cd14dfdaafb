/** What a title is, in IMDb's words (`titleType`): https://developer.imdb.com/non-commercial-datasets/ */
export const KINDS = [
  'movie',
  'tvMovie',
  'short',
  'tvShort',
  'video',
  'tvSpecial',
  'tvSeries',
  'tvMiniSeries',
  'tvEpisode',
  'tvPilot',
  'videoGame',
] as const;

export type Kind = (typeof KINDS)[number];

/** The kinds that are films: what `/movies` lists. */
export const FILM_KINDS = [
  'movie',
  'tvMovie',
  'short',
  'tvShort',
  'video',
  'tvSpecial',
] as const satisfies readonly Kind[];

/** The kinds that are series: what has episodes. */
export const SERIES_KINDS = ['tvSeries', 'tvMiniSeries'] as const satisfies readonly Kind[];

export const EPISODE_KINDS = ['tvEpisode'] as const satisfies readonly Kind[];

/** The parts of the catalogue that are served, each by the kinds of its titles; titles of other kinds are in none. */
export const SECTION_KINDS = {
  films: FILM_KINDS,
  series: SERIES_KINDS,
  episodes: EPISODE_KINDS,
} as const satisfies Record<string, readonly Kind[]>;

export type Section = keyof typeof SECTION_KINDS;
