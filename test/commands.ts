import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';

// The real command line, in processes of its own.

const MAIN = builtFile('src/main.js');

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

/** Ends whatever was started and is running still. */
export async function endCommands(): Promise<void> {
  await Promise.all([...running].map((command) => command.kill('SIGKILL')));
}

/**
 * Starts `filmbase` with these arguments; of the environment it gets the path and what `environment` says. `node`:
 * arguments for Node itself.
 */
export function startCommand(
  args: readonly string[],
  environment: Environment,
  node: readonly string[] = [],
): Command {
  const child = spawn(process.execPath, [...node, MAIN, ...args], {
    env: { PATH: process.env.PATH, ...environment },
    cwd: '/',
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

/**
 * Starts `filmbase serve` on a free port, and waits until it serves. Nothing is read on schedule, unless the environment says
 * where Ghibli's films are: no test asks the world.
 */
export async function startServer(
  environment: Environment,
  args: readonly string[] = [],
  node: readonly string[] = [],
): Promise<TestServer> {
  const schedule = 'GHIBLI_BASE_URL' in environment ? [] : ['--no-schedule'];
  const serve = ['serve', '--port', '0', '--log', 'json', ...schedule, ...args];
  const command = startCommand(serve, environment, node);
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

/** The ids of the processes that were started with `folder` as their data folder, their children too. By /proc; none elsewhere. */
export function processesOf(folder: string): number[] {
  if (!existsSync('/proc/self/environ')) return [];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => environmentOf(pid).includes(`FILMBASE_DATA=${folder}`))
    .map(Number);
}

/** Empty for a process that has ended meanwhile. */
function environmentOf(pid: string): string[] {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0');
  } catch {
    return [];
  }
}

/** A file of the build, by its place in `dist`. */
export function builtFile(place: string): string {
  return join(projectFolder(import.meta.dirname), 'dist', place);
}

function projectFolder(folder: string): string {
  return existsSync(join(folder, 'package.json')) ? folder : projectFolder(dirname(folder));
}
