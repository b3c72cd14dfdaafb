import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';

/** Characters that are worth a write. */
const BLOCK_CHARACTERS = 1 << 20;

/** A file of JSON lines, written in blocks. */
export class NdjsonFile {
  readonly #file: FileHandle;
  #block: string[] = [];
  #characters = 0;

  private constructor(file: FileHandle) {
    this.#file = file;
  }

  static async create(path: string): Promise<NdjsonFile> {
    return new NdjsonFile(await open(path, 'w'));
  }

  async add(row: object): Promise<void> {
    const line = `${JSON.stringify(row)}\n`;
    this.#block.push(line);
    this.#characters += line.length;
    if (this.#characters >= BLOCK_CHARACTERS) await this.#flush();
  }

  async close(): Promise<void> {
    await this.#flush();
    await this.#file.close();
  }

  async #flush(): Promise<void> {
    const block = this.#block.join('');
    this.#block = [];
    this.#characters = 0;
    await this.#file.appendFile(block);
  }
}
