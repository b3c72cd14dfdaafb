import { z } from 'zod';

import { isObject } from '../../lib/is-object.ts';

const schema = z.object({
  /** See `OmdbRequest`; for an answer of which nobody knows the request, `file=` and its name. */
  request: z.string().min(1),
  requestedAt: z.iso.datetime(),
  status: z.int(),
  /** The answer as it came. */
  text: z.string(),
});

/** An answer of OMDb: one line of our raw files. */
export type OmdbDocument = Readonly<z.infer<typeof schema>>;

export function formatDocument({ request, requestedAt, status, text }: OmdbDocument): string {
  return JSON.stringify({ request, requestedAt, status, text });
}

/** The document of a line; null if it is none. */
export function parseDocument(line: string): OmdbDocument | null {
  return schema.safeParse(parseJson(line)).data ?? null;
}

/** Undefined for what is no JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** Undefined for what is no object. */
export function parseObject(text: string): Readonly<Record<string, unknown>> | undefined {
  const value = parseJson(text);
  return isObject(value) ? value : undefined;
}
