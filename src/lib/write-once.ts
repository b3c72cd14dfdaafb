import { link, rm, writeFile } from 'node:fs/promises';

/**
 * Writes `text` to `file`, for its owner's eyes alone, unless the file is there: whole or not at all, and by one of
 * several processes that try at once.
 */
export async function writeOnce(file: string, text: string): Promise<void> {
  const draft = `${file}.${process.pid}`;
  await writeFile(draft, text, { mode: 0o600 });
  try {
    await link(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await rm(draft);
  }
}
