import { existsSync } from 'node:fs';

import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe } from 'vitest';

import { openSite, type Site } from './site.ts';

/** Where Debian has it, and where others may. */
const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

const program = process.env.CHROMIUM_PATH ?? PLACES.find((place) => existsSync(place));

/** Long enough for the sample to be read on a machine that is busy with other things. */
const OPEN_MS = 300_000;

/** What a test has: the site, and a new browser window, without a past, for each visit. */
export interface Visits {
  readonly site: () => Site;
  readonly open: (options?: BrowserContextOptions) => Promise<Visit>;
}

/** A window of its own, and what was noted of it. */
export interface Visit {
  readonly page: Page;
  /** What went wrong in the page, and what it asked of hosts that are not ours. */
  readonly faults: string[];
  /** What was loaded: addresses, and bytes as they were sent. */
  readonly loaded: { readonly url: string; readonly bytes: number }[];
  readonly close: () => Promise<void>;
}

/** Runs the suite in Chromium over one site. Without a Chromium it is skipped, which on CI is a failure. */
export function describeInBrowser(name: string, suite: (visits: Visits) => void): void {
  const there = program !== undefined;
  describe.runIf(there)(`${name}, in Chromium${there ? '' : ' (needs CHROMIUM_PATH)'}`, () => {
    let site: Site | null = null;
    let browser: Browser | null = null;
    beforeAll(async () => {
      site = await openSite();
      browser = await chromium.launch({ executablePath: program ?? '', args: ['--no-sandbox'] });
    }, OPEN_MS);
    afterAll(async () => {
      await browser?.close();
      await site?.close();
    });
    suite({
      site: () => present(site),
      open: (options) => openVisit(present(browser), present(site), options),
    });
  });
}

function present<T>(opened: T | null): T {
  if (opened === null) throw new Error('It is open within tests alone.');
  return opened;
}

async function openVisit(browser: Browser, site: Site, options: BrowserContextOptions = {}): Promise<Visit> {
  const context = await browser.newContext({ baseURL: site.address, ...options });
  const page = await context.newPage();
  const faults: string[] = [];
  const loaded: { url: string; bytes: number }[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) faults.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => faults.push(`error: ${error.message}`));
  page.on('request', (request) => {
    if (!request.url().startsWith(site.address)) faults.push(`asks elsewhere: ${request.url()}`);
  });
  page.on('requestfinished', (request) => {
    // Of what came from the browser's own memory, nothing was sent.
    void request.sizes().then(
      ({ responseBodySize, responseHeadersSize }) =>
        loaded.push({ url: request.url(), bytes: responseBodySize + responseHeadersSize }),
      () => undefined,
    );
  });
  return { page, faults, loaded, close: () => context.close() };
}
