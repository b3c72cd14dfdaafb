import type { FastifyRequest } from 'fastify';

/** Where requests seem to be from that the server makes of itself; nothing that comes by a socket has such an address. */
export const OWN_ADDRESS = 'this server';

/** Whether the server asks itself, for a page: then the page is what is logged and counted. */
export function isOwn({ socket }: FastifyRequest): boolean {
  return socket.remoteAddress === OWN_ADDRESS;
}
