// npm start: installs what is missing, builds, and serves; the first time with the bundled sample. Where nobody has written
// settings, the providers that are asked over HTTP are simulated, so that all can be tried without a network.
import { spawn } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

import { prepare } from './prepare.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/** Whether someone has said in a file what is to be read. */
function hasSettings() {
  const data = resolve(process.env.FILMBASE_DATA || './data');
  return Boolean(process.env.FILMBASE_CONFIG) || existsSync(join(dirname(data), 'filmbase.yaml'));
}

/** The simulated providers as Filmbase is told of them; what the environment says already counts. */
async function sampleEnvironment() {
  const { openSampleProviders } = await import('../dist/samples/simulators/sample-providers.js');
  const { environment, settings } = await openSampleProviders(join(root, 'samples'));
  const file = join(root, 'dist', 'sample-settings.yaml');
  writeFileSync(file, JSON.stringify(settings, null, 2));
  const simulated = { ...environment, FILMBASE_CONFIG: file };
  if (process.env.GHIBLI_BASE_URL) delete simulated.GHIBLI_BASE_URL;
  if (process.env.OMDB_BASE_URL || process.env.OMDB_API_KEY) {
    delete simulated.OMDB_BASE_URL;
    delete simulated.OMDB_API_KEY;
  }
  return simulated;
}

await prepare();
const env = { ...process.env, ...(hasSettings() ? {} : await sampleEnvironment()) };
const main = join(root, 'dist', 'src', 'main.js');
const server = spawn(process.execPath, [main, 'serve', '--try-out', ...process.argv.slice(2)], {
  stdio: 'inherit',
  env,
});
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => server.kill(signal));
server.on('exit', (code) => process.exit(code ?? 1));
