/** A word of at least so many letters may be mistyped: of fewer, nearly any word would do. */
export const LEAST_MISTYPED = 4;

/** Words of up to so many letters are listed by stretches of two letters, those of so many or more by stretches of three. */
const SHORT_WORD = 6;

/** Of words of more letters, enough stretches stay whole where two are exchanged. */
const LONGEST_EXCHANGED = 8;

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

/** A word with each two neighbours of its letters exchanged: where it is short, that leaves too few of its stretches to find it by. */
export function exchangesOf(word: string): string[] {
  const letters = Array.from(word);
  if (letters.length > LONGEST_EXCHANGED) return [];
  return letters.slice(1).map((letter, at) =>
    letters
      .with(at, letter)
      .with(at + 1, letters[at] ?? '')
      .join(''),
  );
}
