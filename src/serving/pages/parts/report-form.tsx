import type { JSX } from 'preact';

import type { FormField } from '../form-fields.ts';
import { HiddenParameters } from './hidden-parameters.tsx';

interface Props {
  readonly fields: readonly FormField[];
  readonly path: string;
  readonly query: URLSearchParams;
}

/** What the names of parameters are called; others as they are. */
const LABELS: Readonly<Record<string, string>> = {
  metric: 'Measured by',
  agg: 'Combined by',
  attribution: 'Companies of a film',
  basis: 'Compared by',
  top: 'Ranks',
  company: 'Company',
  genre: 'Genre',
  seller: 'Seller',
  year_gte: 'From year',
  year_lte: 'To year',
};

/** What a report can be asked, as the API reference has it. */
export function ReportForm({ fields, path, query }: Props): JSX.Element {
  return (
    <form class="report-form" method="get" action={path} data-drop-empty>
      <HiddenParameters query={query} names={fields.map(({ name }) => name)} />
      {fields.map((field) => (
        <label>
          <span>{LABELS[field.name] ?? field.name}</span>
          <Control field={field} value={query.get(field.name) ?? ''} />
        </label>
      ))}
      <button>Show</button>
    </form>
  );
}

function Control({ field, value }: { field: FormField; value: string }): JSX.Element {
  const { name, choices, isNumber, description } = field;
  if (choices !== null) {
    return (
      <select name={name}>
        {choices.map((choice) => (
          <option value={choice} selected={choice === value}>
            {choice}
          </option>
        ))}
      </select>
    );
  }
  return isNumber ? (
    <input name={name} type="number" value={value} title={description} />
  ) : (
    <input name={name} type="text" value={value} title={description} />
  );
}
