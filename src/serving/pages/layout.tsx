import type { ComponentChildren, JSX } from 'preact';
import { renderToStaticMarkup } from 'preact-render-to-string';

import { SearchForm } from './parts/search-form.tsx';
import { ThemeChoice } from './parts/theme-choice.tsx';
import type { Shown } from './page.ts';
import { SiteProvider, type Site } from './site.ts';

/** Scripts of every page. */
const SCRIPTS = ['theme', 'keys', 'suggest'];

/** The whole document. */
export function renderDocument(shown: Shown, site: Site): string {
  return `<!doctype html>\n${renderToStaticMarkup(
    <SiteProvider value={site}>
      <Document shown={shown} site={site} />
    </SiteProvider>,
  )}`;
}

function Document({ shown, site }: { shown: Shown; site: Site }): JSX.Element {
  return (
    <html lang="en" data-theme={site.theme}>
      <Head shown={shown} site={site} />
      <body>
        <a class="skip" href="#main">
          Skip to the content
        </a>
        <Masthead site={site} hasSearch={shown.hasSearch !== true} />
        <main id="main" tabIndex={-1}>
          {shown.main}
        </main>
        <Footer site={site} />
      </body>
    </html>
  );
}

function Head({ shown, site }: { shown: Shown; site: Site }): JSX.Element {
  const { assetAddress, theme } = site;
  return (
    <head>
      <meta charset="utf-8" />
      <title>{`${shown.title} · Filmbase`}</title>
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content={theme === 'auto' ? 'light dark' : theme} />
      {shown.description !== undefined && <meta name="description" content={shown.description} />}
      <link rel="stylesheet" href={assetAddress('filmbase.css')} />
      {['antonio.woff2', 'newsreader.woff2'].map((font) => (
        <link rel="preload" href={assetAddress(font)} as="font" type="font/woff2" crossorigin="anonymous" />
      ))}
      <link rel="icon" href={assetAddress('mark.svg')} type="image/svg+xml" />
      {[...SCRIPTS, ...(shown.scripts ?? [])].map((script) => (
        <script type="module" src={assetAddress(`${script}.js`)} />
      ))}
    </head>
  );
}

function Masthead({ site, hasSearch }: { site: Site; hasSearch: boolean }): JSX.Element {
  const [path = '/'] = site.address.split('?');
  return (
    <header class="masthead">
      <a class="wordmark" href="/">
        Filmbase
      </a>
      <nav aria-label="Main">
        <ul>
          {site.navigation.map(({ label, address }) => (
            <li>
              <a href={address} aria-current={currentOf(address, path)}>
                {label}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      {hasSearch && <SearchForm id="search" />}
    </header>
  );
}

/** What `aria-current` says of a link, at `path`. */
function currentOf(address: string, path: string): 'page' | 'true' | undefined {
  if (path === address) return 'page';
  return path.startsWith(`${address}/`) ? 'true' : undefined;
}

function Footer({ site }: { site: Site }): JSX.Element {
  return (
    <footer class="colophon">
      <ThemeChoice />
      <p>
        Filmbase {site.version}. Every page is <a href={site.jsonAddress}>JSON</a> too, at the same address:{' '}
        <a href="/docs">the API</a>.
      </p>
      <p>Information courtesy of IMDb (https://www.imdb.com) and of the sources that each title names.</p>
    </footer>
  );
}

/** A part of a page with a heading. */
export function Section(props: {
  id: string;
  heading: string;
  more?: { label: string; address: string } | undefined;
  children: ComponentChildren;
}): JSX.Element {
  const { id, heading, more, children } = props;
  return (
    <section aria-labelledby={`${id}-heading`} id={id}>
      <div class="section-head">
        <h2 id={`${id}-heading`}>{heading}</h2>
        {more !== undefined && <a href={more.address}>{more.label}</a>}
      </div>
      {children}
    </section>
  );
}
