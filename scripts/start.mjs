// npm start: installs what is missing, builds, and serves; the first time with the bundled sample.
import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { prepare } from './prepare.mjs';

await prepare();
const main = join(dirname(fileURLToPath(import.meta.url)), '..', 'dist', 'src', 'main.js');
const server = spawn(process.execPath, [main, 'serve', '--try-out', ...process.argv.slice(2)], {
  stdio: 'inherit',
});
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => server.kill(signal));
server.on('exit', (code) => process.exit(code ?? 1));
