import { mkdir, open, readdir, rename, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/**
 * Writes `text` to `file` by way of `draft`, on the same disk, so that, whenever the machine stops, the file is there whole
 * or not at all.
 */
export async function writeDurably(file: string, draft: string, text: string): Promise<void> {
  await Promise.all([file, draft].map((path) => mkdir(dirname(path), { recursive: true })));
  const handle = await open(draft, 'w');
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(draft, file);
  await syncToDisk(dirname(file));
}

/** Moves a file, or a folder of files, on one disk, and has both the content and the new name reach the disk. */
export async function moveDurably(from: string, to: string): Promise<void> {
  if ((await stat(from)).isDirectory()) {
    for (const name of await readdir(from)) await syncToDisk(join(from, name));
  }
  await syncToDisk(from);
  await mkdir(dirname(to), { recursive: true });
  await rename(from, to);
  await syncToDisk(dirname(to));
}

async function syncToDisk(fileOrFolder: string): Promise<void> {
  const handle = await open(fileOrFolder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
