import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';

import { findPerson } from '../../../catalogue/queries/find-person.ts';
import { listPersonFilms } from '../../../catalogue/queries/list-person-films.ts';
import { noQuery, problemResponse } from '../api-schemas.ts';
import type { ApiWorld } from '../api-world.ts';
import { idParameter, noSuchId, pathId, sendFound } from '../find-by-id.ts';
import { personFilmListSchema, personSchema } from '../link-schemas.ts';
import { pageParameters } from '../query-parameters.ts';
import { askedPage, sendPage } from '../send-page.ts';

/** `GET /people/{id}` and `GET /people/{id}/credits`. */
export function people(app: FastifyInstance, world: ApiWorld): void {
  const typed = app.withTypeProvider<ZodTypeProvider>();
  typed.route({
    method: ['GET', 'HEAD'],
    url: '/people/:id',
    schema: {
      summary: 'A person',
      tags: ['people'],
      params: idParameter,
      querystring: noQuery,
      response: { 200: personSchema, ...problemResponse },
    },
    handler: async (request, reply) =>
      sendFound(world, request, reply, { id: request.params.id, find: findPerson, code: 'person_not_found' }),
  });

  typed.route({
    method: ['GET', 'HEAD'],
    url: '/people/:id/credits',
    schema: {
      summary:
        'The films that a person worked on and as what; newest year first, unknown years last, then by id',
      tags: ['people'],
      params: idParameter,
      querystring: z.strictObject(pageParameters),
      response: { 200: personFilmListSchema, ...problemResponse },
    },
    handler: async (request, reply) => {
      const personId = pathId(request.params.id, 'person_not_found');
      const asked = askedPage(world, ['people', personId], request.query);
      const page = await listPersonFilms(world.db, { ...asked, personId });
      if (page === null) throw noSuchId(personId, 'person_not_found');
      return sendPage(world, request, reply, asked, page);
    },
  });
}
