import type { Page } from '../page.ts';
import { showTitleList } from '../title-list-page.tsx';

/** `/episodes`: the list of episodes. */
export const page: Page = {
  route: '/episodes',
  show: (asked) => showTitleList(asked, 'episodes'),
};
