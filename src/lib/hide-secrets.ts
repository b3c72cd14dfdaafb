/** What may be shown of a setting: an address that holds a user, a password or a query is hidden; anything else is as it is. */
export function hideSecrets(value: string): string {
  if (!value.includes('://') || !URL.canParse(value)) return value;
  const { username, password, search } = new URL(value);
  return username + password + search === ''
    ? value
    : '(hidden: an address with a user, a password or a query)';
}

/**
 * `text` without any of `secrets`, in whose place stands `(hidden)`: as they are, and as an address or JSON writes them, in
 * large letters or small. A secret has at least one character.
 */
export function strikeOut(text: string, secrets: readonly string[]): string {
  return secrets.reduce((rest, secret) => rest.replace(writtenAnyhow(secret), '(hidden)'), text);
}

/** Any character of it may stand as it is, or escaped. */
function writtenAnyhow(secret: string): RegExp {
  const characters = Array.from(secret, (character) => {
    const asItIs = `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
    const inAddress = [...Buffer.from(character)].map((byte) => `%${hex(byte, 2)}`).join('');
    const inJson = character
      .split('')
      .map((unit) => `\\\\u${hex(unit.charCodeAt(0), 4)}`)
      .join('');
    const others = character === ' ' ? ['\\+'] : '"/\\'.includes(character) ? [`\\\\${asItIs}`] : [];
    return `(?:${[...others, asItIs, inAddress, inJson].join('|')})`;
  });
  return new RegExp(characters.join(''), 'giu');
}

function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, '0');
}
