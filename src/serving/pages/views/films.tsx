import type { Page } from '../page.ts';
import { OF_LIST_PAGES, showTitleList } from '../title-list-page.tsx';

/** `/movies`: the list of films. */
export const page: Page = {
  route: '/movies',
  pageOnly: OF_LIST_PAGES,
  navigation: { label: 'Films', order: 1, address: '/movies?sort=-votes' },
  show: (asked) => showTitleList(asked, 'films'),
};
