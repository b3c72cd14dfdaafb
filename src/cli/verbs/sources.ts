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
        'Lists each source with its state, its last run, when its data were last read or found unchanged, whether that is too long ago, and when it is read next.',
      )
      .addHelpText('after', '\nExample:\n  filmbase sources'),
  run: async ({ installation, out }) => {
    const { db, sources } = await installation();
    const titles = new Map(sources.map(({ name, title }) => [name, title]));
    const listed = await listSources(db, new Date());
    const rows = listed.map(({ name, state, freshAt, ageSeconds, isStale, nextRunAt, run, error }) => [
      name,
      state,
      freshAt,
      ageSeconds === null ? '' : `${ageSeconds} s${isStale ? ', stale' : ''}`,
      nextRunAt,
      run,
      error?.code ?? '',
      titles.get(name) ?? '',
    ]);
    out.say(
      'sources',
      { sources: listed },
      table(['source', 'state', 'fresh at', 'age', 'next run at', 'run', 'error', 'what it is'], rows),
    );
    return 0;
  },
};
