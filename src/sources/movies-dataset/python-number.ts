const WHOLE = /[+-]?(?:0[xX](?:_?[0-9a-fA-F])+|0[oO](?:_?[0-7])+|0[bB](?:_?[01])+|0(?:_?0)*|[1-9](?:_?\d)*)/y;
const FLOAT =
  /[+-]?(?:\d(?:_?\d)*\.(?:\d(?:_?\d)*)?(?:[eE][+-]?\d(?:_?\d)*)?|\.\d(?:_?\d)*(?:[eE][+-]?\d(?:_?\d)*)?|\d(?:_?\d)*[eE][+-]?\d(?:_?\d)*)/y;
const GOES_ON = /[\w.]/;

/** Digits of a whole number that is still read; Python itself stops at 4,300. */
const DIGITS_AT_MOST = 4_300;

interface ReadNumber {
  readonly value: number | bigint;
  /** Where the text goes on. */
  readonly end: number;
}

/** The number that begins at `at`; null if none does, or something follows that cannot stand behind one. */
export function readPythonNumber(text: string, at: number): ReadNumber | null {
  const float = matchAt(FLOAT, text, at);
  const written = float ?? matchAt(WHOLE, text, at);
  if (written === null || GOES_ON.test(text.charAt(at + written.length))) return null;
  const digits = written.replaceAll('_', '');
  const end = at + written.length;
  if (float !== null) return { value: Number(digits), end };
  return digits.length > DIGITS_AT_MOST ? null : { value: wholeNumber(digits), end };
}

function matchAt(pattern: RegExp, text: string, at: number): string | null {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? null;
}

function wholeNumber(written: string): number | bigint {
  const negative = written.startsWith('-');
  const magnitude = written.replace(/^[+-]/, '');
  if (magnitude.length < 16) return (negative ? -1 : 1) * Number(magnitude) + 0;
  const exact = negative ? -BigInt(magnitude) : BigInt(magnitude);
  return Number.isSafeInteger(Number(exact)) ? Number(exact) : exact;
}
