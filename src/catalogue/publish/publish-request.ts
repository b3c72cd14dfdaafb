import type { Lake } from '../../lake/layout.ts';
import type { Timer } from '../../lib/timer.ts';
import type { VersionManifest } from '../../lake/manifests.ts';
import type { Progress } from '../../model/source.ts';
import type { ServedVersion } from './served.ts';

export interface PublishRequest {
  readonly lake: Lake;
  readonly version: VersionManifest;
  readonly idSalt: string;
  /** An empty folder for what is needed only meanwhile. */
  readonly scratch: string;
  /** The share of the served titles that a publish may delete; null: any. */
  readonly maxShrink: number | null;
  /** Build all that is served anew, however small the difference. */
  readonly wholly?: boolean;
  /** It was served before: the feed has told of it, and when it was published is known. */
  readonly servedBefore?: boolean;
  readonly timer: Timer;
  readonly progress: (progress: Progress) => void;
}

/** A publish under way. */
export interface PublishWork extends PublishRequest {
  /** What was served when it began, and must be served still when it ends. */
  readonly served: ServedVersion;
  /** Its manifest, where the lake holds it; else nobody knows what this publish changes. */
  readonly base: VersionManifest | null;
}
