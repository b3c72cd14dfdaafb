import type { JSX } from 'preact';

import { addressWith, toggled } from '../addresses.ts';
import { countText } from '../words.ts';

export interface FacetValue {
  readonly value: string;
  readonly label: string;
  readonly count: number;
}

interface Props {
  readonly heading: string;
  /** The parameter, which may be repeated. */
  readonly parameter: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly values: readonly FacetValue[];
}

/** How many values are shown before the rest is folded away. */
const SHOWN = 10;

/** Values that a list can be narrowed to, each a link that puts it on or takes it off, with how many have it. */
export function Facet({ heading, parameter, path, query, values }: Props): JSX.Element {
  const chosen = query.getAll(parameter).map((value) => value.toLowerCase());
  const isOn = ({ value }: FacetValue) => chosen.includes(value.toLowerCase());
  const link = (value: FacetValue) => (
    <FacetLink
      value={value}
      isOn={isOn(value)}
      address={addressWith(path, query, { [parameter]: toggled(query, parameter, value.value) })}
    />
  );
  const rest = values.slice(SHOWN);
  return (
    <section class="facet" aria-label={heading}>
      <h2>{heading}</h2>
      <ul>{values.slice(0, SHOWN).map(link)}</ul>
      {rest.length > 0 && (
        <details open={rest.some(isOn)}>
          <summary>{rest.length} more</summary>
          <ul>{rest.map(link)}</ul>
        </details>
      )}
    </section>
  );
}

function FacetLink({
  value,
  isOn,
  address,
}: {
  value: FacetValue;
  isOn: boolean;
  address: string;
}): JSX.Element {
  return (
    <li>
      <a href={address} class={isOn ? 'on' : undefined} rel="nofollow">
        <span>
          {value.label}
          {isOn && <span class="unseen"> (chosen; take it off)</span>}
        </span>
        <span class="figure">{countText(value.count)}</span>
      </a>
    </li>
  );
}
