import { readFileSync } from 'node:fs';

/** The text of the SQL file at `relative` beside `importMetaUrl`. Read once, when its module loads. */
export function sqlFile(importMetaUrl: string, relative: string): string {
  return readFileSync(new URL(relative, importMetaUrl), 'utf8');
}
