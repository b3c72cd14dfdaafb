import { z } from 'zod';

import { CHANGE_KIND_NAMES, CHANGE_KINDS, COMMENT_EVENTS } from '../../model/change.ts';
import { namedSchemas, pageSchema } from './api-schemas.ts';

const kinds = Object.entries(CHANGE_KINDS)
  .map(([kind, says]) => `${kind}: ${says}`)
  .join(' ');

const by = z.enum(['sync', 'person']).describe('Whether a sync published it, or a person wrote it.');

const changeSchema = z
  .strictObject({
    seq: z.int().min(1).describe('Numbered without a gap, in the order of commits.'),
    at: z.iso.datetime(),
    kind: z.enum(CHANGE_KIND_NAMES).describe(kinds),
    titleId: z.uuid().nullable().describe('Null: of a snapshot, which is about everything.'),
    titleKey: z.string().nullable(),
    fields: z.array(z.string()).nullable().describe('Of an update: what changed.'),
    into: z.uuid().nullable().describe('The title that a merged one is part of now.'),
    comment: z.strictObject({ id: z.uuid(), change: z.enum(COMMENT_EVENTS) }).nullable(),
    by,
    version: z
      .int()
      .nullable()
      .describe('The catalogue version that a sync published; null also of the snapshot of a restore.'),
  })
  .register(namedSchemas, { id: 'Change' });

export const changeListSchema = z
  .strictObject({
    data: z.array(changeSchema),
    next: z.int().min(0).describe('To be asked `since` next.'),
    latest: z.int().min(0).describe('The number of the last change that there is.'),
  })
  .register(namedSchemas, { id: 'ChangeList' });

/** Of a field: what it said and says. */
const fieldChange = z.strictObject({
  field: z.string(),
  from: z.unknown().optional().describe('Absent, as `to` is, where the part is too large to be kept.'),
  to: z.unknown().optional(),
});

export const titleHistorySchema = z
  .strictObject({
    data: z.array(
      z.strictObject({
        seq: z.int().min(1),
        at: z.iso.datetime(),
        kind: z.enum(['created', 'updated', 'deleted', 'merged']),
        version: z.int().nullable().describe('The catalogue version that a sync published.'),
        by,
        into: z.uuid().nullable(),
        fields: z.array(fieldChange),
        runs: z
          .record(z.string(), z.string())
          .describe('The runs that were new in the version: source → run.'),
      }),
    ),
    page: pageSchema,
  })
  .register(namedSchemas, { id: 'TitleHistory' });

const pointSchema = z.strictObject({
  at: z.iso.datetime().describe('From when on.'),
  rating: z.number().min(0).max(10).nullable().describe('Null: none, from then on.'),
  votes: z.int().nullable(),
});

export const ratingHistorySchema = z
  .strictObject({
    data: z.array(
      z.strictObject({ system: z.string(), points: z.array(pointSchema).describe('Oldest first.') }),
    ),
  })
  .register(namedSchemas, { id: 'RatingHistory' });
