import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { beforeAll, describe, expect, it } from 'vitest';
import { parse as parseYaml } from 'yaml';

import { loadReports } from '../src/catalogue/report-rows/load-reports.ts';
import { VARIABLES } from '../src/config/declared-settings.ts';
import { CLAIM_TABLES } from '../src/model/claim-tables.ts';
import { loadSources } from '../src/sources/registry.ts';
import { openTestApi } from './api.ts';
import { describeOnPglite } from './databases.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Folders without documents of ours. */
const ELSEWHERE = new Set(['node_modules', 'dist', 'data', '.git', 'coverage']);

/** Variables of the tests and of others' programs. */
const NOT_SETTINGS = ['TEST_DATABASE_URL', 'CI', 'KEY', 'POSTGRES_PASSWORD'];

const OPTION = /--[a-z-]+/g;

const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');

function documents(folder = ''): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    if (ELSEWHERE.has(entry.name)) return [];
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return documents(path);
    return path.endsWith('.md') ? [path] : [];
  });
}

const DOCUMENTS = documents();

/** The commands of all `sh` blocks, each a line, and those said in text, with the document that has them. */
const COMMANDS = DOCUMENTS.flatMap((path) =>
  [
    ...blocksOf(path, 'sh').flatMap((block) => block.replaceAll(/\\\n\s*/g, '').split('\n')),
    ...(read(path).match(/(?<=`)npx filmbase [^`]+(?=`)/g) ?? []),
  ]
    .map((line) => ({ path, line: line.replace(/\s+#.*$/, '') }))
    .filter(({ line }) => line !== ''),
);

function blocksOf(path: string, language: string): string[] {
  return [...read(path).matchAll(/^```(\w*)\n(.*?)^```$/gms)].flatMap(([, is, block = '']) =>
    is === language ? [block] : [],
  );
}

describe('what is written from declarations', () => {
  let written: ReadonlyMap<string, string>;
  beforeAll(async () => {
    const { renderDocs } = (await import(new URL('../scripts/write-docs.mjs', import.meta.url).href)) as {
      renderDocs: () => Promise<Map<string, string>>;
    };
    written = await renderDocs();
  });

  it.each(['docs/settings.md', '.env.example', 'docs/errors.md', 'docs/verbs.md'])(
    '%s says what they say (`node scripts/write-docs.mjs` writes it)',
    (path) => {
      expect(read(path)).toBe(written.get(path));
    },
  );
});

describe('the documents', () => {
  it('link only to what is there', () => {
    const links = DOCUMENTS.flatMap((path) =>
      [...read(path).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => ({ path, link })),
    );
    expect(links.filter(({ path, link }) => !leadsSomewhere(path, link))).toEqual([]);
  });

  it('name only verbs and options that there are', () => {
    const wrong = COMMANDS.flatMap(({ path, line }) =>
      [...line.matchAll(/(?:npx filmbase|main\.js) ([a-z]+)([^|;)]*)/g)]
        .filter(([, verb = '', rest = '']) => {
          const help = helpOf(verb)?.match(OPTION) ?? null;
          return help === null || (rest.match(OPTION) ?? []).some((option) => !help.includes(option));
        })
        .map(([command]) => ({ path, command })),
    );
    expect(wrong).toEqual([]);
  });

  it('list every verb in the README', () => {
    const listed = [...read('README.md').matchAll(/^\| `([a-z]+)` \| (.*) \|$/gm)];
    const verbs = [...read('docs/verbs.md').matchAll(/^## ([a-z]+)$/gm)].map(([, verb = '']) => verb);
    expect(listed.map(([, verb]) => verb).sort()).toEqual(verbs.sort());
  });

  it('set only variables that there are', async () => {
    const ofSources = (await loadSources()).flatMap((source) => [
      ...Object.keys(source.variables),
      ...(source.secretVariables?.(source.settings.parse({})) ?? []),
    ]);
    const known = [...VARIABLES.map(({ name }): string => name), ...ofSources, ...NOT_SETTINGS];
    const set = COMMANDS.flatMap(({ path, line }) =>
      [...line.matchAll(/(?:^|\s)([A-Z][A-Z_]+)=/g)].map(([, name = '']) => ({ path, name })),
    );
    expect(set.filter(({ name }) => !known.includes(name))).toEqual([]);
  });

  it('run only npm scripts and files that there are', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const wrong = COMMANDS.filter(({ line }) => {
      const script = /\bnpm (?:run )?([a-z]+)/.exec(line)?.[1];
      const file = /\bnode ((?:scripts|dist)\/\S+)/.exec(line)?.[1];
      return (
        (script !== undefined && !(script in scripts)) ||
        (file !== undefined && !existsSync(join(ROOT, file)))
      );
    });
    expect(wrong).toEqual([]);
  });

  it('show the claim tables as they are declared', () => {
    const shown = Object.entries(CLAIM_TABLES).map(([table, columns]) => {
      const list = Object.entries(columns).map(([name, type]) => `\`${name}\` ${type}`);
      return {
        table,
        row: new RegExp(`^\\| \`${table}\` \\| .* \\| (.*) \\|$`, 'm').exec(read('docs/data-model.md'))?.[1],
        list: list.join(', '),
      };
    });
    expect(shown.filter(({ row, list }) => row !== list)).toEqual([]);
  });

  it('describe every report', async () => {
    const described = [...read('docs/reports.md').matchAll(/^\| (`[a-z]+-[a-z`, -]+) \|/gm)].flatMap(
      ([, names = '']) => [...names.matchAll(/`([a-z-]+)`/g)].map(([, name = '']) => name),
    );
    expect(described.sort()).toEqual((await loadReports()).map(({ name }) => name));
  });

  it('show the schema as it is migrated', () => {
    expect(diagramTables()).toEqual(migratedTables());
  });
});

