import type { z } from 'zod';

import type { sourceListSchema } from '../api/api-schemas.ts';
import type { genreListSchema } from '../api/link-schemas.ts';
import type { filmDetailSchema, filmListSchema } from '../api/title-schemas.ts';

/** What the API answers with, as pages read it: by the schemas that the API is described by. */

export type FilmList = z.output<typeof filmListSchema>;
export type ListedFilm = FilmList['data'][number];
export type Film = z.output<typeof filmDetailSchema>;
export type GenreList = z.output<typeof genreListSchema>;
export type SourceList = z.output<typeof sourceListSchema>;
export type Source = SourceList['data'][number];
export type Credits = NonNullable<Film['credits']>;
export type Rating = NonNullable<Film['ratings']>[number];
export type FilmOffers = NonNullable<Film['offers']>;
export type Comment = NonNullable<Film['comments']>[number];
