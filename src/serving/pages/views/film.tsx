import { Section } from '../layout.tsx';
import type { Page } from '../page.ts';
import { FilmOffers } from '../parts/film-offers.tsx';
import type { Film } from '../shapes.ts';
import { OF_TITLE_PAGES, showTitle } from '../title-page.tsx';

/** `/movies/{id}`: a film with all that is known of it, and what sellers ask for it. */
export const page: Page = {
  route: '/movies/:id',
  pageOnly: OF_TITLE_PAGES,
  show: (asked) =>
    showTitle<Film>(asked, {
      section: 'films',
      included: ['offers'],
      partsOf: ({ offers }) =>
        Promise.resolve(
          offers === undefined || offers.sellers.length === 0
            ? {}
            : {
                last: (
                  <Section id="offers" heading="Where to get it">
                    <FilmOffers offers={offers} />
                  </Section>
                ),
              },
        ),
    }),
};
