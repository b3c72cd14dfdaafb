import { beforeAll, expect, test } from 'vitest';

import type { Visits } from './browser.ts';
import { POSTER_HOST } from './site.ts';

/** Longer than any window is wide, and without a place to break it. */
const LONG_WORD = 'Donaudampfschifffahrtselektrizitaetenhauptbetriebswerkbauunterbeamtengesellschaft'.repeat(
  3,
);

const POSTER = `https://${POSTER_HOST}/poster.svg`;

/** What holds for titles that nobody thought of. */
export function oddTitles({ site, open }: Visits): void {
  let film = '';

  beforeAll(async () => {
    const entered = await site().send<{ id: string }>('/movies', {
      title: LONG_WORD,
      year: 2020,
      genres: ['Drama'],
      posterUrl: POSTER,
    });
    film = `/movies/${entered.id}`;
  });

  test('a word wider than the window does not widen the page', async () => {
    const query = new URLSearchParams({ q: LONG_WORD.slice(0, 40) });
    const pages = [
      `${film}?origins=shown`,
      `/movies?${query}`,
      `/movies?view=table&${query}`,
      `/movies?keyword=${LONG_WORD}`,
      `/search?${query}`,
      `/${LONG_WORD}`,
    ];
    for (const width of [320, 1280]) {
      const { page, close } = await open({ viewport: { width, height: 800 } });
      await page.route(POSTER, (route) => route.abort());
      for (const path of pages) {
        await page.goto(path);
        const scrolled = await page.evaluate(() => document.documentElement.scrollWidth);
        expect([path, scrolled]).toEqual([path, width]);
      }
      await close();
    }
  });

  test('drawn titles keep their words whole while the typeface is not there', async () => {
    const { page, close } = await open({ viewport: { width: 320, height: 800 } });
    await page.route('**/*.woff2', (route) => route.abort());
    await page.goto('/movies?sort=-votes&limit=100');
    expect(await page.locator('.poster-title').count()).toBe(100);
    expect(await page.evaluate(brokenWords)).toEqual([]);
    await close();
  });

  test('a poster that cannot be had leaves the drawn one as it is', async () => {
    const { page, close } = await open({ reducedMotion: 'reduce' });
    await page.route(POSTER, (route) => route.abort());
    await page.goto(film);
    const poster = page.locator('.title-poster .poster');
    await page.waitForFunction(() => document.querySelector<HTMLImageElement>('.poster img')?.complete);
    const torn = await poster.screenshot();
    await poster.locator('img').evaluate((image) => {
      image.remove();
    });
    expect(torn.equals(await poster.screenshot())).toBe(true);
    await close();
  });

  test('a poster that can be had covers the drawn one', async () => {
    const { page, close } = await open();
    const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="50" height="200"/>';
    await page.route(POSTER, (route) => route.fulfill({ contentType: 'image/svg+xml', body: svg }));
    await page.goto(film);
    const image = page.locator('.title-poster .poster img');
    await page.waitForFunction(
      () => document.querySelector<HTMLImageElement>('.poster img')?.naturalWidth === 50,
    );
    expect(await image.boundingBox()).toEqual(await page.locator('.title-poster .poster').boundingBox());
    await close();
  });
}

/** Words of drawn titles that stand in more than one line. */
function brokenWords(): string[] {
  return Array.from(document.querySelectorAll('.poster-title')).flatMap(({ firstChild }) => {
    const text = firstChild?.textContent ?? '';
    return [...text.matchAll(/[^\s-]+/g)]
      .filter(({ 0: word, index }) => {
        const range = document.createRange();
        range.setStart(firstChild as Node, index);
        range.setEnd(firstChild as Node, index + word.length);
        return new Set(Array.from(range.getClientRects()).map(({ top }) => top)).size > 1;
      })
      .map(([word]) => word);
  });
}
