import { expect, test } from 'vitest';

import { csvRecord } from './csv.ts';

test('quotes what would end a field, and tells an empty text from none', () => {
  expect(csvRecord(['plain', 'a,b', 'say "no"', 'two\nlines', '', null, '-1.5'])).toBe(
    'plain,"a,b","say ""no""","two\nlines","",,-1.5\r\n',
  );
});

test('a text that a spreadsheet would run as a formula gets a quote before it, and a number does not', () => {
  expect(csvRecord(['=1+1', '+a', '-a', '@a', '\ta', '\ra', '-1-1', '=HYPERLINK("a")'])).toBe(
    `'=1+1,'+a,'-a,'@a,'\ta,"'\ra",'-1-1,"'=HYPERLINK(""a"")"\r\n`,
  );
  expect(csvRecord(['-1', '-0.5', '+2', '1e-7', 'a=b', "'=1"])).toBe(`-1,-0.5,+2,1e-7,a=b,'=1\r\n`);
});
