// Betters a list of titles: orders are taken as soon as they are chosen, fields left empty are not sent, and more of the
// list is added to the page; whoever comes back finds as much of it, at the same place.

for (const form of document.querySelectorAll<HTMLFormElement>('[data-send-on-change]')) {
  form.addEventListener('change', () => {
    form.requestSubmit();
  });
}

// On coming back it shows the order of the list again, not the one that was chosen on leaving it.
addEventListener('pageshow', () => {
  for (const form of document.querySelectorAll<HTMLFormElement>('[data-send-on-change]')) form.reset();
});

for (const form of document.querySelectorAll<HTMLFormElement>('[data-drop-empty]')) {
  form.addEventListener('formdata', ({ formData }) => {
    for (const [name, value] of [...formData]) if (value === '') formData.delete(name);
  });
}

/** What the history's entry of the page keeps of what was added to it. */
interface Added {
  /** The list with all that was added, as HTML. */
  readonly list: string;
  /** The link to what comes after; null: that was all. */
  readonly next: string | null;
  readonly scroll: number;
}

/** Characters of a list that are kept; of a longer one the reader comes back to the first page. */
const MOST_KEPT = 1_500_000;

const STORE = `list ${location.pathname}${location.search}`;

const list = document.querySelector<HTMLElement>('[data-more]');
const pages = document.querySelector<HTMLElement>('nav.pages');
const link = pages?.querySelector<HTMLAnchorElement>('a[rel="next"]') ?? null;
const said = document.querySelector<HTMLElement>('[data-said]');

if (list !== null && link !== null) {
  restore(list, link);
  link.textContent = 'More';
  link.addEventListener('click', (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    void addMore(list, link);
  });
  addEventListener('pagehide', () => {
    keep(list, link);
  });
}

async function addMore(list: HTMLElement, link: HTMLAnchorElement): Promise<void> {
  if (link.getAttribute('aria-disabled') === 'true') return;
  link.setAttribute('aria-disabled', 'true');
  try {
    const answer = await fetch(link.href, { headers: { accept: 'text/html' } });
    if (!answer.ok) throw new Error(String(answer.status));
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const added = [...(page.querySelector('[data-more]')?.children ?? [])];
    list.append(...added);
    list.dataset.added = 'yes';
    added[0]?.querySelector('a')?.focus({ preventScroll: true });
    if (said !== null) said.textContent = `${added.length} more are shown.`;
    point(link, page.querySelector('nav.pages a[rel="next"]')?.getAttribute('href') ?? null);
  } catch {
    // As without this script: the browser says what is wrong.
    location.assign(link.href);
  } finally {
    link.removeAttribute('aria-disabled');
  }
}

/** To what comes after; null: there is no more. */
function point(link: HTMLAnchorElement, next: string | null): void {
  if (next === null) link.hidden = true;
  else link.href = next;
}

function keep(list: HTMLElement, link: HTMLAnchorElement): void {
  if (list.dataset.added === undefined || list.outerHTML.length > MOST_KEPT) return;
  const added: Added = {
    // Rows are read as such within a table alone.
    list: list.matches('tbody') ? `<table>${list.outerHTML}</table>` : list.outerHTML,
    next: link.hidden ? null : link.getAttribute('href'),
    scroll: scrollY,
  };
  try {
    sessionStorage.setItem(STORE, JSON.stringify(added));
  } catch (error) {
    // There is no room: the reader comes back to the first page.
    if (!(error instanceof DOMException)) throw error;
    sessionStorage.removeItem(STORE);
  }
}

/** Only for who comes back, not for who asks anew. */
function restore(list: HTMLElement, link: HTMLAnchorElement): void {
  const kept = sessionStorage.getItem(STORE);
  const [entry] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  if (kept === null || entry?.type !== 'back_forward') {
    sessionStorage.removeItem(STORE);
    return;
  }
  const added = JSON.parse(kept) as Added;
  const page = new DOMParser().parseFromString(added.list, 'text/html');
  list.replaceChildren(...(page.querySelector('[data-more]')?.children ?? []));
  list.dataset.added = 'yes';
  point(link, added.next);
  scrollTo(0, added.scroll);
}

export {};