describeOnPglite('the documents', (open) => {
  it('ask only for addresses and parameters that there are', async () => {
    const { db } = await open();
    const app = await openTestApi(db);
    const { paths } = (await app.inject('/openapi.json')).json<OpenApi>();
    await app.close();
    const wrong = requestsIn(paths).filter(({ known }) => !known);
    expect(wrong).toEqual([]);
  });
});

type OpenApi = { paths: Record<string, { get?: { parameters?: { name: string }[] } }> };

/** Addresses in commands, and those said in text as `GET /…`. */
function requestsIn(paths: OpenApi['paths']) {
  const inCommands = COMMANDS.flatMap(({ path, line }) =>
    [...line.matchAll(/http:\/\/127\.0\.0\.1:8000(\/[^\s'"]*)/g)].map(([, url = '']) => ({ path, url })),
  );
  const inText = DOCUMENTS.flatMap((path) =>
    [...read(path).matchAll(/`(?:GET |POST )(\/[^\s`]*)`/g)].map(([, url = '']) => ({ path, url })),
  );
  return [...inCommands, ...inText].map(({ path, url }) => {
    const { pathname, searchParams } = new URL(url, 'http://host');
    const route = decodeURIComponent(pathname)
      .replace(/\.csv$/, '')
      .replace(/\/tt\d+(?=\/|$)/, '/{id}');
    const parameters = paths[route]?.get?.parameters?.map(({ name }) => name) ?? [];
    const known = route in paths && [...searchParams.keys()].every((name) => parameters.includes(name));
    return { path, url, known };
  });
}

/** What docs/verbs.md, which is compared with `--help`, says of `verb`; null if there is none. */
function helpOf(verb: string): string | null {
  const [, ...sections] = read('docs/verbs.md').split(/^## /m);
  return sections.find((section) => section.startsWith(`${verb}\n`)) ?? null;
}

function leadsSomewhere(from: string, link: string): boolean {
  if (/^(https?|mailto):/.test(link)) return true;
  const [file = '', anchor] = link.split('#');
  const path = file === '' ? from : join(dirname(from), file);
  if (!existsSync(join(ROOT, path))) return false;
  if (anchor === undefined) return true;
  const headings = [...read(path).matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) => slug(heading));
  return headings.includes(anchor);
}

function slug(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');
}

/** Tables and their columns in the diagram, in order. */
function diagramTables(): Record<string, string[]> {
  const [diagram = ''] = blocksOf('docs/data-model.md', 'mermaid');
  const tables = [...diagram.matchAll(/^ {2}(\w+) \{\n(.*?)^ {2}\}/gms)];
  return Object.fromEntries(
    tables.map(([, table = '', columns = '']) => [
      table,
      [...columns.matchAll(/^ +(\w+) (\w+)/gm)].map(([, type, column]) => `${column} ${type}`),
    ]),
  );
}

const COLUMN = /([a-z0-9_]+) (double precision|[a-z0-9]+(?:\[\])?)/.source;

/** Tables that the migrations create, and their columns, those that are added later last. */
function migratedTables(): Record<string, string[]> {
  const migrations = readdirSync(join(ROOT, 'migrations')).filter((file) => file.endsWith('.sql'));
  const text = migrations
    .sort()
    .map((file) => read(`migrations/${file}`))
    .join('\n');
  // Whatever else changes columns must be read here too.
  expect(text).not.toMatch(/alter table .*(drop column|rename|type )/i);
  return Object.fromEntries(
    [...text.matchAll(/^create table (\w+) \(\n(.*?)^\);/gms)].map(([, table = '', columns = '']) => {
      const made = columns.matchAll(new RegExp(`^ {2}(?!constraint )${COLUMN}`, 'gm'));
      const added = text.matchAll(new RegExp(`^alter table ${table} add column ${COLUMN}`, 'gm'));
      return [table, [...made, ...added].map(([, column, type = '']) => `${column} ${typeName(type)}`)];
    }),
  );
}

/** A type in one word, as the diagram has it. */
function typeName(type: string): string {
  return type.replace(' ', '_').replace('[]', '_array');
}

describe('the packaging', () => {
  it('copies only what is there', () => {
    const copied = [...read('Dockerfile').matchAll(/^COPY (?!--from)(.*) \S+$/gm)].flatMap(([, from = '']) =>
      from.split(' '),
    );
    expect(copied.length).toBeGreaterThan(0);
    expect(copied.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
    const allowed = read('.dockerignore').split('\n');
    expect(copied.filter((path) => !allowed.includes(`!${path}`))).toEqual([]);
  });

  it('composes services that are healthy before others start, and holds no password', () => {
    const { services } = parseYaml(read('compose.yaml')) as {
      services: Record<string, { environment: Record<string, string>; healthcheck?: object }>;
    };
    expect(Object.keys(services)).toEqual(['filmbase', 'postgres']);
    expect(services.postgres?.healthcheck).toBeDefined();
    expect(services.postgres?.environment.POSTGRES_PASSWORD).toMatch(/^\$\{POSTGRES_PASSWORD:\?/);
    expect(services.filmbase?.environment.DATABASE_URL).toContain('${POSTGRES_PASSWORD:?');
  });
});
