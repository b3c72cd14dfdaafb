import { z } from 'zod';

import { namedSchemas } from './api-schemas.ts';

const person = z.strictObject({ id: z.uuid(), name: z.string() });

export const category = z
  .string()
  .describe('director, writer, actor, actress, …; character for one of the story');
export const department = z.string().nullable();
export const job = z.string().nullable();
export const characters = z.array(z.string());

const ordering = z.int().min(1);

/** Who worked on a film, and its story's people; each part in the order of the source. */
export const creditsSchema = z
  .strictObject({
    cast: z.array(z.strictObject({ person, category, characters, ordering })),
    crew: z.array(z.strictObject({ person, category, department, job, ordering })),
    characters: z.array(z.strictObject({ person, ordering })).describe("The story's people."),
  })
  .register(namedSchemas, { id: 'Credits' });

const rating = z.number().min(0).max(10);

const named = z.array(z.strictObject({ id: z.uuid(), name: z.string() }));

/** The parts of a film that are lists; those with names are in the order of the source. */
export const titlePartLists = {
  ratings: z.array(
    z
      .strictObject({
        system: z.string(),
        rating,
        votes: z.int().nullable(),
        byYear: z
          .array(z.strictObject({ year: z.int(), rating, votes: z.int() }))
          .describe('What users gave within each year; empty where nobody says.'),
      })
      .register(namedSchemas, { id: 'Rating' }),
  ),
  companies: named,
  keywords: named,
};
