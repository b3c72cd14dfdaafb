import type { Page } from '../page.ts';
import type { Episode } from '../shapes.ts';
import { OF_TITLE_PAGES, showTitle } from '../title-page.tsx';

/** `/episodes/{id}`: an episode with all that is known of it. */
export const page: Page = {
  route: '/episodes/:id',
  pageOnly: OF_TITLE_PAGES,
  show: (asked) =>
    showTitle<Episode>(asked, {
      section: 'episodes',
      included: [],
      partsOf: () => Promise.resolve({}),
    }),
};
