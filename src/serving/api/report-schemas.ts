import { z } from 'zod';

import type { Report } from '../../model/report.ts';
import { namedSchemas, pageSchema } from './api-schemas.ts';

export const reportListSchema = z
  .strictObject({
    data: z.array(
      z.strictObject({
        name: z.string(),
        title: z.string(),
        description: z.string(),
        parameters: z.array(z.strictObject({ name: z.string(), description: z.string() })),
      }),
    ),
  })
  .register(namedSchemas, { id: 'ReportList' });

/** A page of a report: its rows have the columns that it has. */
export function reportPageSchema({ groups, ranked }: Report) {
  const has = (group: string) => (groups as readonly string[]).includes(group);
  const row = {
    year: z.int().nullable(),
    ...(ranked && { rank: z.int() }),
    ...(has('company') && { companyId: z.uuid(), companyName: z.string() }),
    ...(has('genre') && { genre: z.string() }),
    value: z.number().nullable(),
    n: z.int().describe('Films whose figure is known.'),
    films: z.int().describe('Films of the group.'),
    coverage: z.number().min(0).max(1).describe('n / films.'),
  };
  return z.strictObject({ data: z.array(z.strictObject(row)), page: pageSchema });
}
