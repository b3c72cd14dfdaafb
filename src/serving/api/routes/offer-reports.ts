import type { FastifyInstance } from 'fastify';
import { z } from 'zod';

import {
  OFFER_REPORTS,
  readOfferReport,
  readOfferReportCells,
  unknownSellers,
  type OfferReport,
} from '../../../catalogue/queries/offer-reports.ts';
import { csvRecord } from '../../../lib/csv.ts';
import { FilmbaseError } from '../../../model/errors.ts';
import { acceptsJson } from '../accept.ts';
import { problemResponse } from '../api-schemas.ts';
import type { ApiWorld } from '../api-world.ts';
import { offerReportParameters, offerSelectionOf, type OfferReportQuery } from '../offer-report-query.ts';
import { offerReportSchemas } from '../offer-schemas.ts';
import { sendJson } from '../send-json.ts';

/** `GET /reports/cheapest-seller` and `GET /reports/cheapest-title`: asked of the offers as they are now. */
export function offerReports(app: FastifyInstance, world: ApiWorld): void {
  for (const report of OFFER_REPORTS) offerReportRoute(app, world, report);
}

function offerReportRoute(app: FastifyInstance, { db, now }: ApiWorld, report: OfferReport): void {
  app.route({
    method: ['GET', 'HEAD'],
    url: `/reports/${report.name}`,
    config: { csv: true },
    schema: {
      summary: report.title,
      description: `${report.description} Of the offers as they are now. Ending in .csv: the rows as CSV.`,
      tags: ['reports'],
      querystring: z.strictObject(offerReportParameters(report)),
      response: {
        200: {
          description: 'The report.',
          content: {
            'application/json': { schema: offerReportSchemas[report.name] },
            'text/csv': { schema: z.string() },
          },
        },
        ...problemResponse,
      },
    },
    handler: async (request, reply) => {
      // The schema is made of what the report takes, of which its type knows nothing.
      const selection = offerSelectionOf(request.query as OfferReportQuery, now());
      refuseUnknown(await unknownSellers(db, selection.sellers));
      if (acceptsJson(request.headers.accept)) {
        const { rowsJson, sellersJson } = await readOfferReport(db, report, selection);
        return sendJson(request, reply, `{"data":${rowsJson},"sellers":${sellersJson}}`);
      }
      const rows = await readOfferReportCells(db, report, selection);
      return reply
        .type('text/csv; charset=utf-8; header=present')
        .header('content-disposition', `attachment; filename="${report.name}.csv"`)
        .send([report.columns, ...rows].map(csvRecord).join(''));
    },
  });
}

function refuseUnknown([name]: readonly string[]): void {
  if (name === undefined) return;
  const message = `${name} is the name of no seller`;
  throw new FilmbaseError('parameter_invalid', `seller: ${message}.`, {
    fields: [{ field: 'seller', message }],
  });
}
