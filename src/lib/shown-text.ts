/** At most so many UTF-16 units of `text`; a character that would be cut through is left out whole. */
export function firstCharacters(text: string, most: number): string {
  return text.slice(0, most).replace(/[\ud800-\udbff]$/, '');
}

/** The same, with nothing in it that no file takes: NUL as U+2400, half a character as U+FFFD. */
export function shownText(text: string, most: number): string {
  return Buffer.from(firstCharacters(text, most)).toString().replaceAll('\0', '\u2400');
}
