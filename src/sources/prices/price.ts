/** Plain digits, with at most four decimals. */
const PLAIN = /^\d{1,15}(\.\d{1,4})?$/;

/** Commas between thousands, where they can be nothing else: two of them, or a point after one. */
const WITH_COMMAS = /^[1-9]\d{0,2}((,\d{3})+\.\d{1,4}|(,\d{3}){2,})$/;

/** A price of so many digits before the point is none. */
const ABSURD_DIGITS = 10;

/**
 * The price that a seller wrote, as plain digits without anything lost: `12.5`, `1,249.50`. Null where it is none, or
 * could be two things (`1,249`), is zero, a thousand million or more, or has more than four decimals.
 */
export function parsePrice(written: string): string | null {
  const text = written.trim();
  if (!PLAIN.test(text) && !WITH_COMMAS.test(text)) return null;
  const digits = text.replaceAll(',', '').replace(/^0+(?=\d)/, '');
  const whole = digits.split('.')[0] ?? '';
  return whole.length >= ABSURD_DIGITS || /^[0.]+$/.test(digits) ? null : digits;
}
