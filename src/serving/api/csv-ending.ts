import type { IncomingMessage } from 'node:http';

const CSV_ENDING = /^(\/reports\/[^?/]*[^?/]|\/movies\/[^?/]+\/ratings\/history)\.csv(\?|$)/;

/** The address without an ending `.csv`, which becomes what the request accepts. Of other addresses it is a part. */
export function withoutCsvEnding(request: IncomingMessage, url: string): string {
  if (!CSV_ENDING.test(url)) return url;
  request.headers.accept = 'text/csv';
  return url.replace(CSV_ENDING, '$1$2');
}
