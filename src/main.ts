import { readFileSync } from 'node:fs';

import { openInstallation } from './app.ts';
import type { Installation } from './app.ts';
import { jsonOutput, textOutput } from './cli/output.ts';
import { loadVerbs, parseInvocation, UsageShown } from './cli/program.ts';
import type { Invocation } from './cli/program.ts';
import { askServer } from './cli/socket.ts';
import type { Output, Verb } from './cli/verb.ts';
import { readConfig } from './config.ts';
import { openLog } from './lib/log.ts';
import { ERRORS, FilmbaseError } from './model/errors.ts';
import { loadSources } from './sources/registry.ts';

// The door: understands the command line, runs the verb here or in the server that holds the installation, and
// turns how it ended into an exit code.

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

async function main(): Promise<number> {
  const verbs = await loadVerbs();
  let invocation: Invocation | null;
  try {
    invocation = parseInvocation(verbs, process.argv.slice(2), version);
  } catch (error) {
    if (error instanceof UsageShown) return 2;
    return sayError(textOutput(process.stderr, process.stderr), error);
  }
  if (invocation === null) return 0;
  const out = invocation.json
    ? jsonOutput(process.stdout, () => performance.now())
    : textOutput(process.stdout, process.stderr);
  try {
    return await run(verbs, invocation, out);
  } catch (error) {
    return sayError(invocation.json ? out : textOutput(process.stderr, process.stderr), error);
  } finally {
    out.endProgress();
  }
}

async function run(
  verbs: readonly Verb[],
  { verb, args, options }: Invocation,
  out: Output,
): Promise<number> {
  const sources = await loadSources();
  const config = readConfig(process.env, process.cwd(), sources);
  const signal = stopSignal();
  const folder = process.cwd();
  if (verb.inServer && config.databaseUrl === null) {
    const exit = await askServer(config.dataFolder, { verb: verb.name, args, options, folder }, out, signal);
    if (exit !== null) return exit;
  }
  const serving = verb.name === 'serve';
  const log = await openLog({
    level: serving ? config.logLevel : quieter(config.logLevel),
    format: config.logFormat ?? (process.stdout.isTTY ? 'pretty' : 'json'),
    folder: config.logFolder,
    secrets: config.secrets,
    // A verb's output is its answer; what it logs goes beside.
    to: serving ? process.stdout : process.stderr,
  });
  let opened: Promise<Installation> | null = null;
  const installation = () => (opened ??= openInstallation(config, sources, log));
  try {
    return await verb.run(
      { config, version, verbs, sources, log, out, signal, folder, installation },
      args,
      options,
    );
  } finally {
    await (opened as Promise<Installation> | null)?.then(
      (open) => open.close(),
      () => undefined,
    );
  }
}

/** What a verb logs of its own accord is only what goes wrong. */
function quieter(level: string): string {
  return level === 'info' ? 'warn' : level;
}

/** Aborted by the first Ctrl-C or SIGTERM; a second ends the process at once. */
function stopSignal(): AbortSignal {
  const controller = new AbortController();
  const stop = () => {
    if (controller.signal.aborted) process.exit(1);
    controller.abort(new FilmbaseError('cancelled', 'Stopped.'));
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  return controller.signal;
}

function sayError(out: Output, error: unknown): number {
  if (error instanceof FilmbaseError) {
    out.say('error', { code: error.code, message: error.message }, error.describe());
    return ERRORS[error.code].exit;
  }
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  out.say('error', { code: 'internal', message: text }, text);
  return 1;
}

// Whoever reads the output may have seen enough, as `head` has.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});

process.exitCode = await main();
