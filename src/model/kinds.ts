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
