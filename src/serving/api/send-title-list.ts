import type { FastifyReply, FastifyRequest } from 'fastify';

import { listSources } from '../../catalogue/queries/list-sources.ts';
import { listTitles, type TitlePage } from '../../catalogue/queries/list-titles.ts';
import type { TitleFilters } from '../../catalogue/queries/title-filters.ts';
import type { ApiWorld } from './api-world.ts';
import { parameterInvalid } from './parameter-invalid.ts';
import { askedPage, sendPage, type AskedPage } from './send-page.ts';
import { listIdentity, orderOf, type TitleListQuery } from './title-list-query.ts';

/** A page of titles that was read, and how to answer with it. */
interface ReadTitles {
  readonly asked: AskedPage;
  readonly page: TitlePage;
  /** The sources that the titles must be of, as they are now; empty where none is asked for. */
  readonly sources: readonly object[];
}

/** The page that `query` asks for of the titles that pass `filters`. Throws `parameter_invalid`, `cursor_invalid`. */
export async function readTitles(
  world: ApiWorld,
  query: TitleListQuery,
  filters: TitleFilters,
): Promise<ReadTitles> {
  const order = orderOf(query, filters);
  const text = query.q ?? null;
  const asked = askedPage(world, listIdentity(filters, order, text), query);
  const { position, limit } = asked;
  const withCredits = asksForCredits(query);
  const sources = await listAskedSources(world, filters);
  const { count } = query;
  const page = await listTitles(world.db, {
    filters,
    order,
    text,
    position,
    limit,
    count,
    withCredits,
    facets: query.facets,
  });
  return { asked, page, sources };
}

/** Answers with the page. Sources are said by the clock, so with them it is not kept. */
export function sendTitles(
  world: ApiWorld,
  request: FastifyRequest,
  reply: FastifyReply,
  { asked, page, sources }: ReadTitles,
): FastifyReply {
  const { count, search, facets } = page;
  const besides = { count, ...(search === null ? {} : { search }), ...(facets === null ? {} : { facets }) };
  if (sources.length === 0) return sendPage(world, request, reply, asked, page, besides);
  return sendPage(world, request, reply, asked, page, { ...besides, sources }, true);
}

/** Only of the titles of a source, which mostly are few. Throws `parameter_invalid`. */
function asksForCredits({ include, source }: TitleListQuery): boolean {
  if (include.length > 0 && source.length === 0)
    throw parameterInvalid('include', 'can be given with source alone');
  return include.length > 0;
}

/** None are read where none is asked for. Throws `parameter_invalid`. */
async function listAskedSources({ db, now }: ApiWorld, { source }: TitleFilters): Promise<object[]> {
  if (source.length === 0) return [];
  const known = await listSources(db, now());
  const unknown = source.find((name) => known.every((one) => one.name !== name));
  if (unknown !== undefined)
    throw parameterInvalid('source', `must be one of ${known.map(({ name }) => name).join(', ')}`);
  return known
    .filter(({ name }) => source.includes(name))
    .map(({ name, state, freshAt, ageSeconds, isStale }) => ({ name, state, freshAt, ageSeconds, isStale }));
}
