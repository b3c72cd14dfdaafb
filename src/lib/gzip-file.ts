import { open } from 'node:fs/promises';

/** Whether the file is gzipped, seen by its first bytes: a name says little. */
export async function isGzip(path: string): Promise<boolean> {
  const bytes = await firstBytes(path, 2);
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/** The first `count` bytes of the file, or all where it has fewer. */
export async function firstBytes(path: string, count: number): Promise<Buffer> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(count), 0, count, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
