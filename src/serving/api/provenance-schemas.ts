import { z } from 'zod';

import { COUNTED_FIELDS } from '../../model/origin-fields.ts';
import { namedSchemas } from './api-schemas.ts';

const value = z
  .union([z.string(), z.number(), z.boolean(), z.array(z.string()), z.record(z.string(), z.unknown())])
  .nullable()
  .describe(
    `Countries and languages by their codes, a series by its id; of ${COUNTED_FIELDS.join(', ')} how many there are.`,
  );

const speaker = {
  sourceKey: z.string().nullable().describe("The source's own key of the title."),
  run: z.string().nullable().describe('The run whose claim it is; null: it was written since the last sync.'),
  readAt: z.iso.datetime().nullable().describe('When the run began, or when a person wrote it.'),
};

const originSchema = z
  .strictObject({
    value,
    source: z.string().nullable().describe('Null: nobody says.'),
    ...speaker,
    byHand: z.boolean().describe('Whether a person set it in the place of what the sources say.'),
    madeOf: z.string().nullable().describe('The field whose word it is made of; null: it is said itself.'),
    others: z
      .array(
        z.strictObject({
          value,
          source: z.string(),
          ...speaker,
          lost: z.enum(['same', 'precedence', 'system', 'elsewhere', 'set_by_hand']),
          why: z.string().describe('The same in a sentence.'),
        }),
      )
      .describe('What other sources say, those that are heard before others first.'),
  })
  .register(namedSchemas, { id: 'Origin' });

/** By field; `externalIds.tmdb` and `ratings.tmdb` of each system. */
export const originsSchema = z.record(z.string(), originSchema);

export const provenanceSchema = z.strictObject({ data: originsSchema });
