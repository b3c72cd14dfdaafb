import type { JSX } from 'preact';

import type { Source } from '../shapes.ts';
import { ageText } from '../words.ts';

/** What is said of a source's state. */
const STATE_WORDS: Readonly<Record<Source['state'], string>> = {
  never: 'never read',
  running: 'being read',
  done: 'read',
  partial: 'read in part',
  unchanged: 'unchanged',
  failed: 'failed',
};

/** A source's state in a word, with a mark by its colour; stale data are said to be so. */
export function SourceState({ source }: { source: Source }): JSX.Element {
  const tone =
    source.state === 'failed' || source.isStale ? 'bad' : source.state === 'never' ? 'idle' : 'good';
  return (
    <span class={`state ${tone}`}>
      {STATE_WORDS[source.state]}
      {source.isStale && ', stale'}
    </span>
  );
}

/** How old a source's data are. */
export function SourceAge({ source }: { source: Source }): JSX.Element {
  if (source.freshAt === null || source.ageSeconds === null) return <span class="muted">–</span>;
  return <time dateTime={source.freshAt}>{ageText(source.ageSeconds)}</time>;
}
