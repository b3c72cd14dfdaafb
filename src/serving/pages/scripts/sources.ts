// The state of the sources, live: asked again while one is being read, and now and then else.

/** How long to wait, in milliseconds, while a source is being read, and while none is. */
const WHILE_READ_MS = 1_000;
const ELSE_MS = 15_000;

const live = document.querySelector<HTMLElement>('[data-live]');
const said = document.querySelector<HTMLElement>('[data-said]');
const away = document.querySelector<HTMLElement>('[data-away]');

/** When what is shown was so. */
let shownAt = new Date();

if (live !== null) askLater(live);

function askLater(live: HTMLElement): void {
  const isRead = live.querySelector('[data-state="running"]') !== null;
  setTimeout(() => void renew(live), isRead ? WHILE_READ_MS : ELSE_MS);
}

async function renew(live: HTMLElement): Promise<void> {
  // Nobody looks: nothing is asked until somebody does.
  if (document.hidden) {
    document.addEventListener('visibilitychange', () => void renew(live), { once: true });
    return;
  }
  try {
    const answer = await fetch(location.href, { headers: { accept: 'text/html' } });
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const now = page.querySelector('[data-live]');
    if (now === null) sayAway();
    else show(live, now);
  } catch (error) {
    // The server or the network is away: what is shown stays, and is asked for again.
    if (!(error instanceof TypeError)) throw error;
    sayAway();
  }
  askLater(live);
}

function show(live: HTMLElement, now: Element): void {
  if (away !== null) away.textContent = '';
  // Whoever reads a table by the keyboard is left in it; a click alone holds nothing up.
  if (live.querySelector(':focus-visible') !== null) return;
  tell(live, now);
  live.replaceChildren(...now.children);
  shownAt = new Date();
}

/** What is shown grows old: it says of when it is. */
function sayAway(): void {
  if (away === null) return;
  away.textContent = `The server does not answer. This is how it was at ${shownAt.toLocaleTimeString()}.`;
}

/** Says to those who hear the page which sources are in another state than before. */
function tell(before: Element, after: Element): void {
  const changed = [...after.querySelectorAll<HTMLElement>('[data-source]')].filter(({ dataset }) => {
    const old = before.querySelector<HTMLElement>(`[data-source="${CSS.escape(dataset.source ?? '')}"]`);
    return old?.dataset.state !== dataset.state;
  });
  if (changed.length === 0 || said === null) return;
  said.textContent = changed.map(({ dataset }) => `${dataset.source}: ${dataset.state}`).join(', ');
}

export {};
