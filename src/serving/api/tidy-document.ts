import { STATUS_CODES } from 'node:http';

import type { ApiDocument, Operation } from './api-document.ts';

/** What the generator says of an answer of which the route says nothing. */
const SAYS_NOTHING = 'Default Response';

/**
 * The document without what says nothing: HEAD, which is GET without the body; schemas that nothing refers to; and
 * answers without words, which get those of their status.
 */
export function tidyDocument(document: ApiDocument): ApiDocument {
  const paths = Object.fromEntries(
    Object.entries(document.paths).map(([path, operations]) => [path, tidyOperations(operations)]),
  );
  const schemas = schemasIn(paths, document.components.schemas);
  return { ...document, paths, components: { ...document.components, schemas } };
}

function tidyOperations(operations: Record<string, Operation>): Record<string, Operation> {
  return Object.fromEntries(
    Object.entries(operations)
      .filter(([method]) => method !== 'head')
      .map(([method, operation]) => [method, { ...operation, responses: described(operation.responses) }]),
  );
}

function described(responses: Operation['responses']): Operation['responses'] {
  return Object.fromEntries(
    Object.entries(responses).map(([status, response]) => [
      status,
      response.description === SAYS_NOTHING
        ? { ...response, description: `${STATUS_CODES[status] ?? status}.` }
        : response,
    ]),
  );
}

/** Those of `schemas` to which `paths` lead, in their order. */
function schemasIn(paths: object, schemas: Record<string, object>): Record<string, object> {
  const reached = new Set<string>();
  const follow = (part: object) => {
    for (const [, name = ''] of JSON.stringify(part).matchAll(/"#\/components\/schemas\/([^"]+)"/g)) {
      if (reached.has(name)) continue;
      reached.add(name);
      follow(schemas[name] ?? {});
    }
  };
  follow(paths);
  return Object.fromEntries(Object.entries(schemas).filter(([name]) => reached.has(name)));
}
