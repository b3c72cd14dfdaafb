import type { AskedAddress } from './json-ending.ts';

const CSV_ENDING =
  /^(\/reports\/[^?/]*[^?/]|\/(?:movies|series|episodes)\/[^?/]+\/ratings\/history)\.csv(\?|$)/;

/** The address without an ending `.csv`, which becomes what the request accepts. Of other addresses it is a part. */
export function withoutCsvEnding(request: AskedAddress, url: string): string {
  if (!CSV_ENDING.test(url)) return url;
  request.headers.accept = 'text/csv';
  return url.replace(CSV_ENDING, '$1$2');
}
