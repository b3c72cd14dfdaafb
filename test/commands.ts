import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

import { afterEach } from 'vitest';

// The real command line, in processes of its own.

const MAIN = fileURLToPath(new URL('../dist/src/main.js', import.meta.url));

export interface Outcome {
  /** Null for a process that a signal ended. */
  readonly exit: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A process of ours. */
export interface Command {
  readonly pid: number;
  readonly ended: Promise<Outcome>;
  readonly child: ChildProcess;
  /** Ends it with this signal, and waits for its end. */
  kill(signal: NodeJS.Signals): Promise<Outcome>;
  /** The first line of its output that `wanted` takes; throws when it ends without one. */
  line(wanted: (line: string) => boolean): Promise<string>;
}

/** The variables of an installation: `FILMBASE_DATA` and what else a test sets. */
export type Environment = Readonly<Record<string, string>>;

const running = new Set<Command>();

/** Whatever a test of this file left running ends with it; to be called at the head of a test file. */
export function endCommandsAfterEach(): void {
  afterEach(async () => {
    await Promise.all([...running].map((command) => command.kill('SIGKILL')));
  });
}

/** Starts `filmbase` with these arguments; of the environment it gets the path and what `environment` says. */
export function startCommand(args: readonly string[], environment: Environment): Command {
  const child = spawn(process.execPath, [MAIN, ...args], {
    env: { PATH: process.env.PATH, ...environment },
    cwd: environment.FILMBASE_DATA ?? '/',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  const lines: string[] = [];
  const onLine = new Set<() => void>();
  child.stderr.on('data', (text: Buffer) => (stderr += text.toString()));
  child.stdout.on('data', (text: Buffer) => (stdout += text.toString()));
  createInterface({ input: child.stdout }).on('line', (line) => {
    lines.push(line);
    for (const look of onLine) look();
  });
  const ended = new Promise<Outcome>((resolve) => {
    child.on('close', (exit) => {
      running.delete(command);
      resolve({ exit, stdout, stderr });
    });
  });
  const command: Command = {
    pid: child.pid ?? 0,
    ended,
    child,
    kill: (signal) => {
      child.kill(signal);
      return ended;
    },
    line: (wanted) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const found = lines.find(wanted);
          if (found === undefined) return;
          onLine.delete(look);
          resolve(found);
        };
        onLine.add(look);
        look();
        void ended.then(() => {
          reject(new Error(`It ended without the line. It said:\n${stdout}\n${stderr}`));
        });
      }),
  };
  running.add(command);
  return command;
}

/** Runs `filmbase` to its end. */
export function runCommand(args: readonly string[], environment: Environment): Promise<Outcome> {
  return startCommand(args, environment).ended;
}

export interface TestServer extends Command {
  /** Such as `http://127.0.0.1:41234`. */
  readonly address: string;
}

/** Starts `filmbase serve` on a free port, and waits until it serves. */
export async function startServer(
  environment: Environment,
  args: readonly string[] = [],
): Promise<TestServer> {
  const command = startCommand(['serve', '--port', '0', '--log', 'json', ...args], environment);
  const line = await command.line((text) => text.includes('"event":"serving"'));
  return { ...command, address: (JSON.parse(line) as { address: string }).address };
}

/** The events that a verb printed with `--log json`. */
export function eventsOf(outcome: Outcome): Record<string, unknown>[] {
  return outcome.stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}
