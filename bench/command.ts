import { execFile, spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** How often the memory of a command is looked at. */
const SAMPLE_MS = 100;

const MAIN = fileURLToPath(new URL('../src/main.js', import.meta.url));

export interface Finished {
  /** From the start of the process to its end. */
  readonly ms: number;
  /** The most resident memory of the command and its children together, as seen ten times a second; null where the system does not say. */
  readonly peakMb: number | null;
  /** Its JSON events. */
  readonly events: readonly Record<string, unknown>[];
}

/** Runs `filmbase <args> --log json` to its end; throws with its output if it fails. */
export async function filmbase(
  args: readonly string[],
  environment: Record<string, string>,
): Promise<Finished> {
  const start = performance.now();
  const command = spawn(process.execPath, [MAIN, ...args, '--log', 'json'], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let peak = 0;
  const sampling = setInterval(() => {
    peak = Math.max(peak, residentMb(command.pid ?? 0));
  }, SAMPLE_MS);
  const events: Record<string, unknown>[] = [];
  for await (const line of createInterface({ input: command.stdout })) {
    events.push(JSON.parse(line) as Record<string, unknown>);
  }
  const code =
    command.exitCode ?? (await new Promise<number | null>((resolve) => command.once('exit', resolve)));
  clearInterval(sampling);
  if (code !== 0)
    throw new Error(
      `filmbase ${args.join(' ')} ended with ${String(code)}: ${JSON.stringify(events.at(-1))}`,
    );
  return { ms: performance.now() - start, peakMb: peak > 0 ? peak : null, events };
}

/** Runs a program to its end and gives what it printed; null if there is no such program. */
export function program(
  name: string,
  args: readonly string[],
  options: { maxBuffer?: number } = {},
): Promise<string | null> {
  return new Promise((resolve, reject) => {
    execFile(name, args, { maxBuffer: 1 << 26, ...options }, (error, stdout) => {
      if (error === null) resolve(stdout);
      else if (error.code === 'ENOENT') resolve(null);
      else reject(new Error(`${name} failed`, { cause: error }));
    });
  });
}

/** Milliseconds that `gzip -dc` takes for the files: the least that any loader of them could. */
export async function inflateMs(files: readonly string[]): Promise<number> {
  const start = performance.now();
  await new Promise<void>((resolve, reject) => {
    const gzip = spawn('gzip', ['-dc', ...files], { stdio: ['ignore', 'ignore', 'inherit'] });
    gzip.once('error', reject);
    gzip.once('exit', () => {
      resolve();
    });
  });
  return performance.now() - start;
}

/** The resident memory of a process and its children, by /proc; 0 where there is none. */
function residentMb(pid: number): number {
  const children = existsSync(`/proc/${pid}/task`)
    ? readdirSync(`/proc/${pid}/task`).flatMap((task) =>
        readText(`/proc/${pid}/task/${task}/children`).split(' ').filter(Boolean),
      )
    : [];
  const own = Number(/VmRSS:\s+(\d+) kB/.exec(readText(`/proc/${pid}/status`))?.[1] ?? 0) / 1024;
  return own + children.reduce((total, child) => total + residentMb(Number(child)), 0);
}

/** Empty for what is gone by the time that it is read. */
function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
