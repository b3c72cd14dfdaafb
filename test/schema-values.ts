import fc from 'fast-check';

import { HOSTILE_TEXTS } from './hostile-texts.ts';

/** A JSON schema, as far as the API reference makes use of it. */
export interface JsonSchema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly format?: string;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly items?: JsonSchema;
  readonly maxItems?: number;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
}

/** Whatever the schema refers to, by name. */
export type Schemas = Readonly<Record<string, object>>;

const LARGEST = 2 ** 31 - 1;

/** Values that the schema allows, or nearly: rules that it has no words for are not heeded. */
export function schemaValues(schema: JsonSchema, schemas: Schemas): fc.Arbitrary<unknown> {
  const within = (part: JsonSchema) => schemaValues(part, schemas);
  const resolved = resolve(schema, schemas);
  if (resolved !== schema) return within(resolved);
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices !== undefined) return fc.oneof(...choices.map(within));
  if (typeof schema.type === 'object')
    return fc.oneof(...schema.type.map((type) => within({ ...schema, type })));
  switch (schema.type) {
    case 'string':
      return texts(schema);
    case 'integer':
      return fc.integer(bounds(schema));
    case 'number':
      return fc.oneof(fc.integer(bounds(schema)), fc.double({ ...bounds(schema), noNaN: true }));
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'array':
      return fc.array(within(schema.items ?? {}), { maxLength: Math.min(schema.maxItems ?? 3, 3) });
    case 'object':
      return objects(schema, schemas);
    default:
      return fc.jsonValue();
  }
}

/** The schema itself, or the one that it refers to. */
export function resolve(schema: JsonSchema, schemas: Schemas): JsonSchema {
  const name = /^#\/components\/schemas\/(.+)$/.exec(schema.$ref ?? '')?.[1];
  if (name === undefined) return schema;
  const found = schemas[name];
  if (found === undefined) throw new Error(`The document has no schema ${name}.`);
  return found;
}

function objects({ properties = {}, required = [] }: JsonSchema, schemas: Schemas): fc.Arbitrary<unknown> {
  const members = Object.entries(properties).map(([name, of]) => [name, schemaValues(of, schemas)] as const);
  return fc.record(Object.fromEntries(members), { requiredKeys: [...required] });
}

function texts({ format, pattern, minLength = 0, maxLength = 40 }: JsonSchema): fc.Arbitrary<string> {
  switch (format) {
    case 'date':
      return fc.date({ noInvalidDate: true }).map((date) => date.toISOString().slice(0, 10));
    case 'date-time':
      return fc.date({ noInvalidDate: true }).map((date) => date.toISOString());
    case 'uuid':
      return fc.uuid();
    case 'uri':
      return fc.webUrl();
    default: {
      const short = { minLength, maxLength: Math.max(minLength, Math.min(maxLength, 40)) };
      return fc.oneof(
        ...(pattern === undefined ? [] : [fc.stringMatching(new RegExp(pattern))]),
        fc.string(short),
        fc.string({ unit: 'binary', ...short }),
        fc.constantFrom(...HOSTILE_TEXTS),
      );
    }
  }
}

function bounds({ minimum = -LARGEST, maximum = LARGEST }: JsonSchema): { min: number; max: number } {
  return { min: Math.max(minimum, -LARGEST), max: Math.min(maximum, LARGEST) };
}
