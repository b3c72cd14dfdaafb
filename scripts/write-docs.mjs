// Writes what the docs say of settings, errors and verbs from their declarations in dist: node scripts/write-docs.mjs
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

const WRITTEN =
  '<!-- Written by `node scripts/write-docs.mjs`; test/docs.test.ts compares it with the declarations. -->';

/** The documents by their paths from the root. */
export async function renderDocs() {
  const [{ VARIABLES, FILE_SCHEMA }, { loadSources }, { ERRORS }, { loadVerbs }, { METRICS }] =
    await Promise.all(
      ['config/declared-settings', 'sources/registry', 'model/errors', 'cli/program', 'model/metrics'].map(
        (name) => import(pathToFileURL(join(root, 'dist/src', `${name}.js`)).href),
      ),
    );
  const sources = await loadSources();
  const variables = [...VARIABLES, ...sources.flatMap(sourceVariables)];
  const { z } = await import('zod');
  return new Map([
    ['docs/settings.md', settingsPage(variables, fileSettings(FILE_SCHEMA, sources, z))],
    ['.env.example', environmentExample(variables)],
    ['docs/errors.md', errorsPage(ERRORS)],
    ['docs/verbs.md', verbsPage(await loadVerbs())],
    ['docs/metrics.md', metricsPage(METRICS)],
  ]);
}

function sourceVariables(source) {
  const secrets = source.secretVariables?.(source.settings.parse({})) ?? [];
  const secretVariables = secrets.map((name) => ({
    name,
    default: null,
    help: `The key for \`${source.name}\`, without which it is not read.`,
    secret: true,
  }));
  const settings = Object.entries(source.variables).map(([name, { setting, help }]) => ({
    name,
    default: null,
    help: `Sets \`sources.${source.name}.${setting}\`: ${help}.`,
    secret: false,
  }));
  return [...settings, ...secretVariables];
}

/** Every setting of filmbase.yaml, with its words and default, as the schemas declare them. */
function fileSettings(fileSchema, sources, z) {
  const { properties } = z.toJSONSchema(fileSchema, { io: 'input' });
  const sections = [
    ...Object.entries(properties).filter(([section]) => section !== 'sources'),
    ...sources
      .filter(({ name }) => name !== 'local')
      .map((source) => [`sources.${source.name}`, sourceSchema(source, z)]),
  ];
  return sections.flatMap(([section, { properties }]) =>
    Object.entries(properties ?? {}).map(([key, property]) => {
      if (!property.description) throw new Error(`The setting ${section}.${key} has no description.`);
      const allowed = property.enum ?? property.items?.enum ?? [];
      return { key: `${section}.${key}`, value: property.default, help: property.description, allowed };
    }),
  );
}

/** A source's own settings, and its schedule, which stands among them. */
function sourceSchema({ settings, schedule }, z) {
  const { properties } = z.toJSONSchema(settings, { io: 'input' });
  const description =
    'When it is read: a cron expression in local time, "every 15s" (s, m, h or d), or "off".';
  return { properties: { ...properties, schedule: { description, default: schedule } } };
}

