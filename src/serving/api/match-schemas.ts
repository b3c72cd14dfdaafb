import { z } from 'zod';

import { MATCH_STATES } from '../../catalogue/queries/list-ambiguous-matches.ts';
import { KINDS } from '../../model/kinds.ts';
import { DECISIONS, MATCH_REASONS, type MatchReason } from '../../model/match.ts';
import { namedSchemas, pageSchema } from './api-schemas.ts';

const REASONS = Object.keys(MATCH_REASONS) as MatchReason[];

const matchedTitle = z.strictObject({
  id: z.uuid(),
  key: z.string(),
  kind: z.enum(KINDS),
  title: z.string(),
  originalTitle: z.string(),
  year: z.int().nullable(),
  runtimeMinutes: z.int().nullable(),
});

export const matchSchema = z
  .strictObject({
    id: z.uuid().describe('The id of the key by which the source knows the title.'),
    key: z.string().describe('The source and that key: `ghibli:2baf70d1`.'),
    source: z.string(),
    state: z.enum(MATCH_STATES),
    reason: z
      .enum(REASONS)
      .nullable()
      .describe(
        `Why it was left alone. ${REASONS.map((reason) => `\`${reason}\`: ${MATCH_REASONS[reason]}`).join(' ')} Null: it is not any more.`,
      ),
    title: matchedTitle.nullable().describe('What it is served as now; null once its source has dropped it.'),
    candidates: z.array(matchedTitle).describe('What it could be, the likeliest first; twenty at most.'),
    decision: z
      .strictObject({
        decision: z.enum(['same', 'different']),
        titleIds: z.array(z.uuid()).describe('The titles that it is, or is not.'),
        at: z.iso.datetime(),
      })
      .nullable(),
  })
  .register(namedSchemas, { id: 'Match' });

export const matchListSchema = z
  .strictObject({ data: z.array(matchSchema), page: pageSchema })
  .register(namedSchemas, { id: 'MatchList' });

export const decidedSchema = z
  .strictObject({
    id: z.uuid(),
    key: z.string(),
    decision: z.enum(DECISIONS),
    titleIds: z.array(z.uuid()),
  })
  .register(namedSchemas, { id: 'DecidedMatch' });

/** Titles that one decision may name. */
const MOST_TITLES = 100;

const titleId = z.uuid();

export const decisionBody = z.discriminatedUnion('decision', [
  z.strictObject({
    decision: z.literal('same'),
    titleId: titleId.describe('The id of the title that it is; one that leads to it will do.'),
  }),
  z.strictObject({
    decision: z.literal('different'),
    titleIds: z
      .array(titleId)
      .min(1)
      .max(MOST_TITLES)
      .exactOptional()
      .describe('The titles that it is not. Left out: all that it could be, or that which it is of now.'),
  }),
  z.strictObject({ decision: z.literal('withdrawn') }),
]);
