// The choice of light or dark, at once and without loading the page anew.

const form = document.querySelector<HTMLFormElement>('[data-theme-choice]');

/** A year, as the server has it. */
const KEPT_SECONDS = 365 * 24 * 60 * 60;

form?.addEventListener('submit', (event) => {
  const button = event.submitter;
  if (!(button instanceof HTMLButtonElement)) return;
  event.preventDefault();
  choose(button.value);
});

function choose(theme: string): void {
  document.cookie = `theme=${theme}; Path=/; Max-Age=${KEPT_SECONDS}; SameSite=Lax`;
  document.documentElement.dataset.theme = theme;
  document
    .querySelector('meta[name="color-scheme"]')
    ?.setAttribute('content', theme === 'auto' ? 'light dark' : theme);
  for (const button of form?.querySelectorAll('button') ?? [])
    button.setAttribute('aria-pressed', String(button.value === theme));
}

// A page that comes back from the browser's memory may be of before the choice.
addEventListener('pageshow', ({ persisted }) => {
  const chosen = /(?:^|;\s*)theme=(\w+)/.exec(document.cookie)?.[1];
  if (persisted && chosen !== undefined) choose(chosen);
});

export {};
