import { readdir } from 'node:fs/promises';
import { Command, CommanderError } from 'commander';

import { FilmbaseError } from '../model/errors.ts';
import type { Verb } from './verb.ts';

/** What was typed, understood. */
export interface Invocation {
  readonly verb: Verb;
  readonly args: readonly string[];
  readonly options: Readonly<Record<string, unknown>>;
  /** One JSON line per event, rather than words. */
  readonly json: boolean;
}

/** Every verb: each file in `verbs/` is one. In the order of their names. */
export async function loadVerbs(): Promise<Verb[]> {
  const folder = new URL('./verbs/', import.meta.url);
  const files = (await readdir(folder)).filter((name) => /^[a-z-]+\.(ts|js)$/.test(name));
  return Promise.all(
    files.sort().map(async (name) => ((await import(new URL(name, folder).href)) as { verb: Verb }).verb),
  );
}

/** Understands `argv` (without `node` and the script); null when help or the version was asked for, and printed. */
export function parseInvocation(
  verbs: readonly Verb[],
  argv: readonly string[],
  version: string,
): Invocation | null {
  let invocation: Invocation | null = null;
  const program = new Command('filmbase')
    .description(
      'A self-hosted film catalogue: every byte kept, every value with a known origin, one merged truth served.',
    )
    .version(version)
    .exitOverride()
    .showHelpAfterError()
    .addHelpText('after', '\nSettings are environment variables and filmbase.yaml: filmbase config');
  for (const verb of verbs) {
    const command = verb
      .declare(program.command(verb.name))
      .option('--log <format>', 'json: print one JSON line per event, for programs')
      .exitOverride();
    command.action(() => {
      const { log, ...options } = command.opts<{ log?: string; [option: string]: unknown }>();
      if (log !== undefined && log !== 'json')
        throw new FilmbaseError('usage_invalid', `--log is '${log}': json is allowed.`);
      invocation = { verb, args: command.args, options, json: log === 'json' };
    });
  }
  try {
    program.parse(argv, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return null;
    // Commander has printed what is wrong, and the help.
    throw new UsageShown();
  }
  return invocation;
}

/** The command was wrong, and has been said to be. */
export class UsageShown extends Error {}
