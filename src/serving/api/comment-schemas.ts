import { z } from 'zod';

import { KINDS } from '../../model/kinds.ts';
import { namedSchemas, pageSchema } from './api-schemas.ts';

const properties = {
  id: z.uuid(),
  title: z
    .strictObject({ id: z.uuid(), key: z.string(), kind: z.enum(KINDS), title: z.string() })
    .nullable()
    .describe('What it is about, as that is served now; null once no source has it.'),
  author: z.string(),
  text: z.string(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
  revision: z.int().min(1).describe('Counts from 1 with each change.'),
};

export const commentSchema = z.strictObject(properties).register(namedSchemas, { id: 'Comment' });

export const writtenCommentSchema = z
  .strictObject({
    ...properties,
    editToken: z
      .string()
      .optional()
      .describe(
        'Where it was written without a key: send it as `Authorization: Bearer` to change or delete the comment. It is shown ' +
          'here alone.',
      ),
  })
  .register(namedSchemas, { id: 'WrittenComment' });

export const commentListSchema = z
  .strictObject({ data: z.array(commentSchema), page: pageSchema })
  .register(namedSchemas, { id: 'CommentList' });
