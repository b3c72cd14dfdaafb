import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { beforeAll, describe, expect, test } from 'vitest';

import type { Visits } from './browser.ts';
import { accessFaults, largestPaintMs, layoutShift, slowDown } from './measures.ts';
import type { Site } from './site.ts';

/** For a person to look at; git does not keep them. */
const SCREENSHOTS = fileURLToPath(new URL('../../screenshots', import.meta.url));

/** Bytes of a first visit, before posters, and requests of it. */
const MOST_BYTES = 100_000;
const MOST_REQUESTS = 14;

/** By when the largest part is to be painted over a slow network. */
const MOST_PAINT_MS = 1_500;

const WINDOWS = {
  wide: { width: 1280, height: 900 },
  /** The narrowest that pages are to fit into: WCAG 2.2, 1.4.10. */
  narrow: { width: 320, height: 640 },
};

/** Every page, by a name for its pictures. */
const PAGES: readonly (readonly [name: string, path: (site: Site) => Promise<string>])[] = [
  ['home', is('/')],
  ['films', is('/movies?sort=-votes')],
  ['films-narrowed', is('/movies?genre=Drama&year_gte=2000&year_lt=2010&sort=-rating')],
  ['films-table', is('/movies?view=table&sort=-votes')],
  ['film', first('/movies?sort=-votes', '/movies')],
  ['film-origins', async (site) => `${await first('/movies?sort=-votes', '/movies')(site)}?origins=shown`],
  ['film-offers', is('/movies/tt0211915')],
  ['series-list', is('/series')],
  ['series', first('/series', '/series')],
  ['episodes', is('/episodes')],
  ['episode', first('/episodes', '/episodes')],
  ['person', personOf('/movies/tt0468569/credits')],
  ['reports', is('/reports')],
  ['report', is('/reports/company-revenue')],
  ['report-of-offers', is('/reports/cheapest-seller?top=3')],
  ['search', is('/search?q=spirted+awya')],
  ['offers', is('/offers')],
  ['sources', is('/sources')],
  ['docs', is('/docs')],
];

function is(path: string) {
  return () => Promise.resolve(path);
}

/** The page of the first title of a list. */
function first(list: string, path: string) {
  return async (site: Site) => {
    const { data } = await site.ask<{ data: { id: string }[] }>(list);
    return `${path}/${data[0]?.id}`;
  };
}

function personOf(credits: string) {
  return async (site: Site) => {
    const { cast } = await site.ask<{ cast: { person: { id: string } }[] }>(credits);
    return `/people/${cast[0]?.person.id}`;
  };
}

/** What holds for every page, in whatever window and light. */
export function everyPage({ site, open }: Visits): void {
  /** What each page says with scripts. */
  const said = new Map<string, string>();
  const addresses = new Map<string, string>();

  beforeAll(async () => {
    mkdirSync(SCREENSHOTS, { recursive: true });
    for (const [name, path] of PAGES) addresses.set(name, await path(site()));
  });

  const addressOf = (name: string) => addresses.get(name) ?? '';

  describe.each(['wide', 'narrow'] as const)('%s', (size) => {
    test.each(PAGES)('%s has no fault, none of access, and stands still', async (name) => {
      const { page, faults, close } = await open({ viewport: WINDOWS[size] });
      await page.goto(addressOf(name), { waitUntil: 'load' });
      said.set(name, (await page.locator('main').textContent()) ?? '');
      expect(await layoutShift(page)).toBe(0);
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        expect([colorScheme, await accessFaults(page)]).toEqual([colorScheme, []]);
        await page.screenshot({ path: picture(name, colorScheme, size), fullPage: true });
      }
      expect(faults).toEqual([]);
      await close();
    });
  });

  test.each(PAGES)('%s says all that it says without scripts', async (name) => {
    const { page, faults, close } = await open({ javaScriptEnabled: false, viewport: WINDOWS.wide });
    await page.goto(addressOf(name));
    const text = (await page.locator('main').textContent()) ?? '';
    await page.screenshot({ path: picture(name, 'no-script'), fullPage: true });
    expect(words(said.get(name) ?? '').length).toBeGreaterThan(5);
    expect(words(text)).toEqual(expect.arrayContaining(words(said.get(name) ?? '')));
    expect(faults).toEqual([]);
    await close();
  });

  test.each(PAGES)('%s is light, and soon there over a slow network', async (name) => {
    const paints = [];
    // The machine may be busy with something else: what counts is what the page allows.
    for (let times = 0; times < 3 && !(Math.min(...paints) < MOST_PAINT_MS); times += 1) {
      const { page, loaded, close } = await open({ viewport: WINDOWS.narrow });
      await slowDown(page);
      await page.goto(addressOf(name), { waitUntil: 'load' });
      paints.push(await largestPaintMs(page));
      const bytes = loaded.reduce((sum, one) => sum + one.bytes, 0);
      expect([bytes, bytes < MOST_BYTES]).toEqual([bytes, true]);
      expect(loaded.length).toBeLessThanOrEqual(MOST_REQUESTS);
      await close();
    }
    expect(Math.min(...paints)).toBeLessThan(MOST_PAINT_MS);
  });
}

function picture(...parts: string[]): string {
  return join(SCREENSHOTS, `${parts.join('-')}.png`);
}

/** Words but for those that the clock changes, or that only scripts need. */
function words(text: string): string[] {
  const apart = text.replace(/(\p{Ll})(?=\p{Lu})/gu, '$1 ');
  return [...new Set(apart.split(/[^\p{L}]+/u))].filter((word) => !CHANGING.test(word));
}

const CHANGING = /^(?:|seconds?|minutes?|ago|now|More)$/;
