import type { PublishResult } from '../catalogue/publish/publish.ts';
import { grouped } from './whole-number.ts';

/** How long a verb waits for a sync that another process does, such as a scheduled one. */
export const PATIENCE_MS = 120_000;

/** What a publish did, in a sentence. */
export function describePublish({ version, difference }: PublishResult): string {
  const { created, updated, deleted } = difference;
  return `Published version ${version}: ${grouped(created)} created, ${grouped(updated)} updated, ${grouped(deleted)} deleted.`;
}
