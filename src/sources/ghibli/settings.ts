import { z } from 'zod';

export const ghibliSettings = z.strictObject({
  baseUrl: z
    .string()
    .min(1)
    .default('https://ghibliapi.vercel.app')
    .describe('A base URL, under which `films` and `people` lie.'),
});

export type GhibliSettings = z.output<typeof ghibliSettings>;
