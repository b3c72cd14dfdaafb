import { z } from 'zod';

import { namedSchemas, pageSchema } from './api-schemas.ts';
import { category, characters, department, job } from './title-part-schemas.ts';
import { filmSchema } from './title-schemas.ts';

/** Schemas of what films are linked to. */

const films = z.int().min(0).describe('How many films.');

export const genreListSchema = z
  .strictObject({ data: z.array(z.strictObject({ name: z.string(), films })) })
  .register(namedSchemas, { id: 'GenreList' });

export const codeListSchema = z
  .strictObject({ data: z.array(z.strictObject({ code: z.string(), name: z.string(), films })) })
  .register(namedSchemas, { id: 'CodeList' });

export const companySchema = z
  .strictObject({ id: z.uuid(), key: z.string(), name: z.string(), films })
  .register(namedSchemas, { id: 'Company' });

export const companyListSchema = z
  .strictObject({ data: z.array(companySchema), page: pageSchema })
  .register(namedSchemas, { id: 'CompanyList' });

export const collectionSchema = z
  .strictObject({ id: z.uuid(), key: z.string(), name: z.string(), films: z.array(filmSchema) })
  .register(namedSchemas, { id: 'Collection' });

export const personSchema = z
  .strictObject({
    id: z.uuid(),
    key: z.string(),
    name: z.string(),
    birthYear: z.int().nullable(),
    deathYear: z.int().nullable(),
  })
  .register(namedSchemas, { id: 'Person' });

export const personFilmListSchema = z
  .strictObject({
    data: z.array(
      z.strictObject({
        film: filmSchema,
        credits: z.array(z.strictObject({ category, department, job, characters })).min(1),
      }),
    ),
    page: pageSchema,
  })
  .register(namedSchemas, { id: 'PersonFilmList' });
