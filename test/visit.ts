import type { FastifyInstance } from 'fastify';

/** What Chromium says of an address that is typed. */
export const BROWSER = {
  accept:
    'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8,application/signed-exchange;v=b3;q=0.7',
};

/** Asks as a browser does. Every page is held against what no page may hold: see `conformance.ts`. */
export function visit(api: FastifyInstance, url: string, headers: Record<string, string> = {}) {
  return api.inject({ url, headers: { ...BROWSER, ...headers } });
}
