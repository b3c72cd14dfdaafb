/** A word of at least so many letters may be mistyped: of fewer, nearly any word would do. */
export const LEAST_MISTYPED = 4;

/** Words of up to so many letters are also looked for among the short words, of which stretches of two letters are listed. */
const SHORT_WORD = 7;

/** The stretches of letters by which words like this one are found in `search_gram`. */
export function gramsOf(word: string): string[] {
  const framed = ['^', ...Array.from(word), '$'];
  const stretches = (letters: number) =>
    Array.from({ length: Math.max(0, framed.length - letters + 1) }, (_, at) =>
      framed.slice(at, at + letters).join(''),
    );
  const long = framed.length - 2 >= SHORT_WORD - 2 ? stretches(3) : [];
  return [...new Set([...(framed.length - 2 <= SHORT_WORD ? stretches(2) : []), ...long])];
}
