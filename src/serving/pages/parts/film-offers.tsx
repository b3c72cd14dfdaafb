import type { JSX } from 'preact';

import type { FilmOffers as Offers } from '../shapes.ts';
import { ageText, priceText } from '../words.ts';
import { SellersNote } from './sellers-note.tsx';

/** What sellers ask for a film, the cheapest first, how old each price is, and who did not answer. */
export function FilmOffers({ offers }: { offers: Offers }): JSX.Element {
  const { data, sellers } = offers;
  return (
    <>
      {data.length === 0 ? (
        <p class="muted">No seller that we ask has it.</p>
      ) : (
        <div class="table-box" tabIndex={0} role="region" aria-label="Offers">
          <table>
            <thead>
              <tr>
                <th scope="col">Seller</th>
                <th scope="col" class="figure">
                  Price
                </th>
                <th scope="col">Seen</th>
                <th scope="col">As</th>
              </tr>
            </thead>
            <tbody>
              {data.map((offer) => (
                <tr>
                  <th scope="row">{offer.seller}</th>
                  <td class="figure">
                    <b>{priceText(offer.price, offer.currency)}</b>
                  </td>
                  <td>
                    <span class={`state ${offer.state === 'fresh' ? 'good' : 'bad'}`}>{offer.state}</span>{' '}
                    <time dateTime={offer.observedAt}>{ageText(offer.ageSeconds)}</time>
                  </td>
                  <td>{offer.title}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <SellersNote sellers={sellers} />
    </>
  );
}
