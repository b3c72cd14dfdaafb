import { resolve } from 'node:path';

import { FilmbaseError } from '../../model/errors.ts';
import { isAddress } from '../../sources/raw-files.ts';
import type { RunOutcome } from '../../sync/run-source.ts';
import { sync } from '../../sync/sync.ts';
import type { SyncResult } from '../../sync/sync.ts';
import { describePublish, PATIENCE_MS } from '../published.ts';
import type { Output, Verb } from '../verb.ts';
import { grouped, wholeNumber } from '../whole-number.ts';

export const verb: Verb = {
  name: 'sync',
  inServer: true,
  declare: (command) =>
    command
      .summary('read sources, merge what they say, publish the catalogue')
      .description('Reads the named sources (all if none is named), merges what they say, and publishes it.')
      .argument('[source...]', 'the sources to read')
      .option(
        '--from <place>',
        "a folder, a file or a URL to read instead of the provider's own place; for one source",
      )
      .option('--limit <titles>', 'take at most so many titles, to try things out')
      .option('--allow-shrink', 'publish although more titles would go than the settings allow')
      .option('--dry-run', 'read and count, and leave nothing behind')
      .addHelpText(
        'after',
        '\nExample:\n  filmbase sync imdb --from ./downloads\n  filmbase sync imdb          # from IMDb, as the settings say',
      ),
  run: async ({ installation, out, signal, folder }, names, options) => {
    const from = typeof options.from === 'string' ? options.from : null;
    if (from !== null && names.length !== 1)
      throw new FilmbaseError('usage_invalid', '--from goes with one source, named.');
    const request = {
      sources: names,
      from: from === null || isAddress(from) ? from : resolve(folder, from),
      limit: typeof options.limit === 'string' ? wholeNumber('--limit', options.limit) : null,
      allowShrink: options.allowShrink === true,
      dryRun: options.dryRun === true,
      waitMs: PATIENCE_MS,
    };
    const { syncWorld } = await installation();
    const world = syncWorld(signal, (progress) => {
      out.progress(progress);
    });
    const result = await sync(world, request, (outcome) => {
      sayRun(out, outcome);
    });
    sayPublished(out, result, request.dryRun);
    return result.runs.some(({ state }) => state === 'failed' || state === 'skipped') ? 1 : 0;
  },
};

function sayRun(out: Output, outcome: RunOutcome): void {
  if (outcome.state === 'failed' || outcome.state === 'skipped') {
    const { error, source, state } = outcome;
    const text = error instanceof FilmbaseError ? error.describe() : String(error);
    const code = error instanceof FilmbaseError ? error.code : 'internal';
    out.say('run', { source, state, error: { code, message: text } }, `${source}: ${state}\n  ${text}`);
    return;
  }
  if (outcome.state === 'unchanged') {
    out.say('run', { ...outcome }, `${outcome.source}: unchanged`);
    return;
  }
  const { manifest, source, run, state } = outcome;
  const lines = manifest.files.map(
    ({ file, read, claimed, outside, rejected, reasons }) =>
      `  ${file}: ${grouped(read)} read = ${grouped(claimed)} claimed + ${grouped(outside)} outside + ${grouped(rejected)} rejected${reasonsOf(reasons)}`,
  );
  const partialText = manifest.partial === null ? '' : `, in part: ${manifest.partial.message}`;
  const data = {
    source,
    run,
    state,
    partial: manifest.partial,
    files: manifest.files,
    claims: manifest.claims,
    phases: manifest.phases,
  };
  out.say('run', data, [`${source}: run ${run}${partialText}`, ...lines].join('\n'));
}

function reasonsOf(reasons: Readonly<Record<string, number>>): string {
  const parts = Object.entries(reasons).map(([reason, count]) => `${reason} ${grouped(count)}`);
  return parts.length === 0 ? '' : ` (${parts.join(', ')})`;
}

function sayPublished(out: Output, { published, served, phases }: SyncResult, dryRun: boolean): void {
  const times = phases.map(({ name, ms }) => `${name} ${(ms / 1000).toFixed(1)} s`).join(', ');
  if (dryRun) {
    out.say('tried', { phases }, `Nothing was kept (--dry-run). ${times}`);
  } else if (published === null) {
    const what = served ? 'The catalogue served is the latest.' : 'No catalogue is served yet.';
    out.say('current', { phases }, `${what} ${times}`);
  } else {
    out.say('published', { ...published, phases }, `${describePublish(published)} ${times}`);
  }
}
