import { searchTitles, type FoundTitle } from '../../catalogue/queries/search-titles.ts';
import { FilmbaseError } from '../../model/errors.ts';
import { table } from '../table.ts';
import type { Verb } from '../verb.ts';

/** Titles that are shown. */
const SHOWN = 10;

export const verb: Verb = {
  name: 'search',
  inServer: true,
  declare: (command) =>
    command
      .summary('ten titles that words may mean')
      .description(
        `Prints the ${SHOWN} titles that the words may mean, most relevant first. They may be mistyped, missing or in another order, the last may be only begun, and one may be the year.`,
      )
      .argument('<words...>', 'words of the title, the original or another one, or the year')
      .addHelpText(
        'after',
        '\nExample:\n  filmbase search spirted away\n  filmbase search lord of rings 2003',
      ),
  run: async ({ installation, out }, args) => {
    const text = args.flat().join(' ');
    if (text.trim() === '') throw new FilmbaseError('usage_invalid', 'The words to search for are empty.');
    const { db } = await installation();
    const { titles } = await searchTitles(db, text, { limit: SHOWN, kinds: [] });
    out.say('found', { titles }, shown(titles));
    return 0;
  },
};

function shown(found: readonly FoundTitle[]): string {
  if (found.length === 0) return 'Nothing is called like that.';
  return table(
    ['title', 'year', 'kind', 'rating', 'votes', 'id'],
    found.map(({ title, year, kind, rating, votes, id }) => [
      title,
      year === null ? null : String(year),
      kind,
      rating,
      votes,
      id,
    ]),
  );
}
