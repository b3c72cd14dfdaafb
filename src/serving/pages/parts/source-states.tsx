import type { JSX } from 'preact';

import { LOCAL } from '../../../model/source.ts';
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
      {source.name === LOCAL && source.state === 'never' ? 'no entries yet' : STATE_WORDS[source.state]}
      {source.isStale && ', stale'}
    </span>
  );
}

/** How old a source's data are, if there are any. */
export function SourceAge({ source }: { source: Source }): JSX.Element | null {
  if (source.freshAt === null || source.ageSeconds === null) return null;
  return <time dateTime={source.freshAt}>{ageText(source.ageSeconds)}</time>;
}
