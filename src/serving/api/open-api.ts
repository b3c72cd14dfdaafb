import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance } from 'fastify';
import { createJsonSchemaTransform, createJsonSchemaTransformObject } from 'fastify-type-provider-zod';

import { namedSchemas } from './api-schemas.ts';

/** The API reference: an OpenAPI 3.1 document made of the validators, and pages that show it at `/docs`. */
export async function documentApi(app: FastifyInstance, version: string): Promise<void> {
  const transformSchema = createJsonSchemaTransform({ schemaRegistry: namedSchemas });
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Filmbase',
        version,
        description:
          'A film catalogue. Reading is open; writing needs an API key. Every error is a problem document (RFC 9457), ' +
          'whose `type` is a page that says what to do.',
      },
      components: { securitySchemes: { key: { type: 'http', scheme: 'bearer' } } },
    },
    transform: (route) => transformSchema(route),
    transformObject: createJsonSchemaTransformObject({ schemaRegistry: namedSchemas }),
  });
  await app.register(swaggerUi, { routePrefix: '/docs', staticCSP: true });
}
