import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parse as parseYaml } from 'yaml';
import { z } from 'zod';

import { hideSecrets } from './lib/hide-secrets.ts';
import { parseSchedule } from './lib/schedule.ts';
import type { Schedule } from './lib/schedule.ts';
import { FilmbaseError } from './model/errors.ts';
import type { Source } from './model/source.ts';

// The one reader of the environment and of filmbase.yaml.

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

const text = z.string().min(1);

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
});

export interface SourceConfig {
  /** As the source's own schema made them. */
  readonly settings: unknown;
  /** The values of its `secretVariables`, those that are set. */
  readonly secrets: Readonly<Record<string, string>>;
  readonly schedule: Schedule;
  /** The schedule as it was written. */
  readonly scheduleText: string;
}

export interface Config {
  readonly dataFolder: string;
  /** The file that was read, or would have been. */
  readonly file: string;
  readonly databaseUrl: string | null;
  readonly host: string;
  readonly port: number;
  readonly secret: string | null;
  readonly logLevel: string;
  readonly logFormat: 'pretty' | 'json' | null;
  readonly logFolder: string | null;
  readonly lakeMemoryMb: number;
  readonly keep: {
    readonly rawRuns: number;
    readonly claimRuns: number;
    readonly versions: number;
    readonly unchangedDays: number;
  };
  readonly maxShrink: number;
  readonly sources: ReadonlyMap<string, SourceConfig>;
  /** Where a failed run is told of; a secret. */
  readonly alertWebhookUrl: string | null;
  /** What must never be printed. */
  readonly secrets: readonly string[];
  /** Every setting with its value and where that is from; secrets hidden. */
  readonly effective: readonly {
    readonly name: string;
    readonly value: string;
    readonly from: string;
    readonly help: string;
  }[];
}

/** Reads and checks every setting. Throws `setting_invalid` with the name, the value and what is allowed. */
export function readConfig(
  environment: NodeJS.ProcessEnv,
  folder: string,
  sources: readonly Source[],
): Config {
  const variables: Variable[] = [...VARIABLES, ...sources.flatMap(sourceVariables)];
  const given = new Map(variables.map((declared) => [declared.name, readVariable(environment, declared)]));
  const dataFolder = resolve(folder, String(given.get('FILMBASE_DATA')));
  const configured = given.get('FILMBASE_CONFIG') as string | null;
  const file = configured === null ? join(dirname(dataFolder), 'filmbase.yaml') : resolve(folder, configured);
  const settings = readSettingsFile(file, configured !== null, sources);
  const logFolder = given.get('LOG_DIR') as string | null;
  const configs = new Map(
    sources.map((source) => [
      source.name,
      sourceConfig(source, settings.sources[source.name] ?? {}, environment, file),
    ]),
  );
  return {
    dataFolder,
    file,
    databaseUrl: given.get('DATABASE_URL') as string | null,
    host: given.get('HOST') as string,
    port: given.get('PORT') as number,
    secret: given.get('FILMBASE_SECRET') as string | null,
    logLevel: given.get('LOG_LEVEL') as string,
    logFormat: given.get('LOG_FORMAT') as Config['logFormat'],
    logFolder: logFolder === null ? null : resolve(folder, logFolder),
    lakeMemoryMb: given.get('LAKE_MEMORY_MB') as number,
    keep: settings.keep,
    maxShrink: settings.publish.maxShrink,
    alertWebhookUrl: given.get('ALERT_WEBHOOK_URL') as string | null,
    sources: configs,
    secrets: [
      ...variables.flatMap(({ name, secret }) => (secret ? secretsIn(environment[name]) : [])),
      ...[...configs.values()].flatMap(({ secrets }) => Object.values(secrets).flatMap(secretsIn)),
    ],
    effective: [...variables, ...secretVariables(sources, configs)].map((declared) =>
      effectiveValue(environment, declared),
    ),
  };
}

function variable<S extends z.ZodType>(
  name: string,
  fallback: string | null,
  help: string,
  schema: S,
  secret = false,
) {
  return { name, default: fallback, help, schema, secret };
}

function wholeNumber(least: number, most: number) {
  return z
    .string()
    .regex(/^\d+$/, 'must be a whole number')
    .transform(Number)
    .pipe(z.number().min(least, `must be at least ${least}`).max(most, `must be at most ${most}`));
}

/** An empty variable counts as one that is not set. */
function readVariable(
  environment: NodeJS.ProcessEnv,
  { name, default: fallback, schema, secret, help }: Variable,
): unknown {
  const given = environment[name] ?? '';
  const value = given === '' ? fallback : given;
  if (value === null) return null;
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const shown = secret ? 'set' : `'${value}'`;
  throw new FilmbaseError('setting_invalid', `${name} is ${shown}: ${firstIssue(parsed.error)}. ${help}`);
}

