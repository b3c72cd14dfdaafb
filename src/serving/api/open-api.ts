import swagger from '@fastify/swagger';
import type { FastifyInstance } from 'fastify';
import { createJsonSchemaTransform, createJsonSchemaTransformObject } from 'fastify-type-provider-zod';

import type { ApiDocument } from './api-document.ts';
import { namedSchemas } from './api-schemas.ts';
import { addExamples } from './document-examples.ts';
import { EXAMPLES } from './load-examples.ts';
import { tidyDocument } from './tidy-document.ts';

/** The API reference: an OpenAPI 3.1 document made of the validators. */
export async function documentApi(app: FastifyInstance, version: string): Promise<void> {
  const transformSchema = createJsonSchemaTransform({ schemaRegistry: namedSchemas });
  const transformObject = createJsonSchemaTransformObject({ schemaRegistry: namedSchemas });
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Filmbase',
        version,
        description:
          'A film catalogue. Reading is open; writing needs an API key. Every error is a problem document (RFC 9457), ' +
          'whose `type` is a page that says what to do. HEAD is answered wherever GET is, and every 200 has an ETag: ' +
          'with `If-None-Match` it becomes 304 where nothing has changed. The examples are of a small catalogue; ' +
          'tests run each as it stands.',
      },
      components: { securitySchemes: { key: { type: 'http', scheme: 'bearer' } } },
    },
    transform: (route) => transformSchema(route),
    transformObject: (parts) => {
      const document = tidyDocument(transformObject(parts) as ApiDocument);
      return addExamples(document, EXAMPLES);
    },
  });
}
