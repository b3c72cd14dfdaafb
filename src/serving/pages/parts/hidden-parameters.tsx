import type { JSX } from 'preact';

/** The parameters that a form is to keep, but for `names`, which it has itself, and the place in the list. */
export function HiddenParameters({
  query,
  names,
}: {
  query: URLSearchParams;
  names: readonly string[];
}): JSX.Element {
  const kept = [...query].filter(
    ([name, value]) => name !== 'cursor' && value !== '' && !names.includes(name),
  );
  return (
    <>
      {kept.map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
    </>
  );
}
