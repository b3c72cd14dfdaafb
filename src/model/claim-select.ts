import { CLAIM_TABLES, REJECT_COLUMNS } from './claim-tables.ts';
import type { ClaimTable } from './claim-tables.ts';
import { literal } from './lake-engine.ts';

/** For each column of `T` that the source has, the SQL expression that gives it; the others become null. */
export type ClaimColumns<T extends ClaimTable> = Partial<Record<keyof (typeof CLAIM_TABLES)[T], string>>;

/**
 * The select whose rows are claims of `table`: exactly its declared columns, in their order and of their types,
 * after `source` and `run`. `from` is a relation, or a query in brackets, that the expressions speak of.
 */
export function claimSelect<T extends ClaimTable>(
  table: T,
  claim: { source: string; run: string; columns: ClaimColumns<T>; from: string },
): string {
  const declared = { source: 'varchar', run: 'varchar', ...CLAIM_TABLES[table] };
  const given = { ...claim.columns, source: literal(claim.source), run: literal(claim.run) };
  return typedSelect(declared, given, claim.from);
}

/** The select whose rows are rejects, in the same way. */
export function rejectSelect(reject: {
  columns: Record<keyof typeof REJECT_COLUMNS, string>;
  from: string;
}): string {
  return typedSelect(REJECT_COLUMNS, reject.columns, reject.from);
}

/** The statement that writes the rows of `select` to `file`, and answers how many there were as `Count`. */
export function copyToParquet(select: string, file: string): string {
  return `copy (\n${select}\n) to ${literal(file)} (format parquet, compression zstd)`;
}

function typedSelect(
  declared: Readonly<Record<string, string>>,
  given: Readonly<Record<string, string | undefined>>,
  from: string,
): string {
  const columns = Object.entries(declared).map(
    ([name, type]) => `  cast(${given[name] ?? 'null'} as ${type}) as ${name}`,
  );
  return `select\n${columns.join(',\n')}\nfrom ${from}`;
}
