import type { JSX } from 'preact';

interface Props {
  /** To the pages before and after; null: there is none. */
  readonly prev: string | null;
  readonly next: string | null;
  /** What they are pages of, and what lies before and after, where that is not the page itself. */
  readonly words?: { readonly label: string; readonly prev: string; readonly next: string };
}

const WORDS = { label: 'Pages', prev: 'Back', next: 'Next' };

/** Links to the pages before and after. */
export function PageLinks({ prev, next, words = WORDS }: Props): JSX.Element | null {
  if (prev === null && next === null) return null;
  return (
    <nav class="pages" aria-label={words.label}>
      {prev !== null && (
        <a href={prev} rel="prev">
          {words.prev}
        </a>
      )}
      {next !== null && (
        <a href={next} rel="next">
          {words.next}
        </a>
      )}
    </nav>
  );
}
