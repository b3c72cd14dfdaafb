import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { OmdbRequest } from './omdb-request.ts';
import { replaceFile } from './replace-file.ts';

/**
 * The requests that failed when they were last sent, in this run or before, the longest ago first: a line each, in the
 * folder that survives a killed run.
 */
export class FailedRequests {
  readonly #path: string;
  readonly #requests: Set<OmdbRequest>;

  private constructor(path: string, requests: Set<OmdbRequest>) {
    this.#path = path;
    this.#requests = requests;
  }

  static async open(folder: string): Promise<FailedRequests> {
    const path = join(folder, 'failed.txt');
    const text = await readFile(path, 'utf8').catch(() => '');
    // We wrote it ourselves; and nothing is asked of it that is not wanted.
    const requests = text.split('\n').filter((line) => line !== '') as OmdbRequest[];
    return new FailedRequests(path, new Set(requests));
  }

  has(request: OmdbRequest): boolean {
    return this.#requests.has(request);
  }

  list(): readonly OmdbRequest[] {
    return [...this.#requests];
  }

  async add(request: OmdbRequest): Promise<void> {
    this.#requests.delete(request);
    this.#requests.add(request);
    await this.#save();
  }

  async remove(request: OmdbRequest): Promise<void> {
    if (this.#requests.delete(request)) await this.#save();
  }

  #save(): Promise<void> {
    return replaceFile(this.#path, [...this.#requests].map((request) => `${request}\n`).join(''));
  }
}
