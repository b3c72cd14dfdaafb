import { reprocess } from '../../sync/reprocess.ts';
import type { ReprocessOutcome } from '../../sync/reprocess.ts';
import { describePublish, PATIENCE_MS } from '../published.ts';
import type { Verb } from '../verb.ts';
import { grouped } from '../whole-number.ts';

export const verb: Verb = {
  name: 'reprocess',
  inServer: true,
  declare: (command) =>
    command
      .summary('claims, catalogue and database made anew from raw, without network')
      .description(
        'Makes claims anew of the raw files that the lake has of each source, under the names of their runs, merges them, and ' +
          'builds what is served anew. Of a source whose raw is gone the claims stay. Offers that are served stay as they were ' +
          'observed.',
      )
      .argument('[source...]', 'the sources; all that were read if none is named')
      .option('--allow-shrink', 'publish although more titles would go than the settings allow')
      .addHelpText('after', '\nExample:\n  filmbase reprocess\n  filmbase reprocess imdb'),
  run: async ({ installation, out, signal }, names, options) => {
    const { syncWorld } = await installation();
    const world = syncWorld(signal, (progress) => {
      out.progress(progress);
    });
    const request = {
      sources: names.flat(),
      allowShrink: options.allowShrink === true,
      waitMs: PATIENCE_MS,
    };
    const published = await reprocess(world, request, (outcome) => {
      out.say('reprocessed', { ...outcome }, describe(outcome));
    });
    if (published === null) out.say('current', {}, 'No source was ever read: filmbase sync');
    else out.say('published', { ...published }, describePublish(published));
    return 0;
  },
};

function describe(outcome: ReprocessOutcome): string {
  const { source, run } = outcome;
  if (outcome.state === 'kept')
    return `${source}: the claims of run ${run} are kept, since raw lacks ${outcome.missing.join(', ')}`;
  const rows = Object.entries(outcome.manifest.claims).map(
    ([table, count]) => `${grouped(count)} of ${table}`,
  );
  return `${source}: run ${run} claimed anew: ${rows.join(', ')}`;
}
