import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, test } from 'vitest';

import { copyHashing, hashFile } from './hashing-copy.ts';

const BYTES = randomBytes(2_500_000);
const DIGEST = { bytes: BYTES.length, sha256: createHash('sha256').update(BYTES).digest('hex') };
let folder: string;
let from: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hashing-'));
  from = join(folder, 'from');
  await writeFile(from, BYTES);
});

afterAll(() => rm(folder, { recursive: true }));

test('a copy is the same bytes, and its digest is theirs', async () => {
  const seen: number[] = [];
  const digest = await copyHashing(from, join(folder, 'to'), { onBytes: (bytes) => seen.push(bytes) });
  expect(digest).toEqual(DIGEST);
  expect((await readFile(join(folder, 'to'))).equals(BYTES)).toBe(true);
  expect(seen.at(-1)).toBe(BYTES.length);
});

test('a file is hashed where it lies', async () => {
  expect(await hashFile(from)).toEqual(DIGEST);
});

test('either stops when told to', async () => {
  const signal = AbortSignal.abort();
  await expect(hashFile(from, { signal })).rejects.toThrow('aborted');
  await expect(copyHashing(from, join(folder, 'stopped'), { signal })).rejects.toThrow('aborted');
});
