import { join } from 'node:path';

import { copyToParquet, rejectSelect } from '../../model/claim-select.ts';
import { FilmbaseError } from '../../model/errors.ts';
import { literal } from '../../model/lake-engine.ts';
import type { HeldBackLine } from '../../model/lake-engine.ts';
import type { ClaimRequest } from '../../model/source.ts';
import { judgeSelect } from './judge.ts';
import type { Rules } from './judge.ts';
import { field, sqlName } from './open-file.ts';
import type { OpenFile } from './open-file.ts';
import type { ImdbSettings } from './settings.ts';

/** Characters of a record, and of a value, that a reject shows. */
const RAW_CHARACTERS = 2_000;
const VALUE_CHARACTERS = 200;

const HELD_BACK_DETAILS: Readonly<Record<HeldBackLine['reason'], string>> = {
  line_empty: 'the line is empty',
  line_too_long: 'the line is longer than 1 MiB',
  nul_byte: 'the line contains a NUL byte',
  control_character: 'the line contains a control character',
  encoding_invalid: 'the line is not UTF-8',
};

/** Why a record was rejected: the first of the faults whose condition holds. */
interface Fault {
  readonly when: string;
  readonly reason: string;
  /** An SQL expression. */
  readonly detail: string;
}

/** Writes the rejects of one file to a Parquet file in scratch, and counts them by reason. */
export async function writeFileRejects(
  request: ClaimRequest<ImdbSettings>,
  open: OpenFile,
  rules: Rules,
): Promise<{ part: string; reasons: Record<string, number> }> {
  const part = join(request.scratch, `${open.file.name}.rejects.parquet`);
  const select = rejectSelect({
    columns: {
      source: literal('imdb'),
      run: literal(request.run),
      file: literal(open.raw.name),
      line: 'line',
      reason: 'reason',
      detail: 'detail',
      raw: `left(raw, ${RAW_CHARACTERS})`,
    },
    from: `(
${faultySelect(open, rules)}
union all
${heldBackSelect(open)}
)
order by line`,
  });
  await request.engine.run(copyToParquet(select, part));
  return { part, reasons: await countReasons(request, open, part) };
}

async function countReasons(
  { engine }: ClaimRequest<ImdbSettings>,
  open: OpenFile,
  part: string,
): Promise<Record<string, number>> {
  const rows = await engine.rows<{ reason: string | null; records: number }>(`
select reason, count(*) as records
from read_parquet(${literal(part)})
group by reason
order by reason`);
  const reasons: Record<string, number> = {};
  for (const { reason, records } of rows) {
    if (reason === null)
      throw new FilmbaseError('count_mismatch', `${open.raw.name}: ${records} rejects have no reason.`);
    reasons[reason] = records;
  }
  return reasons;
}

/** Reads the file once more, numbered, and names what is wrong with each record that is neither taken nor left out. */
function faultySelect(open: OpenFile, rules: Rules): string {
  const faults = faultsOf(open);
  const cases = (of: (fault: Fault) => string) =>
    `case ${faults.map((fault) => `when ${fault.when} then ${of(fault)}`).join(' ')} end`;
  return `select
  n as line,
  ${cases(({ reason }) => literal(reason))} as reason,
  ${cases(({ detail }) => detail)} as detail,
  line as raw
from (
  select n, line, string_split(line, chr(9)) as c, ${isRepeat(open, rules)} as repeated, taken or outside as fine
  from (
${judgeSelect(open, rules, { numbered: true })}
  )
)
where repeated or not fine`;
}

function isRepeat(open: OpenFile, rules: Rules): string {
  return rules.repeats ? `n in (select n from ${sqlName(open.file, 'repeats')})` : 'false';
}

function faultsOf(open: OpenFile): Fault[] {
  const fields = open.header.length;
  const many = `concat('it has ', len(c), ' fields instead of ${fields}')`;
  return [
    {
      when: 'repeated',
      reason: 'duplicate_key',
      detail: saysValue(open, open.file.id, ' in an earlier line too'),
    },
    { when: `len(c) < ${fields}`, reason: 'row_short', detail: many },
    { when: `len(c) > ${fields}`, reason: 'row_long', detail: many },
    ...columnFaults(open),
    ...(open.file.name === 'title.basics'
      ? [{ when: 'true', reason: 'title_missing', detail: literal('it has no title at all') }]
      : []),
  ];
}

function columnFaults(open: OpenFile): Fault[] {
  return Object.entries(open.file.columns).flatMap(([column, format]) =>
    format === null
      ? []
      : {
          when: `not regexp_full_match(${field(open, column)}, ${literal(format.pattern)})`,
          reason: format.reason,
          detail: saysValue(open, column),
        },
  );
}

function saysValue(open: OpenFile, column: string, more = ''): string {
  return `concat(${literal(`${column} is '`)}, left(${field(open, column)}, ${VALUE_CHARACTERS}), ${literal(`'${more}`)})`;
}

function heldBackSelect(open: OpenFile): string {
  const details = Object.entries(HELD_BACK_DETAILS).map(
    ([reason, detail]) => `when ${literal(reason)} then ${literal(detail)}`,
  );
  return `select line, reason, case reason ${details.join(' ')} end as detail, raw
from read_json(
  ${literal(open.heldBack)},
  format = 'newline_delimited',
  columns = {line: 'bigint', reason: 'varchar', raw: 'varchar'}
)`;
}

/** Writes the rejects of all files as one. */
export async function writeRejects(
  request: ClaimRequest<ImdbSettings>,
  parts: readonly string[],
): Promise<void> {
  if (parts.length === 0) return;
  const select = `select * from read_parquet([${parts.map(literal).join(', ')}])`;
  await request.engine.run(copyToParquet(select, request.rejectFile));
}
