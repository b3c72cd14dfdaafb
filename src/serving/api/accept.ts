import { negotiate } from '@fastify/accept-negotiator';

/** How a body is encoded. */
export type Encoding = 'br' | 'gzip' | 'identity';

/** Those that we offer, the preferred first. */
export const ENCODINGS = ['br', 'gzip'] as const;

/** The encoding to answer in, for a header `Accept-Encoding`. */
export const encodingFor = remembered((accepted: string): Encoding => {
  const encoding = negotiate(accepted.toLowerCase().replace(/\*|x-gzip/g, 'gzip'), [
    ...ENCODINGS,
    'identity',
  ]);
  return encoding === 'br' || encoding === 'gzip' ? encoding : 'identity';
}, 'identity');

/** Whether a header `Accept` takes JSON. What takes `text/html` gets JSON where there is no page. */
export const acceptsJson = remembered((accepted: string): boolean => {
  if (accepted.trim() === '') return true;
  return (
    qualityOf(accepted, ['application/json', 'application/*', '*/*']) > 0 ||
    qualityOf(accepted, ['text/html']) > 0
  );
}, true);

/** Whether a header `Accept` takes CSV, said of text and not of everything. */
export const acceptsCsv = remembered(
  (accepted: string): boolean => qualityOf(accepted, ['text/csv', 'text/*']) > 0,
  false,
);

/** Whether a header `Accept` would rather have a page than JSON, as browsers say of what is typed or followed. */
export const prefersPage = remembered(
  (accepted: string): boolean =>
    qualityOf(accepted, ['text/html']) > qualityOf(accepted, ['application/json', 'application/*']),
  false,
);

/** Whether a header `Accept` takes a stream of events, said of nothing else. */
export const acceptsEvents = remembered(
  (accepted: string): boolean => qualityOf(accepted, ['text/event-stream']) > 0,
  false,
);

/** How much a header wants what is within `ranges`, the most particular first, whose word counts; 0: not at all. */
function qualityOf(accepted: string, ranges: readonly string[]): number {
  const qualities = new Map(accepted.split(',').map(mediaRange));
  return ranges.map((range) => qualities.get(range)).find((quality) => quality !== undefined) ?? 0;
}

/** `text/html;level=1;q=0.5` is text/html at 0.5. */
function mediaRange(text: string): [string, number] {
  const [range = '', ...parameters] = text.split(';').map((part) => part.trim().toLowerCase());
  const quality = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
  const value = quality === undefined ? 1 : Number(quality);
  return [range, Number.isNaN(value) ? 1 : value];
}

/** Headers are few and come again and again; more kinds than this are somebody's game. */
const MOST_REMEMBERED = 200;

/** `work` of a header, remembered; `none` where the header is absent. */
function remembered<T>(work: (header: string) => T, none: T): (header: string | undefined) => T {
  const known = new Map<string, T>();
  return (header) => {
    if (header === undefined) return none;
    const before = known.get(header);
    if (before !== undefined) return before;
    const result = work(header);
    if (known.size >= MOST_REMEMBERED) known.clear();
    if (header.length <= 500) known.set(header, result);
    return result;
  };
}
