import { createWriteStream } from 'node:fs';
import type { WriteStream } from 'node:fs';
import { once } from 'node:events';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';

/** Files of JSON lines in a folder, one for each kind of row, made when the first row comes. */
export class RowFiles<Name extends string> {
  readonly #folder: string;
  readonly #files = new Map<Name, WriteStream>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  async add(name: Name, row: object): Promise<void> {
    const file = this.#files.get(name) ?? this.#create(name);
    if (!file.write(`${JSON.stringify(row)}\n`)) await once(file, 'drain');
  }

  /** Gives those that have rows, with their paths. */
  async close(): Promise<{ name: Name; path: string }[]> {
    const files = [...this.#files];
    for (const [, file] of files) file.end();
    await Promise.all(files.map(([, file]) => finished(file)));
    return files.map(([name]) => ({ name, path: this.#pathOf(name) }));
  }

  #create(name: Name): WriteStream {
    const file = createWriteStream(this.#pathOf(name));
    this.#files.set(name, file);
    return file;
  }

  #pathOf(name: Name): string {
    return join(this.#folder, `${name}.ndjson`);
  }
}