function settingsPage(variables, file) {
  const environment = table(
    ['variable', 'default', 'what it is'],
    variables.map((one) => [
      `\`${one.name}\``,
      one.default === null ? 'none' : `\`${one.default}\``,
      one.secret ? `${one.help} Secret: never printed.` : one.help,
    ]),
  );
  const keys = table(
    ['key', 'default', 'what it is'],
    file.map(({ key, value, help, allowed }) => [
      `\`${key}\``,
      `\`${JSON.stringify(value)}\``,
      allowed.length === 0 ? help : `${help} Of: ${allowed.map((word) => `\`${word}\``).join(', ')}.`,
    ]),
  );
  return `# Settings

${WRITTEN}

\`filmbase config\` prints each with its value now and where that is from. A value that is not allowed stops the start
with \`setting_invalid\`, the setting's name and what is allowed.

## Environment variables

An empty variable counts as one that is not set. [.env.example](../.env.example) has them all. Relative paths are meant
from the folder in which Filmbase starts.

${environment}

## filmbase.yaml

The file beside the data folder, or at \`FILMBASE_CONFIG\`. It may be absent, and so may each key. A key that is not
listed here is refused. A variable comes before the key that it sets.

${keys}

\`\`\`yaml
${yamlExample(file)}
\`\`\`
`;
}

/** The defaults as the file would state them. */
function yamlExample(file) {
  const lines = [];
  let before = [];
  for (const { key, value } of file) {
    const path = key.split('.');
    const shared = path.findIndex((name, at) => before[at] !== name);
    path.slice(0, -1).forEach((name, at) => at >= shared && lines.push(`${'  '.repeat(at)}${name}:`));
    lines.push(`${'  '.repeat(path.length - 1)}${path.at(-1)}: ${yamlValue(value)}`);
    before = path;
  }
  return lines.join('\n');
}

function yamlValue(value) {
  if (Array.isArray(value)) return `[${value.join(', ')}]`;
  return typeof value === 'string' ? JSON.stringify(value) : String(value);
}

function environmentExample(variables) {
  const entries = variables.map(
    ({ name, default: fallback, help }) => `# ${help.replaceAll('`', '')}\n# ${name}=${fallback ?? ''}`,
  );
  return `# Every setting that is an environment variable, with its default. Filmbase itself reads no .env file; with
# Node: node --env-file=.env dist/src/main.js serve
# Written by scripts/write-docs.mjs.

${entries.join('\n\n')}
`;
}

function metricsPage(metrics) {
  const rows = Object.entries(metrics).map(([name, { kind, labels, help }]) => [
    `\`${name}\``,
    kind,
    labels.map((label) => `\`${label}\``).join(', '),
    help,
  ]);
  return `# Metrics

${WRITTEN}

\`GET /metrics\` answers in the text format of Prometheus: these, and those of the process that \`prom-client\` collects
(memory, event loop, CPU). Counts and times are of the process that answers; ages, failures and version are what the
database says, the same in each.

${table(['metric', 'kind', 'labels', 'what it is'], rows)}
`;
}

function errorsPage(errors) {
  const rows = Object.entries(errors).map(([code, { status, exit, title, mend }]) => [
    `\`${code}\``,
    String(status),
    String(exit),
    title,
    mend.replaceAll('|', '\\|'),
  ]);
  return `# Errors

${WRITTEN}

Over HTTP an error is a problem document (RFC 9457) whose \`type\` is \`/problems/<code>\`, an address of the same server. On
the command line it is \`code: what is wrong. What to do.\`, with the exit code of the table; usage that is not understood
ends with 2.

${table(['code', 'status', 'exit', 'what it says', 'what to do'], rows)}
`;
}

function verbsPage(verbs) {
  const inServer = verbs.filter((verb) => verb.inServer).map(({ name }) => `\`${name}\``);
  const sections = verbs.map(({ name }) => `## ${name}\n\n\`\`\`text\n${helpOf(name)}\n\`\`\``);
  return `# Verbs

${WRITTEN}

\`npx filmbase <verb>\` from a checkout. Exit code 0: done; 1: failed; 2: the command was wrong. With \`--log json\` each
event is one JSON line. While \`serve\` holds the embedded database, these run in it, through a socket in the data
folder: ${inServer.join(', ')}.

${sections.join('\n\n')}
`;
}

function helpOf(verb) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(root, 'dist/src/main.js'), verb, '--help'],
    { encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(`filmbase ${verb} --help ended with ${status}: ${stderr}`);
  return stdout.trimEnd();
}

function table(headings, rows) {
  return [headings, headings.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const [path, text] of await renderDocs()) writeFileSync(join(root, path), text);
}
