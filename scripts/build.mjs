// Compiles src and bench into dist, with the files beside the code that are no code.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/** What runs on Node, and the scripts of pages, which run in browsers. */
const PROJECTS = ['tsconfig.build.json', 'src/serving/pages/scripts/tsconfig.build.json'];

export function build() {
  for (const project of PROJECTS) compile(project);
  for (const folder of ['src', 'bench']) {
    const [from, to] = [join(root, folder), join(root, 'dist', folder)];
    for (const file of copiedFiles(to)) if (!existsSync(join(from, file))) rmSync(join(to, file));
    for (const file of copiedFiles(from)) {
      mkdirSync(dirname(join(to, file)), { recursive: true });
      cpSync(join(from, file), join(to, file));
    }
  }
}

function compile(project) {
  const tsc = spawnSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', project], {
    cwd: root,
    stdio: 'inherit',
  });
  if (tsc.status !== 0) throw new Error('The build failed; the compiler says why above.');
}

/** What the compiler leaves where it is; not what the bench has made, which lies in a hidden folder. */
function copiedFiles(folder) {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (file) => /\.(sql|json|css|svg)$/.test(file) && !/^\.|tsconfig/.test(file),
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) build();
