/**
 * A record as RFC 4180 has it, with its line end; null is an empty field. A text that a spreadsheet would run as a formula
 * gets a single quote before it: https://owasp.org/www-community/attacks/CSV_Injection. Numbers are left as they are.
 */
export function csvRecord(fields: readonly (string | null)[]): string {
  return `${fields.map(field).join(',')}\r\n`;
}

const FORMULA = /^[=+\-@\t\r]/;

const NUMBER = /^[+-]?\d+(\.\d+)?(e[+-]?\d+)?$/i;

function field(value: string | null): string {
  if (value === null) return '';
  const text = FORMULA.test(value) && !NUMBER.test(value) ? `'${value}` : value;
  return text === '' || /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
