/** Texts that do harm where they are taken for code, and are names like any other where they are not. */
export const HOSTILE_TEXTS: readonly string[] = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  'javascript:alert(1)',
  '{{7*7}}${7*7}<%= 7*7 %>',
  "'; drop table title; --",
  "' or '1'='1",
  '1); select pg_sleep(10); --',
  "\\' union select hash from api_key --",
  '$$; delete from journal; $$',
  '../../../../etc/passwd',
  '%00%27%22',
  "=cmd|'/c calc'!A1",
  '__proto__',
  'constructor',
  'toString',
  'null',
  '\u202eright to left',
  'Zo\u0308e \u{1F3AC} 千と千尋の神隠し',
];

/** What no text may have in it: a NUL, and halves of characters. */
export const BROKEN_TEXTS: readonly string[] = ['a\0b', '\0', 'a\ud800b', '\udc00'];
