import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';

import { MOST_EPISODES_INCLUDED } from '../../../catalogue/queries/episode-json.ts';
import {
  findTitle,
  findTitleOrigins,
  findTitlePart,
  type TitleInclude,
} from '../../../catalogue/queries/find-title.ts';
import { TITLE_PARTS, type TitlePart } from '../../../catalogue/queries/title-parts.ts';
import { FilmbaseError } from '../../../model/errors.ts';
import type { Section } from '../../../model/kinds.ts';
import { noQuery, problemResponse } from '../api-schemas.ts';
import type { ApiWorld } from '../api-world.ts';
import { asOfParameter, refuseParts, sendTitleAt } from '../as-of.ts';
import { wordList } from '../link-parameters.ts';
import { provenanceSchema } from '../provenance-schemas.ts';
import { SECTION_WORDS, startOfSentence } from '../sections.ts';
import { sendTitle } from '../send-title.ts';
import { elsewhere, idOfTitle } from '../title-place.ts';
import { creditsSchema, titlePartLists } from '../title-part-schemas.ts';
import { episodeDetailSchema, filmDetailSchema, seriesDetailSchema } from '../title-schemas.ts';

const PARTS = Object.keys(TITLE_PARTS) as [TitlePart, ...TitlePart[]];

/** What a title of each section looks like alone, and what it can be asked to include. */
const ALONE: Readonly<
  Record<Section, { schema: z.ZodType; included: readonly [TitleInclude, ...TitleInclude[]] }>
> = {
  films: { schema: filmDetailSchema, included: [...PARTS, 'comments', 'provenance', 'offers'] },
  series: { schema: seriesDetailSchema, included: [...PARTS, 'comments', 'provenance', 'episodes'] },
  episodes: { schema: episodeDetailSchema, included: [...PARTS, 'comments', 'provenance'] },
};

/** `GET /movies/{id}`, `/series/{id}`, `/episodes/{id}`: one title, by its UUID or its IMDb id; and each of its parts alone. */
export function findTitles(app: FastifyInstance, world: ApiWorld): void {
  for (const section of Object.keys(ALONE) as Section[]) {
    findOne(app, world, section);
    for (const part of PARTS) findPart(app, world, section, part);
    findOrigins(app, world, section);
  }
}

function findOne(app: FastifyInstance, world: ApiWorld, section: Section): void {
  const { path, one, article } = SECTION_WORDS[section];
  const { schema, included } = ALONE[section];
  app.withTypeProvider<ZodTypeProvider>().route({
    method: ['GET', 'HEAD'],
    url: `${path}/:id`,
    schema: {
      summary: startOfSentence(`${article} ${one}, by its id or its IMDb id`),
      tags: [section],
      params: idOfTitle,
      querystring: z.strictObject({
        include: wordList(included).describe(
          `Parts to add: any of ${included.join(', ')}, joined by commas or repeated.`,
        ),
        as_of: asOfParameter,
      }),
      response: { 200: schema, ...elsewhere, ...problemResponse },
    },
    handler: async (request, reply) => {
      const { include, as_of: moment } = request.query;
      const asked = { section, id: request.params.id };
      if (moment !== undefined) {
        refuseParts(include);
        return sendTitleAt(world, request, reply, asked, moment);
      }
      return sendTitle(world, request, reply, {
        asked,
        find: (address) => findTitle(world.db, address, world.now(), include),
        bodyOf: include.includes('episodes') ? withEpisodes : (json) => json,
        // Offers hang on the clock, other parts on what is served alone.
        isKept: !include.includes('offers'),
      });
    },
  });
}

function findPart(app: FastifyInstance, world: ApiWorld, section: Section, part: TitlePart): void {
  const { path, one, article } = SECTION_WORDS[section];
  const isList = part !== 'credits';
  app.withTypeProvider<ZodTypeProvider>().route({
    method: ['GET', 'HEAD'],
    url: `${path}/:id/${part}`,
    schema: {
      tags: [section],
      summary: `The ${part} of ${article} ${one}`,
      params: idOfTitle,
      querystring: noQuery,
      response: {
        200: isList ? z.strictObject({ data: titlePartLists[part] }) : creditsSchema,
        ...elsewhere,
        ...problemResponse,
      },
    },
    handler: async (request, reply) =>
      sendTitle(world, request, reply, {
        asked: { section, id: request.params.id },
        find: (address) => findTitlePart(world.db, address, part),
        bodyOf: (json) => (isList ? `{"data":${json}}` : json),
        isKept: true,
      }),
  });
}

function findOrigins(app: FastifyInstance, world: ApiWorld, section: Section): void {
  const { path, one, article } = SECTION_WORDS[section];
  app.withTypeProvider<ZodTypeProvider>().route({
    method: ['GET', 'HEAD'],
    url: `${path}/:id/provenance`,
    schema: {
      tags: [section],
      summary: `Where each value of ${article} ${one} comes from, and what other sources say`,
      params: idOfTitle,
      querystring: noQuery,
      response: { 200: provenanceSchema, ...elsewhere, ...problemResponse },
    },
    handler: async (request, reply) =>
      sendTitle(world, request, reply, {
        asked: { section, id: request.params.id },
        find: (address) => findTitleOrigins(world.db, address),
        bodyOf: (json) => json,
        isKept: true,
      }),
  });
}

/** The same. Throws `parameter_invalid` if the series has more episodes than are included. */
function withEpisodes(json: string): string {
  const { id, episodes } = JSON.parse(json) as { id: string; episodes: unknown };
  if (episodes !== null) return json;
  const message = `can have episodes of a series with at most ${MOST_EPISODES_INCLUDED}; take them from /series/${id}/episodes`;
  throw new FilmbaseError('parameter_invalid', `include ${message}.`, {
    fields: [{ field: 'include', message }],
  });
}
