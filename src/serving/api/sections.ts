import type { Section } from '../../model/kinds.ts';

interface SectionWords {
  /** Where its titles are. */
  readonly path: string;
  /** One of its titles, and several, in the middle of a sentence. */
  readonly one: string;
  readonly many: string;
}

/** How the API speaks of each section. */
export const SECTION_WORDS: Readonly<Record<Section, SectionWords>> = {
  films: { path: '/movies', one: 'film', many: 'films' },
  series: { path: '/series', one: 'series', many: 'series' },
  episodes: { path: '/episodes', one: 'episode', many: 'episodes' },
};
