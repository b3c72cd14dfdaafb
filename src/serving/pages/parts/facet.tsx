import type { JSX } from 'preact';

import { addressWith, toggled, type ParameterChanges } from '../addresses.ts';
import type { TitleList } from '../shapes.ts';
import { countText, KIND_WORDS } from '../words.ts';

type Counts = NonNullable<NonNullable<TitleList['facets']>[FacetName]>;
type Value = Counts['values'][number];

/** What lists are counted by, in the order of the page. */
export const FACET_NAMES = ['genre', 'decade', 'rating', 'kind', 'country', 'language'] as const;

type FacetName = (typeof FACET_NAMES)[number];

interface Words {
  readonly heading: string;
  readonly label: (value: Value) => string;
  /** Whether the list is narrowed to the value. */
  readonly isOn: (value: string, query: URLSearchParams) => boolean;
  /** What narrows the list to the value, or no longer. */
  readonly toggle: (value: string, query: URLSearchParams) => ParameterChanges;
}

const FACETS: Readonly<Record<FacetName, Words>> = {
  genre: { heading: 'Genre', label: ({ value }) => value, ...repeated('genre') },
  decade: { heading: 'Decade', label: ({ value }) => `${value}s`, ...stretch('year', 10) },
  rating: {
    heading: 'Rating',
    label: ({ value }) => (value === '10' ? '10' : `${value} to ${Number(value) + 1}`),
    ...stretch('rating', 1),
  },
  kind: { heading: 'Kind', label: ({ value }) => KIND_WORDS[value] ?? value, ...repeated('kind') },
  country: { heading: 'Country', label: ({ value, name }) => name ?? value, ...repeated('country') },
  language: { heading: 'Language', label: ({ value, name }) => name ?? value, ...repeated('language') },
};

/** Values of a parameter that may be repeated. */
function repeated(name: string): Pick<Words, 'isOn' | 'toggle'> {
  return {
    isOn: (value, query) => query.getAll(name).some((one) => one.toLowerCase() === value.toLowerCase()),
    toggle: (value, query) => ({ [name]: toggled(query, name, value) }),
  };
}

/** Stretches of `length`, one at a time, by the lower bound and what is below the upper. */
function stretch(name: string, length: number): Pick<Words, 'isOn' | 'toggle'> {
  const [from, below] = [`${name}_gte`, `${name}_lt`];
  const end = (value: string) => String(Number(value) + length);
  const isOn = (value: string, query: URLSearchParams) =>
    query.get(from) === value && query.get(below) === end(value);
  return {
    isOn,
    toggle: (value, query) =>
      isOn(value, query) ? { [from]: null, [below]: null } : { [from]: value, [below]: end(value) },
  };
}

/** How many values are shown before the rest is folded away. */
const SHOWN = 8;

interface Props {
  readonly name: FacetName;
  readonly counts: Counts | undefined;
  readonly path: string;
  readonly query: URLSearchParams;
}

/** Values that a list can be narrowed to, each a link that puts it on or takes it off, with how many titles remain with it. */
export function Facet({ name, counts, path, query }: Props): JSX.Element | null {
  const words = FACETS[name];
  const values = inOrder(name, counts?.values ?? []);
  const isChosen = ({ value }: Value) => words.isOn(value, query);
  if (values.length < 2 && !values.some(isChosen)) return null;
  const link = (value: Value) => (
    <FacetLink
      label={words.label(value)}
      count={value.count}
      isOn={isChosen(value)}
      address={addressWith(path, query, words.toggle(value.value, query))}
    />
  );
  const rest = values.slice(SHOWN);
  return (
    <section class="facet" aria-labelledby={`facet-${name}`}>
      <h2 id={`facet-${name}`}>
        {words.heading}
        {counts?.kind === 'estimated' && <span class="muted"> about</span>}
      </h2>
      <ul>{values.slice(0, SHOWN).map(link)}</ul>
      {rest.length > 0 && (
        <details open={rest.some(isChosen)}>
          <summary>{rest.length} more</summary>
          <ul>{rest.map(link)}</ul>
        </details>
      )}
    </section>
  );
}

/** Decades and ratings downwards; others as they are, most titles first. */
function inOrder(name: FacetName, values: readonly Value[]): readonly Value[] {
  return name === 'decade' || name === 'rating'
    ? [...values].sort((a, b) => Number(b.value) - Number(a.value))
    : values;
}

interface LinkProps {
  readonly label: string;
  readonly count: number;
  readonly isOn: boolean;
  readonly address: string;
}

function FacetLink({ label, count, isOn, address }: LinkProps): JSX.Element {
  return (
    <li>
      <a href={address} class={isOn ? 'on' : undefined} rel="nofollow">
        <span>
          {label}
          {isOn && <span class="unseen"> (chosen; take it off)</span>}
        </span>
        <span class="figure">{countText(count)}</span>
      </a>
    </li>
  );
}
