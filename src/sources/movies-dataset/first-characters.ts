/** At most so many UTF-16 units of `text`; a character that would be cut through is left out whole. */
export function firstCharacters(text: string, most: number): string {
  return text.slice(0, most).replace(/[\ud800-\udbff]$/, '');
}
