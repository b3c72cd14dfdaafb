import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';

import type { Visits } from './browser.ts';

/** Longer than the page of the sources waits before it asks again. */
const LATER_MS = 20_000;

/** What a reader sees of a server that does not answer, and of one that answers late. */
export function whenItFails({ site, open }: Visits): void {
  test('what is found late does not open below a field that was left', async () => {
    const { page, faults, close } = await open();
    await page.goto('/');
    const field = page.getByRole('combobox', { name: /^Search/ });
    await field.focus();
    await page.clock.install();
    await page.keyboard.type('batman');
    await page.keyboard.press('Tab');
    await page.clock.runFor(1_000);
    await page.waitForLoadState('networkidle');
    expect(await field.getAttribute('aria-expanded')).toBe('false');
    await field.focus();
    await page.keyboard.press('ArrowDown');
    await page.getByRole('option').first().waitFor();
    expect(faults).toEqual([]);
    await close();
  });

  test('what was found for other words is not left standing', async () => {
    const { page, close } = await open();
    await page.goto('/');
    await page.getByRole('combobox', { name: /^Search/ }).pressSequentially('batman');
    await page.getByRole('option').first().waitFor();
    await page.context().setOffline(true);
    await page.getByRole('combobox', { name: /^Search/ }).fill('inception');
    await page.getByRole('status').getByText('The search does not answer').waitFor({ state: 'attached' });
    expect(await page.getByRole('option').count()).toBe(0);
    await close();
  });

  test('the sources say that they grow old while nobody answers, and are renewed once somebody does', async () => {
    const { page, close } = await open();
    await page.clock.install();
    await page.goto('/sources');
    await page.context().setOffline(true);
    await page.clock.runFor(LATER_MS);
    await page.getByText('The server does not answer.').waitFor();
    await page.context().setOffline(false);
    await page.clock.runFor(LATER_MS);
    await page.getByText('The server does not answer.').waitFor({ state: 'detached' });
    await close();
  });

  test('a source that is read meanwhile is seen to be, also by who has clicked on a table', async () => {
    const { page, faults, close } = await open();
    await page.clock.install();
    await page.goto('/sources');
    await page.getByRole('region', { name: 'Runs of prices' }).click();
    const runs = await runsOf(page);
    await site().send('/sources/prices/sync', null);
    await expect
      .poll(async () => (await site().ask<Runs>('/sources/prices/runs?limit=100')).data, { timeout: 30_000 })
      .toSatisfy((all: Runs['data']) => all.length > runs && all.every(({ state }) => state !== 'running'));
    await page.clock.runFor(LATER_MS);
    await expect.poll(() => runsOf(page)).toBe(runs + 1);
    expect(faults).toEqual([]);
    await close();
  });

  test('an order that was chosen on leaving a list is not shown on coming back to it', async () => {
    const { page, faults, close } = await open();
    await page.goto('/movies?sort=-votes');
    const order = page.getByRole('combobox', { name: 'Sort by' });
    await order.selectOption('Rating');
    await page.waitForURL(/sort=-rating/);
    await page.goBack();
    await page.waitForURL(/sort=-votes/);
    expect(await order.inputValue()).toBe('-votes');
    expect(faults).toEqual([]);
    await close();
  });
}

interface Runs {
  readonly data: readonly { readonly state: string }[];
}

/** How many runs of the sellers the page has. */
function runsOf(page: Page): Promise<number> {
  return page.locator('[data-source="prices"] tbody tr').count();
}
