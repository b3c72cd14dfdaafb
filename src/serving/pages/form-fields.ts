import type { ApiDocument } from '../api/api-document.ts';

/** A parameter as a field of a form. */
export interface FormField {
  readonly name: string;
  readonly description: string;
  /** The words that are allowed, the first being what is meant without any; null: any text or number. */
  readonly choices: readonly string[] | null;
  readonly isNumber: boolean;
}

interface ParameterSchema {
  readonly type?: string;
  readonly enum?: readonly string[];
}

/** Parameters of a place in a list, and bounds that others express as well: no form needs them. */
const LEFT_OUT = new Set(['limit', 'cursor', 'year', 'year_gt', 'year_lt', 'company_id', 'sort']);

/** What the API reference says that a resource takes, as the fields of a form. */
export function formFields({ paths }: ApiDocument, path: string): FormField[] {
  const parameters = paths[path]?.get?.parameters ?? [];
  return parameters
    .filter(({ name, in: place }) => place === 'query' && !LEFT_OUT.has(name))
    .map(({ name, description = '', schema }) => {
      const { type, enum: choices = null } = schema as ParameterSchema;
      return { name, description, choices, isNumber: type === 'integer' };
    });
}
