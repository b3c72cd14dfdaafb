// What is found while it is typed: a list below the field, by the pattern of a combobox
// (https://www.w3.org/WAI/ARIA/apg/patterns/combobox/). The answer to what is no longer asked is left, and what is shown
// stays until there is something else to show.

/** What the search of the API answers. */
interface Found {
  readonly data: readonly {
    readonly title: string;
    readonly year: number | null;
    readonly kind: string;
    readonly address: string | null;
  }[];
}

const MOST = 8;

/** Milliseconds without a key after which it is asked: a quick writer asks once a word. */
const PAUSE_MS = 60;

for (const form of document.querySelectorAll<HTMLFormElement>('[data-search]')) {
  const field = form.querySelector<HTMLInputElement>('input[type="search"]');
  if (field !== null) suggest(form, field);
}

function suggest(form: HTMLFormElement, field: HTMLInputElement): void {
  const list = document.createElement('ul');
  list.id = `${field.id}-suggestions`;
  list.className = 'suggestions';
  list.hidden = true;
  list.setAttribute('role', 'listbox');
  list.setAttribute('aria-label', 'Titles found');
  const said = document.createElement('p');
  said.className = 'unseen';
  said.setAttribute('role', 'status');
  form.append(list, said);
  field.setAttribute('role', 'combobox');
  field.setAttribute('aria-autocomplete', 'list');
  field.setAttribute('aria-expanded', 'false');
  field.setAttribute('aria-controls', list.id);

  let asking = new AbortController();
  let pause: ReturnType<typeof setTimeout> | undefined;

  const close = () => {
    clearTimeout(pause);
    asking.abort();
    list.hidden = true;
    field.setAttribute('aria-expanded', 'false');
    field.removeAttribute('aria-activedescendant');
  };

  const show = ({ data }: Found) => {
    const options = data.flatMap(({ title, year, kind, address }, at) =>
      address === null ? [] : [optionOf(`${list.id}-${at}`, title, [year, kindWord(kind)], address)],
    );
    list.replaceChildren(...options);
    list.hidden = options.length === 0;
    field.setAttribute('aria-expanded', String(options.length > 0));
    field.removeAttribute('aria-activedescendant');
    said.textContent = options.length === 0 ? 'Nothing found' : `${options.length} found`;
  };

  const ask = async (words: string) => {
    asking.abort();
    asking = new AbortController();
    const { signal } = asking;
    try {
      const answer = await fetch(`/search?limit=${MOST}&q=${encodeURIComponent(words)}`, {
        signal,
        headers: { accept: 'application/json' },
      });
      if (!answer.ok) sayAway();
      else show((await answer.json()) as Found);
    } catch (error) {
      // Something else is asked by now, or the network is away: the form can still be sent.
      if (signal.aborted) return;
      if (!(error instanceof TypeError)) throw error;
      sayAway();
    }
  };

  // What was found for other words is not left standing.
  const sayAway = () => {
    close();
    said.textContent = 'The search does not answer';
  };

  const choose = (step: number) => {
    const options = [...list.children];
    const at = options.findIndex((option) => option.getAttribute('aria-selected') === 'true');
    // One place more than there are options: there, none is chosen, and what was typed stands.
    const places = options.length + 1;
    const next = (at + 1 + step + places) % places;
    for (const [place, option] of options.entries())
      option.setAttribute('aria-selected', String(place === next - 1));
    const chosen = options[next - 1];
    if (chosen === undefined) field.removeAttribute('aria-activedescendant');
    else field.setAttribute('aria-activedescendant', chosen.id);
    chosen?.scrollIntoView({ block: 'nearest' });
  };

  field.addEventListener('input', () => {
    clearTimeout(pause);
    const words = field.value.trim();
    if (words === '') close();
    else pause = setTimeout(() => void ask(words), PAUSE_MS);
  });

  field.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && !list.hidden) {
      close();
      event.preventDefault();
    } else if (event.key === 'ArrowDown' && list.hidden && field.value.trim() !== '') {
      void ask(field.value.trim());
      event.preventDefault();
    } else if ((event.key === 'ArrowDown' || event.key === 'ArrowUp') && !list.hidden) {
      choose(event.key === 'ArrowDown' ? 1 : -1);
      event.preventDefault();
    } else if (event.key === 'Enter') {
      const chosen = list.querySelector<HTMLElement>('[aria-selected="true"]');
      if (list.hidden || chosen === null) return;
      event.preventDefault();
      location.assign(chosen.dataset.address ?? '/');
    }
  });

  list.addEventListener('pointerdown', (event) => {
    // The field keeps the focus, so that the list stays until the click is done.
    event.preventDefault();
  });
  list.addEventListener('click', (event) => {
    const option = event.target instanceof Element ? event.target.closest<HTMLElement>('li') : null;
    if (option?.dataset.address !== undefined) location.assign(option.dataset.address);
  });
  field.addEventListener('blur', close);
}

function optionOf(id: string, title: string, rest: (string | number | null)[], address: string): HTMLElement {
  const option = document.createElement('li');
  option.id = id;
  option.dataset.address = address;
  option.setAttribute('role', 'option');
  option.setAttribute('aria-selected', 'false');
  const name = document.createElement('span');
  name.textContent = title;
  const about = document.createElement('span');
  about.textContent = rest.filter((part) => part !== null && part !== '').join(' · ');
  option.append(name, about);
  return option;
}

/** Films are not called so: most are. */
function kindWord(kind: string): string {
  if (kind === 'tvEpisode') return 'episode';
  return kind.startsWith('tv') && kind.endsWith('Series') ? 'series' : '';
}

export {};
