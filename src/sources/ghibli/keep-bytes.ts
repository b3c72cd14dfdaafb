import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { RawFile, ReadRequest } from '../../model/source.ts';

/** Writes a document into raw as it came. */
export async function keepBytes(
  { into }: Pick<ReadRequest<unknown>, 'into'>,
  name: string,
  bytes: Buffer,
  origin: Pick<RawFile, 'from' | 'etag' | 'lastModified'>,
): Promise<RawFile> {
  await writeFile(join(into, name), bytes);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { name, bytes: bytes.length, sha256, ...origin };
}
