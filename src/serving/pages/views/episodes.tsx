import type { Page } from '../page.ts';
import { OF_LIST_PAGES, showTitleList } from '../title-list-page.tsx';

/** `/episodes`: the list of episodes. */
export const page: Page = {
  route: '/episodes',
  pageOnly: OF_LIST_PAGES,
  show: (asked) => showTitleList(asked, 'episodes'),
};
