const STRING_OR_NUMBER = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/**
 * The value of JSON text, in which each number is its own text: prices never pass through binary floating point. Throws
 * `SyntaxError` where it is no JSON.
 */
export function parseExactJson(text: string): unknown {
  JSON.parse(text);
  const quoted = text.replace(STRING_OR_NUMBER, (token) => (token.startsWith('"') ? token : `"${token}"`));
  return JSON.parse(quoted) as unknown;
}
