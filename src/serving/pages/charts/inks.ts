/** How many inks the stylesheet has for what is told apart in a chart. */
const INKS = 8;

/** The ink of the series at a place; of more than there are, they come again. */
export function inkOf(place: number): string {
  return `var(--ink-${(place % INKS) + 1})`;
}
