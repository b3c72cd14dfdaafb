/** What no page may hold, as an expression, and what that is. */
const FORBIDDEN: readonly (readonly [RegExp, string])[] = [
  [/<script(?![^>]*\ssrc=")[^>]*>/i, 'has a script in it'],
  [/<style[\s>]/i, 'has a stylesheet in it'],
  [/<[^>]*\sstyle=/i, 'has a style in an attribute'],
  [/<[^>"]*(?:"[^"]*"[^>"]*)*\son\w+=/i, 'has a handler in an attribute'],
  [/\s(?:href|src|action)="\s*(?:javascript|data|vbscript):/i, 'leads to what is no address'],
  [/\[object Object\]|\bundefined\b|\bNaN\b/, 'says what a program says of nothing'],
];

/** What is wrong with the text of a page, in sentences; none where all is right. */
export function pageFaults(text: string): string[] {
  const isWhole = text.startsWith('<!doctype html>') && text.endsWith('</body></html>');
  return [
    ...(isWhole ? [] : ['is no whole page']),
    ...FORBIDDEN.filter(([expression]) => expression.test(text)).map(([, fault]) => fault),
  ];
}
