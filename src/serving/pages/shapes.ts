import type { z } from 'zod';

import type { runListSchema, sourceListSchema } from '../api/api-schemas.ts';
import type { ratingHistorySchema } from '../api/change-schemas.ts';
import type { commentListSchema } from '../api/comment-schemas.ts';
import type { genreListSchema, personFilmListSchema, personSchema } from '../api/link-schemas.ts';
import type { offerListSchema } from '../api/offer-schemas.ts';
import type { originsSchema } from '../api/provenance-schemas.ts';
import type { reportListSchema } from '../api/report-schemas.ts';
import type { foundSchema } from '../api/routes/search.ts';
import type {
  episodeDetailSchema,
  episodeListSchema,
  filmDetailSchema,
  filmListSchema,
  seriesDetailSchema,
  seriesListSchema,
} from '../api/title-schemas.ts';

/** What the API answers with, as pages read it: by the schemas that the API is described by. */

export type FilmList = z.output<typeof filmListSchema>;
export type SeriesList = z.output<typeof seriesListSchema>;
export type EpisodeList = z.output<typeof episodeListSchema>;
export type ListedFilm = FilmList['data'][number];
export type ListedSeries = SeriesList['data'][number];
export type ListedEpisode = EpisodeList['data'][number];
export type ListedTitle = ListedFilm | ListedSeries | ListedEpisode;
export type TitleList = FilmList | SeriesList | EpisodeList;

export type Film = z.output<typeof filmDetailSchema>;
export type Series = z.output<typeof seriesDetailSchema>;
export type Episode = z.output<typeof episodeDetailSchema>;
export type AnyTitle = Film | Series | Episode;
export type Credits = NonNullable<Film['credits']>;
export type Rating = NonNullable<Film['ratings']>[number];
export type FilmOffers = NonNullable<Film['offers']>;
export type CommentList = z.output<typeof commentListSchema>;
export type Comment = CommentList['data'][number];
export type Origins = z.output<typeof originsSchema>;
export type RatingHistory = z.output<typeof ratingHistorySchema>;

export type FoundTitles = z.output<typeof foundSchema>;
export type FoundTitle = FoundTitles['data'][number];

export type Person = z.output<typeof personSchema>;
export type PersonFilmList = z.output<typeof personFilmListSchema>;
export type GenreList = z.output<typeof genreListSchema>;

export type SourceList = z.output<typeof sourceListSchema>;
export type Source = SourceList['data'][number];
export type RunList = z.output<typeof runListSchema>;

export type OfferList = z.output<typeof offerListSchema>;
export type ReportList = z.output<typeof reportListSchema>;
/** A row of any report, as the API answers it. */
export type ReportRow = Readonly<Record<string, string | number | null>>;
