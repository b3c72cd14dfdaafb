/** As PostgreSQL's `lower` under the collation C, by which genres are told apart: other letters than A to Z stay. */
export function lowerAscii(text: string): string {
  return text.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());
}
