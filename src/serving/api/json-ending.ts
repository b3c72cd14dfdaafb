import type { IncomingMessage } from 'node:http';

const JSON_ENDING = /^([^?]*[^/?])\.json(\?|$)/;

/** Addresses that end so by their own name. */
const OWN_NAME = /^\/openapi\.json(\?|$)/;

/** What an ending changes: the address, and what is accepted. */
export type AskedAddress = Pick<IncomingMessage, 'url' | 'headers'>;

/** Whether the path's ending asks for JSON, whatever the request accepts. */
export function forcesJson(url: string): boolean {
  return url.includes('.json') && JSON_ENDING.test(url) && !OWN_NAME.test(url);
}

/** The address without an ending `.json`, which becomes what the request accepts. */
export function withoutJsonEnding(request: AskedAddress): string {
  const url = request.url ?? '/';
  if (!forcesJson(url)) return url;
  request.headers.accept = 'application/json';
  return url.replace(JSON_ENDING, '$1$2');
}
