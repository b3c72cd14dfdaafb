import type { JSX } from 'preact';

import type { OfferList } from '../shapes.ts';
import { ageText, priceText } from '../words.ts';

type Offer = OfferList['data'][number];

interface Props {
  /** In the order in which films are to stand. */
  readonly offers: readonly Offer[];
  readonly sellers: readonly string[];
}

/** A row for each film and currency, a column for each seller, the cheapest of a row marked. */
export function OffersTable({ offers, sellers }: Props): JSX.Element {
  const rows = byFilm(offers);
  if (offers.length === 0) return <p class="empty">No seller offers anything that passes all of that.</p>;
  return (
    <div class="table-box" tabIndex={0} role="region" aria-label="Offers by film and seller">
      <table class="offers">
        <thead>
          <tr>
            <th scope="col">Film</th>
            {sellers.map((seller) => (
              <th scope="col" class="figure">
                {seller}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((ofFilm) => (
            <FilmRow offers={ofFilm} sellers={sellers} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** The offers of each film in each currency, in the order of the first of each. */
function byFilm(offers: readonly Offer[]): Offer[][] {
  const rows = new Map<string, Offer[]>();
  for (const offer of offers) {
    const key = JSON.stringify([offer.film?.id ?? offer.title, offer.currency]);
    rows.set(key, [...(rows.get(key) ?? []), offer]);
  }
  return [...rows.values()];
}

function FilmRow({ offers, sellers }: Props): JSX.Element {
  const prices = offers.map(({ price }) => price);
  // Where there is nothing to compare, none is the cheapest.
  const lowest = new Set(prices).size > 1 ? Math.min(...prices) : null;
  const [first] = offers;
  return (
    <tr>
      <th scope="row">
        {first?.film ? <a href={`/movies/${first.film.id}`}>{first.film.title}</a> : first?.title}
      </th>
      {sellers.map((seller) => (
        <td class="figure">
          {offers
            .filter((offer) => offer.seller === seller)
            .map((offer) => (
              <OnePrice offer={offer} isLowest={offer.price === lowest} />
            ))}
        </td>
      ))}
    </tr>
  );
}

function OnePrice({ offer, isLowest }: { offer: Offer; isLowest: boolean }): JSX.Element {
  const { price, currency, observedAt, ageSeconds, state } = offer;
  return (
    <span class="price">
      <span class={isLowest ? 'lowest' : undefined}>
        {isLowest && <span class="unseen">cheapest: </span>}
        {priceText(price, currency)}
      </span>{' '}
      <small class={state === 'stale' ? 'state bad' : 'muted'}>
        {state === 'stale' && 'stale, '}
        <time dateTime={observedAt}>{ageText(ageSeconds)}</time>
      </small>
    </span>
  );
}
