import { isIP } from 'node:net';

import { z } from 'zod';

// What an operator can set, declared once: parser, `filmbase config`, `.env.example` and the docs read it.

/** A setting that an operator makes by an environment variable. */
export interface Variable {
  readonly name: string;
  /** What it sets, and what is allowed, in a line. */
  readonly help: string;
  /** As text; null: none, and `help` says what that means. */
  readonly default: string | null;
  readonly secret: boolean;
  readonly schema: z.ZodType;
}

export const text = z.string().min(1);

/** Every variable but those that sources declare. `filmbase config`, `.env.example` and the docs read this. */
export const VARIABLES = [
  variable(
    'FILMBASE_DATA',
    './data',
    'Folder for the lake, the embedded database, the secret, the logs.',
    text,
  ),
  variable(
    'FILMBASE_CONFIG',
    null,
    'The settings file; else filmbase.yaml beside the data folder, if there is one.',
    text,
  ),
  variable(
    'DATABASE_URL',
    null,
    'A PostgreSQL server, 15 or newer: postgres://user:password@host:5432/name. Without it, the embedded database.',
    z.string().regex(/^postgres(ql)?:\/\//, 'must start with postgres:// or postgresql://'),
    true,
  ),
  variable('HOST', '127.0.0.1', 'The address to listen on.', text),
  variable('PORT', '8000', 'The port to listen on, 0 to 65535; 0 takes a free one.', wholeNumber(0, 65_535)),
  variable(
    'TRUSTED_PROXIES',
    null,
    'Proxies whose `X-Forwarded-For` says where a request is from: addresses or networks (10.0.0.0/8), by comma.',
    text
      .transform((given) => given.split(',').map((one) => one.trim()))
      .refine((given) => given.every(isNetwork), 'must be addresses or networks, by comma'),
  ),
  variable(
    'FILMBASE_SECRET',
    null,
    'Signs cursors, at least 16 characters; may be changed at any time. Without it, a file in the data folder.',
    z.string().min(16, 'must have at least 16 characters'),
    true,
  ),
  variable(
    'LOG_LEVEL',
    'info',
    'What is logged: trace, debug, info, warn, error, silent.',
    z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']),
  ),
  variable(
    'LOG_FORMAT',
    null,
    'pretty or json; without it, pretty on a terminal.',
    z.enum(['pretty', 'json']),
  ),
  variable(
    'LOG_DIR',
    null,
    'A folder for log files as well, a new one each day or 20 MB, the last 14 kept.',
    text,
  ),
  variable(
    'ALERT_WEBHOOK_URL',
    null,
    'An address that is sent a JSON document when a source fails, and when it is well again.',
    z.url({ protocol: /^https?$/, error: 'must be an address of http or https' }),
    true,
  ),
  variable(
    'LAKE_MEMORY_MB',
    '1024',
    'Memory of the engine that works the lake, in megabytes, 256 or more; it spills to disk beyond.',
    wholeNumber(256, 1_048_576),
  ),
] as const satisfies readonly Variable[];

/** Of hosts that pages load from: what a Content-Security-Policy takes without meaning anything else. */
const HOST_NAME = /^[a-z0-9-]+(\.[a-z0-9-]+)+(:\d{1,5})?$/;

/**
 * What filmbase.yaml may hold; `sources.<name>` is checked by each source. The docs read the descriptions.
 *
 * @public
 */
export const FILE_SCHEMA = z.strictObject({
  sources: z.record(z.string(), z.record(z.string(), z.unknown())).default({}),
  keep: z
    .strictObject({
      rawRuns: z.int().min(1).default(2).describe('Runs of a source whose raw files are kept.'),
      claimRuns: z
        .int()
        .min(1)
        .default(7)
        .describe(
          'Runs of a source whose claims, rejects and manifest are kept; never fewer than `keep.rawRuns`.',
        ),
      versions: z
        .int()
        .min(1)
        .default(3)
        .describe('Catalogue versions that are kept; the one served always is.'),
      unchangedDays: z
        .int()
        .min(1)
        .default(14)
        .describe('Days for which the log keeps when sources were found unchanged.'),
      changeDays: z
        .int()
        .min(1)
        .max(100_000)
        .nullable()
        .default(null)
        .describe(
          'Days for which is kept what changed, and when: the feed and the history of titles; null: for ever.',
        ),
    })
    .prefault({}),
  publish: z
    .strictObject({
      maxShrink: z
        .number()
        .min(0)
        .max(1)
        .default(0.2)
        .describe(
          'The share of the titles served, 0 to 1, that a publish may delete without `--allow-shrink`.',
        ),
    })
    .prefault({}),
  comments: z
    .strictObject({
      open: z
        .boolean()
        .default(false)
        .describe(
          'Whether anyone may write comments without a key; each is answered with a token by which its holder can change it.',
        ),
    })
    .prefault({}),
  pages: z
    .strictObject({
      posterHosts: z
        .array(z.string().regex(HOST_NAME, 'must be names of hosts, such as m.media-amazon.com'))
        .default([])
        .describe(
          'Hosts that pages may load posters from, such as m.media-amazon.com or image.tmdb.org; other posters, and without any all, are drawn. Whoever reads is seen by them.',
        ),
    })
    .prefault({}),
  limits: z
    .strictObject({
      writesPerMinute: z
        .int()
        .min(0)
        .default(600)
        .describe('Writes that one API key may do within a minute, by each process; 0: any number.'),
      writesPerMinutePerAddress: z
        .int()
        .min(0)
        .default(120)
        .describe(
          'The same for one address without a key, or with one that is not known; of IPv6, for one network of 64 bits.',
        ),
    })
    .prefault({}),
});

/** A variable's declaration. */
export function variable<S extends z.ZodType>(
  name: string,
  fallback: string | null,
  help: string,
  schema: S,
  secret = false,
) {
  return { name, default: fallback, help, schema, secret };
}

/** Whether it is an address of IPv4 or IPv6, or a network: 10.0.0.0/8. */
function isNetwork(given: string): boolean {
  const [address = '', bits, ...more] = given.split('/');
  const most = { 4: 32, 6: 128 }[isIP(address)];
  if (most === undefined || more.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= most);
}

function wholeNumber(least: number, most: number) {
  return z
    .string()
    .regex(/^\d+$/, 'must be a whole number')
    .transform(Number)
    .pipe(z.number().min(least, `must be at least ${least}`).max(most, `must be at most ${most}`));
}
