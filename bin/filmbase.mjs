#!/usr/bin/env node
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

// From a checkout, the first call installs and builds.
if (!existsSync(join(root, 'dist', 'src', 'main.js'))) {
  const prepared = spawnSync(process.execPath, [join(root, 'scripts', 'prepare.mjs')], {
    stdio: ['ignore', 2, 2],
  });
  if (prepared.status !== 0) process.exit(1);
}
await import('../dist/src/main.js');
