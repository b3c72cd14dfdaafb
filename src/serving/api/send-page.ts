import type { FastifyReply, FastifyRequest } from 'fastify';

import type { ListPosition } from '../../catalogue/queries/list-ranges.ts';
import type { ListPage } from '../../catalogue/queries/list-page.ts';
import type { ApiWorld } from './api-world.ts';
import { readCursor, writeCursor } from './cursor.ts';
import { linkHeader, neighbours, pageLinks, START, type PageLinks, type ReadPage } from './page-links.ts';
import { sendJson } from './send-json.ts';

/** A page that a request asks for. */
export interface AskedPage {
  /** What makes two requests pages of one list. */
  readonly list: unknown;
  readonly position: ListPosition;
  readonly limit: number;
}

/** The page of `list` that the parameters name. Throws `cursor_invalid`. */
export function askedPage(
  { secret }: ApiWorld,
  list: unknown,
  { cursor, limit }: { readonly cursor?: string | undefined; readonly limit: number },
): AskedPage {
  return { list, position: cursor === undefined ? START : readCursor(secret, list, cursor), limit };
}

/** The addresses of the pages next to `page`, which the header `Link` has too. */
export function linkPage(
  { secret }: ApiWorld,
  { originalUrl }: FastifyRequest,
  reply: FastifyReply,
  { list, position }: AskedPage,
  page: ReadPage,
): PageLinks {
  const links = pageLinks(originalUrl, neighbours(position, page), (to) => writeCursor(secret, list, to));
  const link = linkHeader(links);
  if (link !== null) reply.header('link', link);
  return links;
}

/** Answers with a page of what is served, with the members of `besides` after it; is kept unless it `ages`. */
export function sendPage(
  world: ApiWorld,
  request: FastifyRequest,
  reply: FastifyReply,
  asked: AskedPage,
  page: ListPage,
  besides: Readonly<Record<string, unknown>> = {},
  ages = false,
): FastifyReply {
  world.state.learn(page.state);
  const links = linkPage(world, request, reply, asked, page);
  const rest = JSON.stringify({ page: { ...links, limit: asked.limit }, ...besides }).slice(1);
  return sendJson(request, reply, `{"data":${page.itemsJson},${rest}`, ages ? null : page.state);
}
