import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import { createGunzip } from 'node:zlib';

import { isGzip } from './gzip-file.ts';

/**
 * The lines of a file, gzipped or not, that are not empty, numbered from 1; ended by LF alone, since JSON may hold the other
 * line separators of Unicode.
 */
export async function* readLines(path: string): AsyncGenerator<{ line: number; text: string }> {
  const decoder = new StringDecoder('utf8');
  let line = 0;
  let rest = '';
  for await (const bytes of await openBytes(path)) {
    const texts = `${rest}${decoder.write(bytes as Buffer)}`.split('\n');
    rest = texts.pop() ?? '';
    for (const text of texts) {
      line += 1;
      if (text.trim() !== '') yield { line, text };
    }
  }
  rest += decoder.end();
  if (rest.trim() !== '') yield { line: line + 1, text: rest };
}

/** A failure of the file is one of the stream that is read. */
async function openBytes(path: string): Promise<Readable> {
  const isPacked = await isGzip(path);
  const file = createReadStream(path);
  if (!isPacked) return file;
  const plain = createGunzip();
  file.on('error', (error) => plain.destroy(error));
  return file.pipe(plain);
}
