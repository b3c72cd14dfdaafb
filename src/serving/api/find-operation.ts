import type { ApiDocument, Operation } from './api-document.ts';
import { withoutCsvEnding } from './csv-ending.ts';
import { withoutJsonEnding } from './json-ending.ts';
import { splitUrl } from './url.ts';

/** What a request asks for, by the document. */
export interface FoundOperation {
  /** As the document has it: `/movies/{id}`. */
  readonly template: string;
  readonly operation: Operation;
  /** The values of the path's parameters, as they stand in the path. */
  readonly pathValues: Readonly<Record<string, string>>;
}

/**
 * The operation of a request, with HEAD as GET and without the ending of the path that asks for a form; null where the
 * document has none. `url`: path and query.
 */
export function findOperation(document: ApiDocument, method: string, url: string): FoundOperation | null {
  const { path } = splitUrl(withoutEnding(url));
  const key = method === 'HEAD' ? 'get' : method.toLowerCase();
  for (const template of literalFirst(document)) {
    const pathValues = matchPath(template, path);
    const operation = document.paths[template]?.[key];
    if (pathValues !== null && operation !== undefined) return { template, operation, pathValues };
  }
  return null;
}

/** The address without the ending that asks for a form, as the server takes it. */
export function withoutEnding(url: string): string {
  const request = { url, headers: {} };
  return withoutCsvEnding(request, withoutJsonEnding(request));
}

/** As the router has it, `/offers/cheapest` comes before `/offers/{id}`. */
function literalFirst({ paths }: ApiDocument): string[] {
  const parameters = (template: string) => template.split('{').length;
  return Object.keys(paths).sort((a, b) => parameters(a) - parameters(b));
}

function matchPath(template: string, path: string): Record<string, string> | null {
  const expected = template.split('/');
  const given = path.split('/');
  if (expected.length !== given.length) return null;
  const values: Record<string, string> = {};
  for (const [at, part] of expected.entries()) {
    const value = given[at] ?? '';
    const name = /^\{(.+)\}$/.exec(part)?.[1];
    if (name !== undefined && value !== '') values[name] = value;
    else if (part !== value) return null;
  }
  return values;
}
