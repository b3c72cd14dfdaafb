import { open, readFile, rm } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { join } from 'node:path';

import { formatDocument, parseDocument } from './omdb-document.ts';
import type { OmdbDocument } from './omdb-document.ts';
import { replaceFile } from './replace-file.ts';

/**
 * The documents that came and are in no committed raw file yet, a line each, in the folder that survives a killed run. A
 * document is on disk before the next is asked for.
 *
 * A line leaves it only when a later run finds it in the raw files that it is handed: whatever happens between writing
 * raw and committing the run, no document is lost.
 */
export class Journal {
  readonly #path: string;
  readonly #file: FileHandle;
  readonly #lines: string[];

  private constructor(path: string, file: FileHandle, lines: string[]) {
    this.#path = path;
    this.#file = file;
    this.#lines = lines;
  }

  /** Opens the journal in `folder`; a last line that was torn by a kill is dropped, to be asked for again. */
  static async open(folder: string): Promise<Journal> {
    const path = join(folder, 'journal.ndjson');
    const text = await readFile(path, 'utf8').catch(() => '');
    const lines = text.split('\n').filter((line) => parseDocument(line) !== null);
    const whole = lines.map((line) => `${line}\n`).join('');
    if (whole !== text) await replaceFile(path, whole);
    return new Journal(path, await open(path, 'a'), lines);
  }

  get lines(): readonly string[] {
    return this.#lines;
  }

  async add(document: OmdbDocument): Promise<void> {
    const line = formatDocument(document);
    await this.#file.appendFile(`${line}\n`);
    await this.#file.datasync();
    this.#lines.push(line);
  }

  close(): Promise<void> {
    return this.#file.close();
  }

  /** Opens the journal again without the lines of `committed`. */
  async without(committed: ReadonlySet<string>, folder: string): Promise<Journal> {
    await this.close();
    const left = this.#lines.filter((line) => !committed.has(line));
    if (left.length === 0) await rm(this.#path, { force: true });
    else if (left.length < this.#lines.length)
      await replaceFile(this.#path, left.map((line) => `${line}\n`).join(''));
    return Journal.open(folder);
  }
}
