import type { JSX } from 'preact';

interface Props {
  /** Tells the forms of a page apart. */
  readonly id: string;
  readonly value?: string;
  readonly isLarge?: boolean;
}

/** The search; a script of ours shows what is found while it is typed. */
export function SearchForm({ id, value = '', isLarge = false }: Props): JSX.Element {
  return (
    <form role="search" method="get" action="/search" class={isLarge ? 'search large' : 'search'} data-search>
      <label htmlFor={id} class="unseen">
        Search films, series and episodes
      </label>
      <input
        id={id}
        type="search"
        name="q"
        value={value}
        required
        maxLength={200}
        placeholder="Half a name, mistyped"
        autocomplete="off"
        spellcheck={false}
      />
      <button>Search</button>
    </form>
  );
}
