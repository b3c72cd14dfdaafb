import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';

import { listReport } from '../../../catalogue/queries/list-report.ts';
import { OFFER_REPORTS } from '../../../catalogue/queries/offer-reports.ts';
import type { ReportSelection } from '../../../catalogue/queries/report-rows.ts';
import { FilmbaseError } from '../../../model/errors.ts';
import type { Report } from '../../../model/report.ts';
import { acceptsJson } from '../accept.ts';
import { noQuery, problemResponse } from '../api-schemas.ts';
import type { ApiWorld } from '../api-world.ts';
import { offerReportParameters } from '../offer-report-query.ts';
import { pageParameters } from '../query-parameters.ts';
import { reportParameters, selectionOf, type ReportQuery } from '../report-query.ts';
import { reportListSchema, reportPageSchema } from '../report-schemas.ts';
import { sendJson } from '../send-json.ts';
import { askedPage, sendPage } from '../send-page.ts';
import { sendReportCsv } from '../send-report-csv.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Whether the route has CSV besides JSON. */
    csv?: boolean;
  }
}

/** `GET /reports`, and `GET /reports/{name}` for each. */
export function reportRoutes(app: FastifyInstance, world: ApiWorld): void {
  listReports(app, world.reports);
  for (const report of world.reports) reportRoute(app, world, report);
  noSuchReport(app);
}

function listReports(app: FastifyInstance, reports: readonly Report[]): void {
  const data = [
    ...reports.map((report) => listed(report, { ...reportParameters(report), ...pageParameters })),
    ...OFFER_REPORTS.map((report) => listed(report, offerReportParameters(report))),
  ];
  app.withTypeProvider<ZodTypeProvider>().route({
    method: ['GET', 'HEAD'],
    url: '/reports',
    schema: {
      summary: 'Every report, and what it takes',
      tags: ['reports'],
      querystring: noQuery,
      response: { 200: reportListSchema, ...problemResponse },
    },
    handler: (request, reply) => {
      sendJson(request, reply, JSON.stringify({ data }));
    },
  });
}

function listed(
  { name, title, description }: Pick<Report, 'name' | 'title' | 'description'>,
  takes: Readonly<Record<string, z.ZodType>>,
) {
  const parameters = Object.entries(takes).map(([parameter, schema]) => ({
    name: parameter,
    description: schema.description ?? '',
  }));
  return { name, title, description, parameters };
}

type PageQuery = ReportQuery & { readonly limit: number; readonly cursor?: string | undefined };

function reportRoute(app: FastifyInstance, world: ApiWorld, report: Report): void {
  app.route({
    method: ['GET', 'HEAD'],
    url: `/reports/${report.name}`,
    config: { csv: true },
    schema: {
      summary: report.title,
      description: `${report.description} Ending in .csv: all of it as CSV, without limit and cursor.`,
      tags: ['reports'],
      querystring: z.strictObject({ ...reportParameters(report), ...pageParameters }),
      response: {
        200: {
          description: 'A page of the report.',
          content: {
            'application/json': { schema: reportPageSchema(report) },
            'text/csv': { schema: z.string() },
          },
        },
        ...problemResponse,
      },
    },
    handler: (request, reply) => {
      // The schema is made of what the report takes, of which its type knows nothing.
      const query = request.query as PageQuery;
      const selection = selectionOf(report, query);
      return acceptsJson(request.headers.accept)
        ? sendReportPage(world, request, reply, selection, query)
        : sendReportCsv(request, reply, world.db, selection);
    },
  });
}

async function sendReportPage(
  world: ApiWorld,
  request: FastifyRequest,
  reply: FastifyReply,
  selection: ReportSelection,
  query: PageQuery,
): Promise<FastifyReply> {
  const { report, ...rest } = selection;
  const asked = askedPage(world, ['report', report.name, rest], query);
  const page = await listReport(world.db, selection, asked);
  return sendPage(world, request, reply, asked, page);
}

function noSuchReport(app: FastifyInstance): void {
  app.withTypeProvider<ZodTypeProvider>().route({
    method: ['GET', 'HEAD'],
    url: '/reports/:name',
    config: { csv: true },
    schema: { hide: true, params: z.strictObject({ name: z.string() }) },
    handler: ({ params: { name } }) => {
      throw new FilmbaseError('report_not_found', `No report has the name ${name}.`, {
        fields: [{ field: 'name', message: 'is the name of no report' }],
      });
    },
  });
}
