import type { JSX } from 'preact';

import { useSite } from '../site.ts';
import type { FilmOffers } from '../shapes.ts';
import { agoText } from '../words.ts';

/** Which sellers did not answer when they were last asked, and since when what they said is not known anew. */
export function SellersNote({ sellers }: { sellers: FilmOffers['sellers'] }): JSX.Element | null {
  const { now } = useSite();
  const silent = sellers.filter(({ state }) => state !== 'answered');
  if (silent.length === 0) return null;
  return (
    <ul class="notes">
      {silent.map(({ name, state, checkedAt, answeredAt }) => (
        <li>
          <b>{name}</b>{' '}
          {state === 'never' || checkedAt === null
            ? 'has not been asked yet.'
            : `did not answer in full ${agoText(checkedAt, now)}; ${
                answeredAt === null ? 'it never has' : `its list is from ${agoText(answeredAt, now)}`
              }.`}
        </li>
      ))}
    </ul>
  );
}
