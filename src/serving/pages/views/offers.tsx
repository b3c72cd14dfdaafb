import type { JSX } from 'preact';

import { askedOf, pageAddress } from '../addresses.ts';
import type { Page } from '../page.ts';
import { OffersTable } from '../parts/offers-table.tsx';
import { PageLinks } from '../parts/page-links.tsx';
import { SellersNote } from '../parts/sellers-note.tsx';
import { useSite } from '../site.ts';
import type { FilmOffers, OfferList } from '../shapes.ts';
import { agoText } from '../words.ts';

/** `/offers`: what sellers ask for each film, side by side, and who did not answer. */
export const page: Page = {
  route: '/offers',
  navigation: { label: 'Offers', order: 4 },
  show: async ({ ask, path, query }) => {
    const asked = askedOf(query, []);
    if (!asked.has('limit')) asked.set('limit', '100');
    if (!asked.has('sort')) asked.set('sort', 'title');
    const { data, page, sellers } = await ask<OfferList>(`${path}?${asked}`);
    return {
      title: 'Offers',
      main: (
        <>
          <h1>Offers</h1>
          <p class="lead">
            What each seller asks for a film. A price that could not be checked stays, and says so.
          </p>
          <Sellers sellers={sellers} />
          <OffersTable offers={data} sellers={sellers.map(({ name }) => name)} />
          <PageLinks prev={pageAddress(path, query, page.prev)} next={pageAddress(path, query, page.next)} />
        </>
      ),
    };
  },
};

function Sellers({ sellers }: { sellers: FilmOffers['sellers'] }): JSX.Element {
  const { now } = useSite();
  if (sellers.length === 0) return <p class="muted">No seller is asked: they are named in the settings.</p>;
  return (
    <>
      <ul class="index">
        {sellers.map(({ name, state, checkedAt }) => (
          <li>
            <span class="entry">
              <span>{name}</span>
              <span>
                <span class={`state ${state === 'answered' ? 'good' : 'bad'}`}>
                  {state === 'failed' ? 'did not answer' : state === 'never' ? 'not asked yet' : 'answered'}
                </span>{' '}
                {checkedAt !== null && <time dateTime={checkedAt}>{agoText(checkedAt, now)}</time>}
              </span>
            </span>
          </li>
        ))}
      </ul>
      <SellersNote sellers={sellers} />
    </>
  );
}
