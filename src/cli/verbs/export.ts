import { createReadStream } from 'node:fs';
import { mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { extname, join, resolve } from 'node:path';

import { EXPORT_FORMATS, exportTable } from '../../catalogue/export/export-table.ts';
import type { ExportFormat, ExportResult } from '../../catalogue/export/export-table.ts';
import { exportDocuments } from '../../catalogue/export/export-documents.ts';
import { EXPORTED_TABLES } from '../../catalogue/export/exported-tables.ts';
import { FilmbaseError } from '../../model/errors.ts';
import type { Source } from '../../model/source.ts';
import { refusePlace } from '../out-file.ts';
import { table } from '../table.ts';
import type { Verb, VerbContext } from '../verb.ts';

export const verb: Verb = {
  name: 'export',
  inServer: true,
  declare: (command) =>
    command
      .summary('a table of the catalogue, as a file')
      .description(
        'Writes a table of the catalogue as last published, in no order of rows. Without a table: lists the tables. ' +
          'What people entered since the last sync comes with the next. <source>-documents writes what a source ' +
          'gave about a series, each answer a file, into the folder FILE.',
      )
      .argument('[table]', 'the table')
      .option(
        '--format <format>',
        `${EXPORT_FORMATS.join(', ')}; without it, by the ending of FILE, else csv`,
      )
      .option('--out <file>', 'the file to write; without it, the standard output')
      .option('--series <series>', 'of <source>-documents: the series, by title or IMDb id')
      .addHelpText(
        'after',
        '\nExample:\n  filmbase export title --out title.parquet\n  filmbase export rating --format ndjson\n' +
          '  filmbase export omdb-documents --series "Game of Thrones" --out got',
      ),
  run: async (context, [name], options) => {
    if (name === undefined) return listTables(context);
    const source = sourceOfDocuments(context, name);
    if (source !== null) return writeDocuments(context, source, options);
    if (options.series !== undefined)
      throw new FilmbaseError('usage_invalid', '--series goes with <source>-documents.');
    const out = typeof options.out === 'string' ? resolve(context.folder, options.out) : null;
    const format = formatOf(typeof options.format === 'string' ? options.format : null, out);
    if (out === null) await exportToOutput(context, name, format);
    else await exportToFile(context, name, format, out);
    return 0;
  },
};

/** The source whose documents `name` asks for, such as `omdb-documents`; null if it asks for something else. */
function sourceOfDocuments({ sources }: VerbContext, name: string): Source | null {
  return sources.find((source) => source.documentFiles !== undefined && name === documentsOf(source)) ?? null;
}

function documentsOf({ name }: Source): string {
  return `${name}-documents`;
}

async function writeDocuments(
  { installation, folder, out }: VerbContext,
  source: Source,
  { series, out: into, format }: Readonly<Record<string, unknown>>,
): Promise<number> {
  if (format !== undefined)
    throw new FilmbaseError('usage_invalid', `--format: ${documentsOf(source)} are JSON as they came.`);
  if (typeof series !== 'string' || typeof into !== 'string')
    throw new FilmbaseError('usage_invalid', `${documentsOf(source)} need --series and --out.`);
  const { lake } = await installation();
  const place = resolve(folder, into);
  const { run, files } = await exportDocuments(lake, source, series, place);
  out.say(
    'documents',
    { source: source.name, run, files, folder: place },
    `${files.length} documents of run ${run} in ${place}`,
  );
  return 0;
}

function listTables({ out, sources }: VerbContext): number {
  const documents = sources.filter((source) => source.documentFiles !== undefined).map(documentsOf);
  const tables = [...Object.keys(EXPORTED_TABLES), ...documents].sort();
  out.say(
    'tables',
    { tables },
    table(
      ['table'],
      tables.map((name) => [name]),
    ),
  );
  return 0;
}

function formatOf(asked: string | null, file: string | null): ExportFormat {
  const given = asked ?? (file === null ? '' : extname(file).slice(1));
  const format = EXPORT_FORMATS.find((known) => known === given);
  if (format !== undefined) return format;
  if (asked === null) return 'csv';
  throw new FilmbaseError(
    'usage_invalid',
    `--format is '${asked}': ${EXPORT_FORMATS.join(', ')} are allowed.`,
  );
}

/** The file is whole under its name, or not there. */
async function exportToFile(
  context: VerbContext,
  name: string,
  format: ExportFormat,
  file: string,
): Promise<void> {
  await refusePlace(file);
  const draft = `${file}.part`;
  try {
    const { version, followSince, rows, bytes } = await write(context, name, format, draft);
    await rename(draft, file);
    const what = { table: name, version, followSince, rows, bytes, file };
    context.out.say(
      'exported',
      what,
      `${name} of version ${version}: ${rows} rows, ${bytes} bytes in ${file}; what changed since: /changes?since=${followSince}`,
    );
  } finally {
    await rm(draft, { force: true });
  }
}

async function exportToOutput(context: VerbContext, name: string, format: ExportFormat): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'filmbase-export-'));
  try {
    const file = join(folder, name);
    await write(context, name, format, file);
    for await (const bytes of createReadStream(file) as AsyncIterable<Buffer>) await context.out.write(bytes);
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function write(
  { installation, signal }: VerbContext,
  table: string,
  format: ExportFormat,
  into: string,
): Promise<ExportResult> {
  const { db, lake, openEngine } = await installation();
  const engine = await openEngine('export', signal);
  try {
    return await exportTable(db, lake, engine, { table, format, into });
  } finally {
    await engine.close();
  }
}
