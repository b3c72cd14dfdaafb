import { readFile } from 'node:fs/promises';

import type { Locator, Page } from 'playwright-core';
import { expect, test } from 'vitest';

import type { Visits } from './browser.ts';

/** Presses of Tab after which what is looked for cannot be reached. */
const MOST_TABS = 250;

/** What a reader does, by the keyboard alone. */
export function journey({ site, open }: Visits): void {
  test('finds a film by half its name, reads on, writes, sorts, comes back, and turns out the light', async () => {
    const { page, faults, close } = await open({ viewport: { width: 1280, height: 900 } });
    await page.goto('/');

    await page.keyboard.press('/');
    await page.keyboard.type('spirted awya');
    await page.getByRole('option', { name: 'Spirited Away' }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Spirited Away' }).waitFor();

    await follow(page, page.getByRole('link', { name: 'Who says so?' }));
    const runtime = page.locator('.facts > div', { has: page.getByText('Runtime', { exact: true }) });
    await runtime.getByText(/The word of/).waitFor();
    expect(await runtime.innerText()).toMatch(/The word of (imdb|ghibli) /);

    await tabTo(page, page.getByLabel('Your name'));
    await page.keyboard.type('Ann');
    await page.keyboard.press('Tab');
    await page.keyboard.type('A bath house, and a train over water.');
    await page.keyboard.press('Tab');
    await page.keyboard.type(site().key);
    await tabTo(page, page.getByRole('button', { name: 'Comment' }));
    await page.keyboard.press('Enter');
    await page.waitForURL(/#comment-/);
    expect(await page.locator('.comments li:target').innerText()).toContain('a train over water');

    await follow(page, page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Films' }));
    await page.waitForURL(/\/movies\?/);
    await follow(page, page.getByRole('link', { name: /^2000s/ }));
    await page.waitForURL(/year_gte=2000/);
    await tabTo(page, page.getByRole('combobox', { name: 'Sort by' }));
    await page.keyboard.press('R');
    await page.waitForURL(/sort=-rating/);
    const list = page.url();
    const third = page.locator('.grid li:nth-child(3) a');
    const name = await third.locator('.card-title').innerText();
    await tabTo(page, third);
    const place = await page.evaluate(() => scrollY);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name }).waitFor();
    await page.goBack();
    expect(page.url()).toBe(list);
    await expect.poll(() => page.evaluate(() => scrollY)).toBe(place);

    await follow(page, page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Reports' }));
    await follow(page, page.getByRole('link', { name: 'Revenues by company', exact: true }));
    await page.getByRole('img', { name: /^Revenues by company, by year/ }).waitFor();
    const download = page.waitForEvent('download');
    await follow(page, page.getByRole('link', { name: 'All of it as CSV' }));
    const csv = await readFile(await (await download).path(), 'utf8');
    expect(csv.split('\r\n')[0]).toBe('year,companyId,companyName,value,n,films,coverage');

    await follow(page, page.getByRole('button', { name: 'Dark' }));
    const ground = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
    await expect.poll(ground).toBe('rgb(22, 19, 15)');
    await page.reload();
    expect(await ground()).toBe('rgb(22, 19, 15)');
    expect(faults).toEqual([]);
    await close();
  });

  test('adds more of a list, and finds it where it was on coming back', async () => {
    const { page, faults, close } = await open({ viewport: { width: 1280, height: 900 } });
    await page.goto('/movies?sort=-votes');
    await follow(page, page.getByRole('link', { name: 'More' }));
    const thirtieth = page.locator('.grid li:nth-child(30) a');
    await thirtieth.waitFor();
    await follow(page, thirtieth);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.goBack();
    await thirtieth.waitFor();
    await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(900);
    expect(faults).toEqual([]);
    await close();
  });

  test('does the same without scripts, a page at a time', async () => {
    const { page, faults, close } = await open({ javaScriptEnabled: false });
    await page.goto('/');
    await page.getByRole('searchbox').fill('spirted awya');
    await page.getByRole('button', { name: 'Search' }).click();
    await page.getByRole('link', { name: 'Spirited Away' }).click();
    await page.getByLabel('Your name').fill('Bob');
    await page.getByLabel('What you say').fill('Without scripts, too.');
    await page.getByLabel('Your API key').fill('wrong');
    await page.getByRole('button', { name: 'Comment' }).click();
    await page.getByText('The key of the request is unknown or revoked.').waitFor();
    await page.getByLabel('Your API key').fill(site().key);
    await page.getByRole('button', { name: 'Comment' }).click();
    await page.waitForURL(/#comment-/);
    await page.getByRole('button', { name: 'Dark' }).click();
    await page.locator('html[data-theme="dark"]').waitFor();
    await page.goto('/movies?sort=-votes');
    await page.getByRole('link', { name: 'Next' }).click();
    await page.waitForURL(/cursor=/);
    // The key that was not known, whose answer the browser reports.
    expect(faults.filter((fault) => !fault.includes('401'))).toEqual([]);
    await close();
  });
}

/** Goes there by Tab, as often as it takes. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let tabs = 0; tabs < MOST_TABS; tabs += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error('It is not reached by Tab.');
}

async function follow(page: Page, target: Locator): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.press('Enter');
}
