import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parse as parseYaml } from 'yaml';
import type { z } from 'zod';

import { FILE_SCHEMA, text, variable, VARIABLES } from './config/declared-settings.ts';
import type { Variable } from './config/declared-settings.ts';
import { hideSecrets } from './lib/hide-secrets.ts';
import { parseSchedule } from './lib/schedule.ts';
import type { Schedule } from './lib/schedule.ts';
import { FilmbaseError } from './model/errors.ts';
import type { Source } from './model/source.ts';

// The one reader of the environment and of filmbase.yaml.

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
    /** Null: for ever. */
    readonly changeDays: number | null;
  };
  readonly maxShrink: number;
  /** Whether anyone may write comments. */
  readonly openComments: boolean;
  /** Writes within a minute; 0: any number. */
  readonly writeLimits: { readonly perKey: number; readonly perAddress: number };
  /** Addresses and networks of proxies that say truly where a request is from. */
  readonly trustedProxies: readonly string[];
  /** Hosts that pages may show posters from. */
  readonly posterHosts: readonly string[];
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
    openComments: settings.comments.open,
    writeLimits: {
      perKey: settings.limits.writesPerMinute,
      perAddress: settings.limits.writesPerMinutePerAddress,
    },
    trustedProxies: (given.get('TRUSTED_PROXIES') as readonly string[] | null) ?? [],
    posterHosts: settings.pages.posterHosts,
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
