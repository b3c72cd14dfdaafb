import type { Page } from '../page.ts';
import type { Episode } from '../shapes.ts';
import { showTitle } from '../title-page.tsx';

/** `/episodes/{id}`: an episode with all that is known of it. */
export const page: Page = {
  route: '/episodes/:id',
  show: (asked) =>
    showTitle<Episode>(asked, {
      section: 'episodes',
      included: [],
      pageOnly: [],
      partsOf: () => Promise.resolve({}),
    }),
};
