import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export interface StartedServer {
  /** Without a path. */
  readonly address: string;
  readonly stop: () => Promise<void>;
}

/** `filmbase serve` on a free port. */
export async function startFilmbase(environment: Record<string, string>): Promise<StartedServer> {
  const { firstLine, stop } = await start(
    new URL('../src/main.js', import.meta.url),
    ['serve', '--port', '0', '--log', 'json', '--no-schedule'],
    environment,
  );
  return { address: (JSON.parse(firstLine) as { address: string }).address, stop };
}

/** A server of Node alone that answers with so many bytes. */
export async function startBareServer(bytes: number): Promise<StartedServer> {
  const { firstLine, stop } = await start(new URL('./bare-server.js', import.meta.url), [String(bytes)], {});
  return { address: `http://127.0.0.1:${firstLine}/`, stop };
}

/** Starts a server and waits for its first line. */
async function start(
  script: URL,
  args: readonly string[],
  environment: Record<string, string>,
): Promise<{ firstLine: string; stop: () => Promise<void> }> {
  const server = spawn(process.execPath, [fileURLToPath(script), ...args], {
    env: { ...process.env, LOG_LEVEL: 'warn', ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const firstLine = await new Promise<string>((resolve, reject) => {
    createInterface({ input: server.stdout }).once('line', resolve);
    server.once('exit', (code) => {
      reject(new Error(`${script.pathname} ended with ${String(code)}`));
    });
  });
  const stop = () =>
    new Promise<void>((resolve) => {
      server.removeAllListeners('exit');
      server.once('exit', () => {
        resolve();
      });
      server.kill('SIGTERM');
    });
  return { firstLine, stop };
}
