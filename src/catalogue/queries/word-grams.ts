/** A word of at least so many letters may be mistyped: of fewer, nearly any word would do. */
export const LEAST_MISTYPED = 4;

/** Words of up to so many letters are listed by stretches of two letters, those of so many or more by stretches of three. */
const SHORT_WORD = 6;

/**
 * The stretches of letters by which words like this one are found in `search_gram`; where it `isBegun`, words that go on from what
 * is like it, which may be long.
 */
export function gramsOf(word: string, isBegun: boolean): string[] {
  const framed = ['^', ...Array.from(word), '$'];
  const letters = framed.length - 2;
  const stretches = (length: number) =>
    Array.from({ length: Math.max(0, framed.length - length + 1) }, (_, at) =>
      framed.slice(at, at + length).join(''),
    );
  return [
    ...new Set([
      ...(letters <= SHORT_WORD ? stretches(2) : []),
      ...(letters >= SHORT_WORD || isBegun ? stretches(3) : []),
    ]),
  ];
}
