import { expect, test } from 'vitest';

import { csvRecord } from './csv.ts';

test('quotes what would end a field, and tells an empty text from none', () => {
  expect(csvRecord(['plain', 'a,b', 'say "no"', 'two\nlines', '', null, '-1.5'])).toBe(
    'plain,"a,b","say ""no""","two\nlines","",,-1.5\r\n',
  );
});
