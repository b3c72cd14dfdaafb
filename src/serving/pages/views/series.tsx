import type { Page } from '../page.ts';
import { OF_LIST_PAGES, showTitleList } from '../title-list-page.tsx';

/** `/series`: the list of series. */
export const page: Page = {
  route: '/series',
  pageOnly: OF_LIST_PAGES,
  navigation: { label: 'Series', order: 2, address: '/series?sort=-votes' },
  show: (asked) => showTitleList(asked, 'series'),
};
