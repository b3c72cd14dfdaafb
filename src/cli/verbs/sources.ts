import { listSources } from '../../catalogue/queries/list-sources.ts';
import { table } from '../table.ts';
import type { Verb } from '../verb.ts';

export const verb: Verb = {
  name: 'sources',
  inServer: true,
  declare: (command) =>
    command
      .summary('each source: state, last run, when it was read')
      .description(
        'Lists each source with its state, its last run, and when its data were last read or found unchanged.',
      )
      .addHelpText('after', '\nExample:\n  filmbase sources'),
  run: async ({ installation, out }) => {
    const { db, sources } = await installation();
    const titles = new Map(sources.map(({ name, title }) => [name, title]));
    const listed = await listSources(db);
    const rows = listed.map(({ name, state, freshAt, run, error }) => [
      name,
      state,
      freshAt,
      run,
      error?.code ?? '',
      titles.get(name) ?? '',
    ]);
    out.say(
      'sources',
      { sources: listed },
      table(['source', 'state', 'fresh at', 'run', 'error', 'what it is'], rows),
    );
    return 0;
  },
};
