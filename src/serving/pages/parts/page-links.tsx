import type { JSX } from 'preact';

/** To the pages before and after; null: there is none. */
export function PageLinks({ prev, next }: { prev: string | null; next: string | null }): JSX.Element | null {
  if (prev === null && next === null) return null;
  return (
    <nav class="pages" aria-label="Pages">
      {prev !== null && (
        <a href={prev} rel="prev">
          Back
        </a>
      )}
      {next !== null && (
        <a href={next} rel="next">
          Next
        </a>
      )}
    </nav>
  );
}
