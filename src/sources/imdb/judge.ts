import { literal } from '../../model/lake-engine.ts';
import { ANY_FIELD, FORMATS, NULL_FIELD } from './formats.ts';
import { field, linesOf, numberedLinesOf, sqlName } from './open-file.ts';
import type { OpenFile } from './open-file.ts';
import type { ImdbSettings } from './settings.ts';

/** What of a file has turned out, and has to be heeded when its records are judged. */
export interface Rules {
  readonly kinds: ImdbSettings['kinds'];
  /** Some records repeat the key of an earlier one; the table of repeats has their lines. */
  readonly repeats: boolean;
  /** Some titles have a name only among the akas; `imdb_aka_titles` has it. */
  readonly akaTitles: boolean;
  /** Only the titles in `imdb_first_titles` are taken. */
  readonly limited: boolean;
}

/** Beside `taken` and `outside`, in whichever relation is judged. */
interface JudgeOptions {
  /** With `n`, the line's number, and with repeats among the records. */
  readonly numbered?: boolean;
}

/**
 * A query that judges each record: `line`; `key`, a number that no two records share; `taken`, whether it becomes
 * claims; `outside`, whether it is left out. A record that is neither is rejected, and its key is null.
 */
export function judgeSelect(open: OpenFile, rules: Rules, options: JudgeOptions = {}): string {
  const n = options.numbered === true ? 'n, ' : '';
  const lines = options.numbered === true ? numberedLinesOf(open) : linesWithoutRepeats(open, rules);
  return open.file.name === 'title.basics'
    ? judgeTitles(open, rules, lines, n)
    : judgeOthers(open, rules, lines, n);
}

/** Records of titles are left out by their kind, whatever else stands in them, or because they are beyond the limit. */
function judgeTitles(open: OpenFile, rules: Rules, lines: string, n: string): string {
  const within = rules.limited ? 'number in (select number from imdb_first_titles)' : 'true';
  return `select ${n}line, case when taken or outside then number end as key, taken, outside
from (
  select
    *,
    fits and ${within} as taken,
    case when fits then not (${within}) else ${isOfOtherKind(open, rules)} end as outside
  from (
    select *, ${idNumber(open)} as number, fits_columns and ${hasTitle(open, rules)} as fits
    from (
      select *, string_split(line, chr(9)) as c, ${fitsColumns(open, rules)} as fits_columns
      from ${lines}
    )
  )
)`;
}

/** Records about titles are left out with their title. */
function judgeOthers(open: OpenFile, rules: Rules, lines: string, n: string): string {
  const { file } = open;
  const key =
    file.place === undefined ? 'number' : `number * 1000000 + cast(${field(open, file.place)} as bigint)`;
  const leftOut = file.ofTitle ? 'left_out.number is not null' : 'false';
  const join = file.ofTitle ? 'left join imdb_left_out as left_out using (number)' : '';
  return `select ${n}line, case when fits then ${key} end as key, fits and not (${leftOut}) as taken, fits and ${leftOut} as outside
from (
  select *, ${idNumber(open)} as number
  from (
    select *, string_split(line, chr(9)) as c, ${fitsColumns(open, rules)} as fits
    from ${lines}
  )
)
${join}`;
}

function linesWithoutRepeats(open: OpenFile, rules: Rules): string {
  if (!rules.repeats) return linesOf(open);
  return `(
  select line
  from ${numberedLinesOf(open)}
  where n not in (select n from ${sqlName(open.file, 'repeats')})
)`;
}

/** Whether the whole line has the declared fields: one pattern over the line is faster than one for each field. */
function fitsColumns(open: OpenFile, rules: Rules): string {
  const patterns = open.header.map((column, i) => {
    // A column that stands twice is read where it stands first.
    if (open.header.indexOf(column) < i) return ANY_FIELD;
    if (open.file.name === 'title.basics' && column === 'titleType') return `(?:${rules.kinds.join('|')})`;
    return open.file.columns[column]?.pattern ?? ANY_FIELD;
  });
  return `regexp_full_match(line, ${literal(patterns.join('\\t'))})`;
}

function isOfOtherKind(open: OpenFile, rules: Rules): string {
  const kinds = rules.kinds.map(literal).join(', ');
  return `len(c) = ${open.header.length}
      and ${field(open, 'titleType')} not in (${kinds})
      and regexp_full_match(${field(open, 'tconst')}, ${literal(FORMATS.titleId.pattern)})`;
}

function hasTitle(open: OpenFile, rules: Rules): string {
  const none = `('', ${literal(NULL_FIELD)})`;
  const own = `${field(open, 'primaryTitle')} not in ${none} or ${field(open, 'originalTitle')} not in ${none}`;
  const named = `${field(open, 'tconst')} in (select tconst from imdb_aka_titles)`;
  return rules.akaTitles ? `(${own} or ${named})` : `(${own})`;
}

/** The number in an id such as `tt0133093`. */
function idNumber(open: OpenFile): string {
  return `try_cast(substr(${field(open, open.file.id)}, 3) as bigint)`;
}

/** A query of the fields by the provider's names, null where it does not say, from lines in `lines`. */
export function fieldsSelect(open: OpenFile, lines: string): string {
  const fields = Object.keys(open.file.columns).map(
    (column) => `nullif(${field(open, column)}, ${literal(NULL_FIELD)}) as ${column}`,
  );
  return `select ${fields.join(', ')}
from (
  select string_split(line, chr(9)) as c
  from ${lines}
)`;
}
