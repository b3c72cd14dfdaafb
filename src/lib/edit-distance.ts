/**
 * How many typing errors lie between two words: letters left out, added, changed, or two neighbours exchanged. With `toPrefix`,
 * between `typed` and the beginning of `word` that is nearest to it. More than `most` are given as `most + 1`.
 */
export function editDistance(typed: string, word: string, most: number, toPrefix = false): number {
  const a = Array.from(typed);
  const b = Array.from(word).slice(0, a.length + most);
  if (a.length - b.length > most || (!toPrefix && Array.from(word).length - a.length > most)) return most + 1;
  let beforeLast: number[] = [];
  let last = b.map((_, at) => at).concat(b.length);
  for (let row = 1; row <= a.length; row += 1) {
    const next = [row];
    for (let at = 1; at <= b.length; at += 1) {
      const same = a[row - 1] === b[at - 1];
      let least = Math.min(
        valueAt(last, at - 1) + (same ? 0 : 1),
        valueAt(last, at) + 1,
        valueAt(next, at - 1) + 1,
      );
      const exchanged = row > 1 && at > 1 && a[row - 1] === b[at - 2] && a[row - 2] === b[at - 1];
      if (exchanged) least = Math.min(least, valueAt(beforeLast, at - 2) + 1);
      next.push(least);
    }
    [beforeLast, last] = [last, next];
  }
  return Math.min(toPrefix ? Math.min(...last) : valueAt(last, b.length), most + 1);
}

function valueAt(row: readonly number[], at: number): number {
  return row[at] ?? Number.POSITIVE_INFINITY;
}
