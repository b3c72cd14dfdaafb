// Writes what the docs say of settings, errors and verbs from their declarations in dist: node scripts/write-docs.mjs
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

const WRITTEN =
  '<!-- Written by `node scripts/write-docs.mjs`; test/docs.test.ts compares it with the declarations. -->';

/** What the keys of filmbase.yaml are for; each key that the configuration has must be here. */
const FILE_SETTINGS = {
  'keep.rawRuns': 'Runs of a source whose raw files are kept.',
  'keep.claimRuns':
    'Runs of a source whose claims, rejects and manifest are kept; never fewer than `keep.rawRuns`.',
  'keep.versions': 'Catalogue versions that are kept; the one served always is.',
  'publish.maxShrink':
    'The share of the titles served, 0 to 1, that a publish may delete without `--allow-shrink`.',
  'sources.imdb.kinds': 'The kinds of title that enter the catalogue; the others are counted as `outside`.',
  'sources.imdb.files': 'The files that are read; `title.basics` must be among them.',
  'sources.imdb.url': 'A base URL, under which `<file>.tsv.gz` lies, or a folder or file on this machine.',
  'sources.imdb.schedule': 'Checked and kept, but nothing runs by it yet: there is no scheduler.',
};

/** The documents by their paths from the root. */
export async function renderDocs() {
  const [{ VARIABLES, readConfig }, { loadSources }, { ERRORS }, { loadVerbs }] = await Promise.all(
    ['config', 'sources/registry', 'model/errors', 'cli/program'].map(
      (name) => import(pathToFileURL(join(root, 'dist/src', `${name}.js`)).href),
    ),
  );
  const sources = await loadSources();
  const variables = [...VARIABLES, ...sources.flatMap(sourceVariables)];
  const { z } = await import('zod');
  return new Map([
    ['docs/settings.md', settingsPage(variables, fileSettings(readConfig({}, root, sources), sources, z))],
    ['.env.example', environmentExample(variables)],
    ['docs/errors.md', errorsPage(ERRORS)],
    ['docs/verbs.md', verbsPage(await loadVerbs())],
  ]);
}

function sourceVariables(source) {
  return Object.entries(source.variables).map(([name, { setting, help }]) => ({
    name,
    default: null,
    help: `Sets \`sources.${source.name}.${setting}\`: ${help}.`,
    secret: false,
  }));
}

/** Every key of the file with its default and, where its schema lists them, the values that it takes. */
function fileSettings({ keep, maxShrink, sources: settings }, sources, z) {
  const defaults = flat({ keep, publish: { maxShrink }, sources: Object.fromEntries(settings) });
  const words = Object.keys(FILE_SETTINGS);
  const amiss = [
    ...Object.keys(defaults).filter((key) => !words.includes(key)),
    ...words.filter((key) => !(key in defaults)),
  ];
  if (amiss.length > 0) throw new Error(`FILE_SETTINGS and the configuration differ in ${amiss.join(', ')}.`);
  const allowed = Object.fromEntries(
    sources.flatMap(({ name, settings: schema }) =>
      Object.entries(z.toJSONSchema(schema, { io: 'input' }).properties ?? {}).map(([key, property]) => [
        `sources.${name}.${key}`,
        property.enum ?? property.items?.enum ?? [],
      ]),
    ),
  );
  return Object.entries(defaults).map(([key, value]) => ({
    key,
    value,
    help: FILE_SETTINGS[key],
    allowed: allowed[key] ?? [],
  }));
}

function flat(value, path = []) {
  const isBranch = value !== null && typeof value === 'object' && !Array.isArray(value);
  if (!isBranch) return { [path.join('.')]: value };
  return Object.assign({}, ...Object.entries(value).map(([key, under]) => flat(under, [...path, key])));
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
