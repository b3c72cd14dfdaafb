import { compareVersions } from '../../catalogue/versions/compare-versions.ts';
import type { ComparedTitle, VersionComparison } from '../../catalogue/versions/compare-versions.ts';
import { chosenFormat, sayRecords } from '../formats.ts';
import { table } from '../table.ts';
import type { Output, Verb } from '../verb.ts';
import { grouped, wholeNumber } from '../whole-number.ts';

/** Titles that are printed where `--limit` does not say. */
const SHOWN = '100';

const COLUMNS = ['change', 'id', 'key', 'title', 'field', 'was', 'is'];

export const verb: Verb = {
  name: 'diff',
  inServer: true,
  declare: (command) =>
    command
      .summary('two catalogue versions of the lake, compared')
      .description(
        'Prints what the second version has other than the first: how many titles are created, updated and deleted, and of each ' +
          'update the fields. Lists, such as credits, are told by how many they have.',
      )
      .argument('<a>', 'the number of a version')
      .argument('<b>', 'the number of another')
      .option('--format <format>', 'table, csv or json (default: table)')
      .option('--limit <titles>', 'print at most so many titles', SHOWN)
      .addHelpText(
        'after',
        '\nExample:\n  filmbase diff 41 42\n  filmbase diff 41 42 --format csv --limit 100000',
      ),
  run: async ({ installation, out, signal }, [first = '', second = ''], options) => {
    const format = chosenFormat(options.format, ['table', 'csv', 'json']);
    const versions = { a: wholeNumber('<a>', first), b: wholeNumber('<b>', second) };
    const limit = wholeNumber('--limit', String(options.limit));
    const { lake, openEngine } = await installation();
    const engine = await openEngine('diff', signal);
    try {
      const compared = await compareVersions(engine, lake, { ...versions, limit });
      const said = { ...versions, ...compared };
      if (format === 'json') out.say('diff', said, JSON.stringify(said));
      else if (format === 'csv') sayRecords(out, [COLUMNS, ...compared.titles.flatMap(recordsOf)]);
      else sayTable(out, said);
    } finally {
      await engine.close();
    }
    return 0;
  },
};

function sayTable(out: Output, said: VersionComparison & { readonly a: number; readonly b: number }): void {
  const { a, b, created, updated, deleted, before, titles } = said;
  const counts = `${grouped(created)} created, ${grouped(updated)} updated, ${grouped(deleted)} deleted`;
  const head = `Version ${b} against ${a}, which has ${grouped(before)} titles: ${counts}.`;
  const rows = titles.flatMap(recordsOf);
  const left = created + updated + deleted - titles.length;
  const end = left > 0 ? [`… and ${grouped(left)} titles more: --limit prints them.`] : [];
  out.say('diff', { ...said }, [head, ...(rows.length > 0 ? [table(COLUMNS, rows)] : []), ...end].join('\n'));
}

/** A record for each field of an update, one for any other change. */
function recordsOf({ change, id, key, title, fields }: ComparedTitle): (string | null)[][] {
  const start = [change, id, key, title];
  if (fields.length === 0) return [[...start, null, null, null]];
  return fields.map(({ field, was, is }) => [...start, field, textOf(was), textOf(is)]);
}

function textOf(value: unknown): string | null {
  if (value === null) return null;
  return typeof value === 'string' ? value : JSON.stringify(value);
}
