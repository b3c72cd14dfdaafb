import type { JSX } from 'preact';

import { useSite } from '../site.ts';
import type { Origins } from '../shapes.ts';
import { agoText } from '../words.ts';

type OneOrigin = Origins[string];

/** Whose word a value is, since when, and what the others say. */
export function Origin({ origin }: { origin: OneOrigin }): JSX.Element {
  return (
    <div class="origin">
      <p>
        <Speaker origin={origin} />
      </p>
      {origin.others.length > 0 && (
        <ul>
          {origin.others.map(({ source, value, lost, why }) => (
            <li>
              <b>{source}</b> {lost === 'same' ? why : `says ${valueText(value)}: ${why}`}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function Speaker({ origin }: { origin: OneOrigin }): JSX.Element {
  const { now } = useSite();
  const { source, sourceKey, readAt, byHand, madeOf } = origin;
  if (source === null) return <>Nobody says.</>;
  return (
    <>
      {byHand ? 'Set by hand' : 'The word of'} <b>{source}</b>
      {sourceKey !== null && ` (${sourceKey})`}
      {madeOf !== null && `, made of ${madeOf}`}
      {readAt !== null && (
        <>
          , <time dateTime={readAt}>{byHand ? agoText(readAt, now) : `read ${agoText(readAt, now)}`}</time>
        </>
      )}
    </>
  );
}

/** A value as text: of a list its members, of what is made of parts its JSON. */
function valueText(value: OneOrigin['value']): string {
  if (value === null) return 'nothing';
  if (Array.isArray(value)) return value.join(', ');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
