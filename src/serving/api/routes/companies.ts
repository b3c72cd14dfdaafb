import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';

import { findCompany, listCompanies } from '../../../catalogue/queries/list-companies.ts';
import { lowerAscii } from '../../../lib/lower-ascii.ts';
import { noQuery, problemResponse } from '../api-schemas.ts';
import type { ApiWorld } from '../api-world.ts';
import { idParameter, sendFound } from '../find-by-id.ts';
import { companyListSchema, companySchema } from '../link-schemas.ts';
import { pageParameters, text } from '../query-parameters.ts';
import { askedPage, sendPage } from '../send-page.ts';

const companyListQuery = z.strictObject({
  name: text(200).optional().describe('Those of this name, in whatever case.'),
  ...pageParameters,
});

/** `GET /companies` and `GET /companies/{id}`. */
export function companies(app: FastifyInstance, world: ApiWorld): void {
  const typed = app.withTypeProvider<ZodTypeProvider>();
  typed.route({
    method: ['GET', 'HEAD'],
    url: '/companies',
    schema: {
      summary: 'Companies by name, in whatever case, and how many films each took part in',
      tags: ['companies'],
      querystring: companyListQuery,
      response: { 200: companyListSchema, ...problemResponse },
    },
    handler: async (request, reply) => {
      const name = request.query.name === undefined ? null : lowerAscii(request.query.name);
      const asked = askedPage(world, ['companies', name], request.query);
      const page = await listCompanies(world.db, { ...asked, name });
      return sendPage(world, request, reply, asked, page);
    },
  });

  typed.route({
    method: ['GET', 'HEAD'],
    url: '/companies/:id',
    schema: {
      summary: 'A company, and how many films it took part in',
      tags: ['companies'],
      params: idParameter,
      querystring: noQuery,
      response: { 200: companySchema, ...problemResponse },
    },
    handler: async (request, reply) =>
      sendFound(world, request, reply, {
        id: request.params.id,
        find: findCompany,
        code: 'company_not_found',
      }),
  });
}