function sourceVariables(source: Source): Variable[] {
  return Object.entries(source.variables).map(([name, { help }]) => variable(name, null, help, text));
}

/** What sources need that no file should hold. */
function secretVariables(sources: readonly Source[], configs: ReadonlyMap<string, SourceConfig>): Variable[] {
  return sources.flatMap((source) => {
    const names = source.secretVariables?.(configs.get(source.name)?.settings) ?? [];
    return names.map((name) => variable(name, null, `A key or token for ${source.name}.`, text, true));
  });
}

function readSettingsFile(
  file: string,
  required: boolean,
  sources: readonly Source[],
): z.infer<typeof FILE_SCHEMA> {
  let content: string;
  try {
    content = readFileSync(file, 'utf8');
  } catch (error) {
    const absent = (error as NodeJS.ErrnoException).code === 'ENOENT';
    if (absent && !required) return FILE_SCHEMA.parse({});
    throw new FilmbaseError('setting_invalid', `FILMBASE_CONFIG is '${file}', which cannot be read.`, {
      cause: error,
    });
  }
  const parsed = FILE_SCHEMA.safeParse(yamlIn(content, file) ?? {});
  if (!parsed.success) throw new FilmbaseError('setting_invalid', `${file}: ${firstIssue(parsed.error)}.`);
  const known = sources.map(({ name }) => name);
  const unknown = Object.keys(parsed.data.sources).find((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw new FilmbaseError(
      'setting_invalid',
      `${file}: sources.${unknown} is no source; there are: ${known.join(', ')}.`,
    );
  }
  return parsed.data;
}

function yamlIn(content: string, file: string): unknown {
  try {
    return parseYaml(content) as unknown;
  } catch (error) {
    throw new FilmbaseError(
      'setting_invalid',
      `${file} is not YAML: ${error instanceof Error ? error.message : String(error)}`,
      { cause: error },
    );
  }
}

/** `schedule` stands beside a source's own settings. */
function sourceConfig(
  source: Source,
  { schedule: given, ...inFile }: Record<string, unknown>,
  environment: NodeJS.ProcessEnv,
  file: string,
): SourceConfig {
  const scheduleText = given ?? source.schedule;
  const schedule = typeof scheduleText === 'string' ? parseSchedule(scheduleText) : null;
  if (typeof scheduleText !== 'string' || schedule === null)
    throw new FilmbaseError(
      'setting_invalid',
      `${file}: sources.${source.name}.schedule is none of: a cron expression, "every 15s" (s, m, h or d), "off".`,
    );
  const settings = sourceSettings(source, inFile, environment, file);
  const names = source.secretVariables?.(settings) ?? [];
  const secrets = names.flatMap((name) => (environment[name] ? [[name, environment[name]]] : []));
  return { settings, secrets: Object.fromEntries(secrets) as Record<string, string>, schedule, scheduleText };
}

function sourceSettings(
  source: Source,
  inFile: Record<string, unknown>,
  environment: NodeJS.ProcessEnv,
  file: string,
): unknown {
  const byVariable = Object.entries(source.variables).flatMap(([name, { setting }]) =>
    environment[name] ? [[setting, environment[name]]] : [],
  );
  const parsed = source.settings.safeParse({ ...inFile, ...Object.fromEntries(byVariable) });
  if (parsed.success) return parsed.data;
  throw new FilmbaseError('setting_invalid', `${file}: sources.${source.name}.${firstIssue(parsed.error)}.`);
}

function firstIssue(error: z.ZodError): string {
  const issue = error.issues[0];
  if (issue === undefined) return 'is not valid';
  const path = issue.path.join('.');
  return path === '' ? issue.message : `${path}: ${issue.message}`;
}

/** A secret, and where it is an address the password within. */
function secretsIn(value: string | undefined): string[] {
  if (!value) return [];
  const password = URL.canParse(value) ? new URL(value).password : '';
  return [value, password, decoded(password)].filter((secret) => secret.length >= 4);
}

/** As it is where it is not well escaped: then the database refuses it. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function effectiveValue(environment: NodeJS.ProcessEnv, { name, default: fallback, secret, help }: Variable) {
  const value = environment[name];
  if (value) return { name, value: secret ? '(hidden)' : hideSecrets(value), from: 'environment', help };
  return { name, value: fallback ?? '', from: 'default', help };
}
