/** What may be shown of a setting: an address that holds a user, a password or a query is hidden; anything else is as it is. */
export function hideSecrets(value: string): string {
  if (!value.includes('://') || !URL.canParse(value)) return value;
  const { username, password, search } = new URL(value);
  return username + password + search === ''
    ? value
    : '(hidden: an address with a user, a password or a query)';
}

/** `text` without any of `secrets`, in whose place stands `(hidden)`. */
export function strikeOut(text: string, secrets: readonly string[]): string {
  const written = secrets.flatMap((secret) => [secret, encodeURIComponent(secret)]);
  return written.reduce((rest, secret) => rest.replaceAll(secret, '(hidden)'), text);
}
