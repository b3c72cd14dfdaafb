import type { Section } from '../../model/kinds.ts';

interface SectionWords {
  /** Where its titles are. */
  readonly path: string;
  /** One of its titles, and several, in the middle of a sentence. */
  readonly one: string;
  readonly many: string;
  /** Before `one`. */
  readonly article: string;
}

/** How the API speaks of each section. */
export const SECTION_WORDS: Readonly<Record<Section, SectionWords>> = {
  films: { path: '/movies', one: 'film', many: 'films', article: 'a' },
  series: { path: '/series', one: 'series', many: 'series', article: 'a' },
  episodes: { path: '/episodes', one: 'episode', many: 'episodes', article: 'an' },
};

export function startOfSentence(words: string): string {
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}
