import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';

import { findTitleAlone } from '../../../catalogue/queries/find-title.ts';
import type { Section } from '../../../model/kinds.ts';
import { problemResponse } from '../api-schemas.ts';
import type { ApiWorld } from '../api-world.ts';
import { SECTION_WORDS, startOfSentence } from '../sections.ts';
import { readTitles, sendTitles } from '../send-title-list.ts';
import {
  episodeListQuery,
  filmListQuery,
  filtersOf,
  seriesEpisodesQuery,
  seriesListQuery,
} from '../title-list-query.ts';
import { elsewhere, idOfTitle, pathTitleId, placeOf, redirectTo } from '../title-place.ts';
import { episodeListSchema, filmListSchema, seriesListSchema } from '../title-schemas.ts';

const LISTS = {
  films: { querystring: filmListQuery, list: filmListSchema },
  series: { querystring: seriesListQuery, list: seriesListSchema },
  episodes: { querystring: episodeListQuery, list: episodeListSchema },
} as const satisfies Record<Section, object>;

/** The lists of titles: `GET /movies`, `/series`, `/episodes`, and `/series/{id}/episodes`. */
export function listsOfTitles(app: FastifyInstance, world: ApiWorld): void {
  for (const section of Object.keys(LISTS) as Section[]) listSection(app, world, section);
  listEpisodesOfSeries(app, world);
}

function listSection(app: FastifyInstance, world: ApiWorld, section: Section): void {
  const { querystring, list } = LISTS[section];
  const { path, many } = SECTION_WORDS[section];
  app.withTypeProvider<ZodTypeProvider>().route({
    method: ['GET', 'HEAD'],
    url: path,
    schema: {
      summary: `${startOfSentence(many)} that pass filters, in order, a page at a time`,
      tags: [section],
      querystring,
      response: { 200: list, ...problemResponse },
    },
    handler: async (request, reply) => {
      const titles = await readTitles(world, request.query, filtersOf(section, request.query));
      return sendTitles(world, request, reply, titles);
    },
  });
}

function listEpisodesOfSeries(app: FastifyInstance, world: ApiWorld): void {
  app.withTypeProvider<ZodTypeProvider>().route({
    method: ['GET', 'HEAD'],
    url: '/series/:id/episodes',
    schema: {
      summary:
        'Episodes of a series that pass filters, by season and number if not otherwise, a page at a time',
      tags: ['series'],
      params: idOfTitle,
      querystring: seriesEpisodesQuery,
      response: { 200: episodeListSchema, ...elsewhere, ...problemResponse },
    },
    handler: async (request, reply) => {
      const series = { section: 'series', id: request.params.id } as const;
      const filters = filtersOf('episodes', request.query, pathTitleId(world, series));
      const titles = await readTitles(world, request.query, filters);
      // What has an episode is a series. Where none is found, there may be no such series, or it may be at another address.
      const place =
        titles.page.first === null
          ? await placeOf(world, series, (address) => findTitleAlone(world.db, address))
          : null;
      if (place !== null && 'elsewhere' in place) return redirectTo(place.elsewhere, request, reply);
      return sendTitles(world, request, reply, titles);
    },
  });
}
