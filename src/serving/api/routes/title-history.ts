import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';

import { findTitleAlone } from '../../../catalogue/queries/find-title.ts';
import { listTitleHistory } from '../../../catalogue/queries/list-title-history.ts';
import { findRatingHistory, type RatingSeries } from '../../../catalogue/queries/rating-history.ts';
import { csvRecord } from '../../../lib/csv.ts';
import { acceptsJson } from '../accept.ts';
import { noQuery, problemResponse } from '../api-schemas.ts';
import type { ApiWorld } from '../api-world.ts';
import { ratingHistorySchema, titleHistorySchema } from '../change-schemas.ts';
import { pageParameters } from '../query-parameters.ts';
import { sendJson } from '../send-json.ts';
import { askedPage, sendPage } from '../send-page.ts';
import { placeOf, redirectTo } from '../title-place.ts';

const ofFilm = {
  tags: ['films', 'changes'],
  params: z.strictObject({ id: z.string().describe('A UUID, or an IMDb id such as tt0133093.') }),
};

const elsewhere = { 308: z.undefined().describe('The title has another address now: see `Location`.') };

/** `GET /movies/{id}/history`, and `GET /movies/{id}/ratings/history`, as CSV too. */
export function titleHistory(app: FastifyInstance, world: ApiWorld): void {
  const { db } = world;
  const typed = app.withTypeProvider<ZodTypeProvider>();
  const placeOfFilm = (id: string) =>
    placeOf(world, { section: 'films', id }, (address) => findTitleAlone(db, address));

  typed.route({
    method: ['GET', 'HEAD'],
    url: '/movies/:id/history',
    schema: {
      ...ofFilm,
      summary: 'What changed in a film, newest first: which fields, from what, to what, by whom',
      querystring: z.strictObject(pageParameters),
      response: { 200: titleHistorySchema, ...elsewhere, ...problemResponse },
    },
    handler: async (request, reply) => {
      const place = await placeOfFilm(request.params.id);
      if ('elsewhere' in place) return redirectTo(place.elsewhere, request, reply);
      const asked = askedPage(world, ['history', place.here.id], request.query);
      const page = await listTitleHistory(db, { ...asked, title: place.here.id });
      return sendPage(world, request, reply, asked, page);
    },
  });

  typed.route({
    method: ['GET', 'HEAD'],
    url: '/movies/:id/ratings/history',
    config: { csv: true },
    schema: {
      ...ofFilm,
      summary: 'What each rating system gave a film over time; as CSV with the ending .csv',
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
      const place = await placeOfFilm(request.params.id);
      if ('elsewhere' in place) return redirectTo(place.elsewhere, request, reply);
      const data = await findRatingHistory(db, place.here.id);
      if (acceptsJson(request.headers.accept)) return sendJson(request, reply, JSON.stringify({ data }));
      return reply
        .type('text/csv; charset=utf-8; header=present')
        .header('content-disposition', 'attachment; filename="ratings.csv"')
        .send(csvOf(data));
    },
  });
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
