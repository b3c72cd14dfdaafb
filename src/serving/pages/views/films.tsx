import type { Page } from '../page.ts';
import { showTitleList } from '../title-list-page.tsx';

/** `/movies`: the list of films. */
export const page: Page = {
  route: '/movies',
  navigation: { label: 'Films', order: 1, address: '/movies?sort=-votes' },
  show: (asked) => showTitleList(asked, 'films'),
};
