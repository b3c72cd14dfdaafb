import { rollBack } from '../../sync/rollback.ts';
import { describePublish, PATIENCE_MS } from '../published.ts';
import type { Verb } from '../verb.ts';
import { wholeNumber } from '../whole-number.ts';

export const verb: Verb = {
  name: 'rollback',
  inServer: true,
  declare: (command) =>
    command
      .summary('an older catalogue version, served again')
      .description(
        'Serves an older version that the lake still has again, under a new number. What people wrote since is kept. It stays ' +
          'until a source that is read on schedule says something new, or until the next `filmbase sync`, which merges what ' +
          'sources say now.',
      )
      .argument('<version>', 'the number of the version')
      .option('--allow-shrink', 'publish although more titles would go than the settings allow')
      .addHelpText('after', '\nExample:\n  filmbase rollback 41'),
  run: async ({ installation, out, signal }, [typed = ''], options) => {
    const version = wholeNumber('<version>', typed);
    const { syncWorld } = await installation();
    const world = syncWorld(signal, (progress) => {
      out.progress(progress);
    });
    const allowShrink = options.allowShrink === true;
    const published = await rollBack(world, { version, allowShrink, waitMs: PATIENCE_MS });
    if (published === null) out.say('current', { version }, `Version ${version} is the one that is served.`);
    else
      out.say(
        'published',
        { ...published, of: version },
        `${describePublish(published)} It has the content of version ${version}.`,
      );
    return 0;
  },
};
