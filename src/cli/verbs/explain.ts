import { findTitleOrigins, parseTitleId } from '../../catalogue/queries/find-title.ts';
import type { FoundTitle } from '../../catalogue/queries/find-title.ts';
import type { Queryable } from '../../db/database.ts';
import { FilmbaseError } from '../../model/errors.ts';
import type { LosingWord, Origin } from '../../model/tell-origins.ts';
import { table } from '../table.ts';
import type { Verb } from '../verb.ts';

/** Characters of a value in a table, which is for the eye. */
const SHOWN = 50;

type Origins = Readonly<Record<string, Origin>>;

export const verb: Verb = {
  name: 'explain',
  inServer: true,
  declare: (command) =>
    command
      .summary('where the values of a title come from')
      .description(
        "Prints each value that is served of a title with its source, the source's own key, the run and when it was read, " +
          'and what other sources said and why their word is not served.',
      )
      .argument('<id>', 'the id of the title, or its IMDb id')
      .argument('[field]', 'one field, as the API names it')
      .addHelpText('after', '\nExample:\n  filmbase explain tt0133093\n  filmbase explain tt0133093 budget'),
  run: async ({ installation, out }, [id = '', field]) => {
    const { db, idSalt } = await installation();
    const origins = await originsAt(db, parseTitleId(idSalt, id), id);
    for (const name of field === undefined ? [] : [field]) refuseField(origins, name);
    const told = Object.entries(origins).filter(([name]) => field === undefined || name === field);
    out.say('provenance', { id, fields: Object.fromEntries(told) }, shown(told));
    return 0;
  },
};

/** Of a title of whatever section, under whatever id. */
async function originsAt(db: Queryable, id: string | null, asked: string): Promise<Origins> {
  let found: FoundTitle | null = id === null ? null : await findTitleOrigins(db, { section: 'films', id });
  if (found?.at === 'elsewhere') found = await findTitleOrigins(db, found.address);
  if (found?.at === 'here') return (JSON.parse(found.json) as { data: Origins }).data;
  if (found?.at === 'gone')
    throw new FilmbaseError('title_gone', `Every source has dropped the title with the id ${asked}.`);
  throw new FilmbaseError('title_not_found', `No title has the id ${asked}.`);
}

function refuseField(origins: Origins, field: string): void {
  if (Object.hasOwn(origins, field)) return;
  const fields = Object.keys(origins).join(', ');
  throw new FilmbaseError('usage_invalid', `Nothing is told of ${field}; fields are: ${fields}.`);
}

function shown(told: readonly (readonly [string, Origin])[]): string {
  const rows = told.flatMap(([field, origin]) => [
    [field, ...cells(origin), servedAs(origin)],
    ...origin.others.map((other) => ['', ...cells(other), other.why]),
  ]);
  return table(['field', 'value', 'source', 'key', 'run', 'read', ''], rows);
}

function cells({ value, source, sourceKey, run, readAt }: Origin | LosingWord): (string | null)[] {
  return [textOf(value), source, sourceKey, run, readAt];
}

function servedAs({ source, byHand, madeOf }: Origin): string {
  if (madeOf !== null) return `made of ${madeOf}`;
  if (byHand) return 'served: set by hand';
  return source === null ? '' : 'served';
}

function textOf(value: unknown): string | null {
  if (value === null) return null;
  const text = (typeof value === 'string' ? value : JSON.stringify(value)).replaceAll(/\s+/g, ' ');
  return text.length <= SHOWN ? text : `${text.slice(0, SHOWN - 1)}…`;
}
