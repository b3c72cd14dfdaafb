import { describe } from 'vitest';

import { describeInBrowser } from './browser.ts';
import { everyPage } from './every-page.ts';
import { journey } from './journey.ts';
import { oddTitles } from './odd-titles.ts';
import { whenItFails } from './when-it-fails.ts';

// One site for all: to read the sample costs more than most of what is tried on it.

describeInBrowser('the pages', (visits) => {
  describe('each', () => {
    everyPage(visits);
  });
  describe('a journey by the keyboard', () => {
    journey(visits);
  });
  describe('when something fails', () => {
    whenItFails(visits);
  });
  describe('with odd titles', () => {
    oddTitles(visits);
  });
});
