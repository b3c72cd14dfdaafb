/**
 * The value of JSON text, in which each number is its own text: prices never pass through binary floating point. Throws
 * `SyntaxError` where it is no JSON.
 */
export function parseExactJson(text: string): unknown {
  JSON.parse(text);
  return JSON.parse(quoteNumbers(text)) as unknown;
}

/** Text that is JSON, with its numbers in quotes. One pass over it: the stack of a regular expression ends at a few million characters. */
function quoteNumbers(json: string): string {
  const parts: string[] = [];
  let done = 0;
  let at = 0;
  while (at < json.length) {
    if (json[at] === '"') at = endOfString(json, at);
    else if (!isNumberStart(json[at])) at += 1;
    else {
      const end = endOfNumber(json, at);
      parts.push(json.slice(done, at), '"', json.slice(at, end), '"');
      done = at = end;
    }
  }
  return parts.join('') + json.slice(done);
}

/** After the quote that ends the string that begins at `start`. */
function endOfString(json: string, start: number): number {
  let at = start + 1;
  while (at < json.length && json[at] !== '"') at += json[at] === '\\' ? 2 : 1;
  return at + 1;
}

function isNumberStart(character: string | undefined): boolean {
  return character !== undefined && '-0123456789'.includes(character);
}

function endOfNumber(json: string, start: number): number {
  let at = start + 1;
  while (at < json.length && '+-.eE0123456789'.includes(json.charAt(at))) at += 1;
  return at;
}
