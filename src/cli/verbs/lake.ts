import { listCommittedFiles } from '../../lake/committed-files.ts';
import { FilmbaseError } from '../../model/errors.ts';
import type { Verb } from '../verb.ts';

export const verb: Verb = {
  name: 'lake',
  inServer: true,
  declare: (command) =>
    command
      .summary('the committed files of a table of the lake, for other programs')
      .description(
        'Prints the files of a table of the lake that are committed, a line each, oldest first. Others that lie there are of ' +
          'runs that did not end, and are to be left alone.',
      )
      .argument('<action>', 'files')
      .argument(
        '<table>',
        'a table of claims, such as offer; rejects; or a table of the catalogue, such as catalogue/title',
      )
      .addHelpText('after', '\nExample:\n  filmbase lake files offer\n  filmbase lake files catalogue/title'),
  run: async ({ installation, out }, [action, table = '']) => {
    if (action !== 'files')
      throw new FilmbaseError('usage_invalid', `lake ${String(action)}: files is allowed.`);
    const { lake } = await installation();
    const files = await listCommittedFiles(lake, table);
    for (const file of files) out.say('file', { ...file }, file.file);
    if (files.length === 0) out.say('none', { table }, `The lake has no committed files of ${table}.`);
    return 0;
  },
};
