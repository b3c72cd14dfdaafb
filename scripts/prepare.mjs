// Installs what is missing and builds what has changed; quick where nothing has.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/** npm writes what it has installed beside it; where that is not what the lockfile says, installs anew. */
function isInstalled() {
  const installed = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(installed)) return false;
  const { packages: wanted } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  const { packages: got } = JSON.parse(readFileSync(installed, 'utf8'));
  return Object.entries(wanted).every(
    ([name, { version, optional }]) => name === '' || optional || got[name]?.version === version,
  );
}

export async function prepare() {
  if (!isInstalled()) {
    console.error('Installing dependencies …');
    const npm = spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
      cwd: root,
      stdio: ['ignore', 2, 2],
      shell: process.platform === 'win32',
    });
    if (npm.status !== 0) throw new Error('npm ci failed; it says why above.');
  }
  const { build } = await import('./build.mjs');
  build();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await prepare();
