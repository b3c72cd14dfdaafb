import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';

import { findTitleAlone } from '../../../catalogue/queries/find-title.ts';
import { listTitleHistory } from '../../../catalogue/queries/list-title-history.ts';
import { findRatingHistory, type RatingSeries } from '../../../catalogue/queries/rating-history.ts';
import { csvRecord } from '../../../lib/csv.ts';
import type { Section } from '../../../model/kinds.ts';
import { acceptsJson } from '../accept.ts';
import { noQuery, problemResponse } from '../api-schemas.ts';
import type { ApiWorld } from '../api-world.ts';
import { ratingHistorySchema, titleHistorySchema } from '../change-schemas.ts';
import { pageParameters } from '../query-parameters.ts';
import { sendJson } from '../send-json.ts';
import { askedPage, sendPage } from '../send-page.ts';
import { SECTION_WORDS } from '../sections.ts';
import {
  elsewhere,
  idOfTitle,
  placeOf,
  redirectTo,
  type AskedTitle,
  type TitlePlace,
} from '../title-place.ts';

const SECTIONS = Object.keys(SECTION_WORDS) as Section[];

/** `GET /movies/{id}/history`, and `GET /movies/{id}/ratings/history`, as CSV too; of series and episodes as well. */
export function titleHistory(app: FastifyInstance, world: ApiWorld): void {
  for (const section of SECTIONS) {
    historyRoute(app, world, section);
    ratingsRoute(app, world, section);
  }
}

function historyRoute(app: FastifyInstance, world: ApiWorld, section: Section): void {
  const { path, one, article } = SECTION_WORDS[section];
  app.withTypeProvider<ZodTypeProvider>().route({
    method: ['GET', 'HEAD'],
    url: `${path}/:id/history`,
    schema: {
      tags: [section, 'changes'],
      summary: `What changed in ${article} ${one}, newest first: which fields, from what, to what, by whom`,
      params: idOfTitle,
      querystring: z.strictObject(pageParameters),
      response: { 200: titleHistorySchema, ...elsewhere, ...problemResponse },
    },
    handler: async (request, reply) => {
      const place = await placeOfTitle(world, { section, id: request.params.id });
      if ('elsewhere' in place) return redirectTo(place.elsewhere, request, reply);
      const asked = askedPage(world, ['history', place.here.id], request.query);
      const page = await listTitleHistory(world.db, { ...asked, title: place.here.id });
      return sendPage(world, request, reply, asked, page);
    },
  });
}

function ratingsRoute(app: FastifyInstance, world: ApiWorld, section: Section): void {
  const { path, one, article } = SECTION_WORDS[section];
  app.withTypeProvider<ZodTypeProvider>().route({
    method: ['GET', 'HEAD'],
    url: `${path}/:id/ratings/history`,
    config: { csv: true },
    schema: {
      tags: [section, 'changes'],
      summary: `What each rating system gave ${article} ${one} over time; as CSV with the ending .csv`,
      params: idOfTitle,
      querystring: noQuery,
      response: {
        200: {
          description: 'A series for each system.',
          content: {
            'application/json': { schema: ratingHistorySchema },
            'text/csv': { schema: z.string() },
          },
        },
        ...elsewhere,
        ...problemResponse,
      },
    },
    handler: async (request, reply) => {
      const place = await placeOfTitle(world, { section, id: request.params.id });
      if ('elsewhere' in place) return redirectTo(place.elsewhere, request, reply);
      const data = await findRatingHistory(world.db, place.here.id);
      if (acceptsJson(request.headers.accept)) return sendJson(request, reply, JSON.stringify({ data }));
      return reply
        .type('text/csv; charset=utf-8; header=present')
        .header('content-disposition', 'attachment; filename="ratings.csv"')
        .send(csvOf(data));
    },
  });
}

function placeOfTitle(world: ApiWorld, asked: AskedTitle): Promise<TitlePlace> {
  return placeOf(world, asked, (address) => findTitleAlone(world.db, address));
}

function csvOf(series: readonly RatingSeries[]): string {
  const rows = series.flatMap(({ system, points }) =>
    points.map(({ at, rating, votes }) => [system, at, textOf(rating), textOf(votes)]),
  );
  return [['system', 'at', 'rating', 'votes'], ...rows].map(csvRecord).join('');
}

function textOf(value: number | null): string | null {
  return value === null ? null : String(value);
}
