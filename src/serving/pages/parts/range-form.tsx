import type { JSX } from 'preact';

import { HiddenParameters } from './hidden-parameters.tsx';

interface Field {
  readonly name: string;
  readonly label: string;
  readonly min: number;
  readonly max: number;
  readonly step: number;
}

const FIELDS: readonly Field[] = [
  { name: 'year_gte', label: 'From year', min: 0, max: 9999, step: 1 },
  { name: 'year_lte', label: 'To year', min: 0, max: 9999, step: 1 },
  { name: 'rating_gte', label: 'Rated at least', min: 0, max: 10, step: 0.1 },
  { name: 'votes_gte', label: 'Votes at least', min: 0, max: 2_147_483_647, step: 1 },
];

/** Bounds that a list can be narrowed to. */
export function RangeForm({ path, query }: { path: string; query: URLSearchParams }): JSX.Element {
  return (
    <form class="ranges" method="get" action={path} data-drop-empty>
      <HiddenParameters query={query} names={FIELDS.map(({ name }) => name)} />
      {FIELDS.map(({ name, label, min, max, step }) => (
        <label>
          <span>{label}</span>
          <input
            type="number"
            name={name}
            min={min}
            max={max}
            step={step}
            inputMode="decimal"
            value={query.get(name) ?? ''}
          />
        </label>
      ))}
      <button>Narrow</button>
    </form>
  );
}
