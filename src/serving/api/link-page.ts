import type { FastifyReply, FastifyRequest } from 'fastify';

import type { ListPosition } from '../../catalogue/queries/list-ranges.ts';
import { readCursor, writeCursor } from './cursor.ts';
import { linkHeader, neighbours, pageLinks, START, type PageLinks, type ReadPage } from './page-links.ts';

/** A list as its cursors know it: what signs them, and what makes two requests pages of one list. */
export interface SignedList {
  readonly secret: string;
  readonly identity: unknown;
}

/** Where the page begins that a request with this cursor asks for; without one, at the start. */
export function positionOf({ secret, identity }: SignedList, cursor: string | undefined): ListPosition {
  return cursor === undefined ? START : readCursor(secret, identity, cursor);
}

/** The addresses of the pages next to one, which the header `Link` of the reply says too. */
export function linkPage(
  { secret, identity }: SignedList,
  { originalUrl }: FastifyRequest,
  reply: FastifyReply,
  position: ListPosition,
  page: ReadPage,
): PageLinks {
  const cursorOf = (to: ListPosition) => writeCursor(secret, identity, to);
  const links = pageLinks(originalUrl, neighbours(position, page), cursorOf);
  const link = linkHeader(links);
  if (link !== null) reply.header('link', link);
  return links;
}
