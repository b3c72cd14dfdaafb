// npm run bench: installs what is missing, builds, and measures; `npm run bench -- --help` says what.
import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { prepare } from './prepare.mjs';

await prepare();
const main = join(dirname(fileURLToPath(import.meta.url)), '..', 'dist', 'bench', 'main.js');
const bench = spawn(process.execPath, [main, ...process.argv.slice(2)], { stdio: 'inherit' });
bench.on('exit', (code) => process.exit(code ?? 1));
