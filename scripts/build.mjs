// Compiles src and bench into dist, with the SQL files beside their callers.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

export function build() {
  const tsc = spawnSync(
    process.execPath,
    [join(root, 'node_modules/typescript/bin/tsc'), '-p', 'tsconfig.build.json'],
    {
      cwd: root,
      stdio: 'inherit',
    },
  );
  if (tsc.status !== 0) throw new Error('The build failed; the compiler says why above.');
  for (const folder of ['src', 'bench']) {
    for (const file of readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })) {
      if (!file.endsWith('.sql')) continue;
      const to = join(root, 'dist', folder, file);
      mkdirSync(dirname(to), { recursive: true });
      cpSync(join(root, folder, file), to);
    }
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) build();
