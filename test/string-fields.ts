import { resolve, type JsonSchema, type Schemas } from './schema-values.ts';

/** Where in a body a text stands: names of fields, and `0` for the first of a list. */
export type FieldPath = readonly string[];

/** Every place of a schema that takes any text: words of a list are none. */
export function stringFields(schema: JsonSchema, schemas: Schemas): FieldPath[] {
  const within = (part: JsonSchema) => stringFields(part, schemas);
  const { type, anyOf, oneOf, enum: words, properties = {}, items } = resolve(schema, schemas);
  const choices = anyOf ?? oneOf;
  if (choices !== undefined) return choices.flatMap(within);
  if (words !== undefined) return [];
  const of = Object.entries(properties).flatMap(([name, part]) =>
    within(part).map((path) => [name, ...path]),
  );
  const each = items === undefined ? [] : within(items).map((path) => ['0', ...path]);
  return [...([type].flat().includes('string') ? [[]] : []), ...of, ...each];
}

/** The body with `value` at the place, where lists become lists of it alone. */
export function withField(body: unknown, [first, ...rest]: FieldPath, value: unknown): unknown {
  if (first === undefined) return value;
  if (first === '0') return [withField(undefined, rest, value)];
  const before = (body ?? {}) as Record<string, unknown>;
  return { ...before, [first]: withField(before[first], rest, value) };
}

/** What stands there; undefined where nothing does. */
export function fieldOf(body: unknown, [first, ...rest]: FieldPath): unknown {
  if (first === undefined) return body;
  return fieldOf((body as Record<string, unknown> | null | undefined)?.[first], rest);
}
