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

/** The lines of the records that become claims. */
export function takenLines(open: OpenFile, rules: Rules): string {
  const byPattern = open.file.name === 'title.basics' && !rules.akaTitles && !rules.limited;
  // Said as a condition on the line alone, it costs no cutting of lines into fields.
  return byPattern
    ? `${linesWithoutRepeats(open, rules)} where ${fits(open, rules)}`
    : `(\n${judgeSelect(open, rules)}\n) where taken`;
}

/**
 * Records of titles are left out by their kind, whatever else stands in them, or because they are beyond the
 * limit.
 */
function judgeTitles(open: OpenFile, rules: Rules, lines: string, n: string): string {
  const within = rules.limited ? 'number in (select number from imdb_first_titles)' : 'true';
  return `select ${n}line, case when taken or outside then number end as key, taken, outside
from (
  select
    *,
    fits and ${within} as taken,
    case when fits then not (${within}) else ${isOfOtherKind(open, rules)} end as outside
  from (
    select *, ${idNumber(open)} as number, ${fits(open, rules)} as fits
    from (
      select *, string_split(line, chr(9)) as c
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
  return `select ${n}line, key, fits and not (${leftOut}) as taken, fits and ${leftOut} as outside
from (
  select ${n}line, number, fits, case when fits then ${key} end as key
  from (
    select *, ${idNumber(open)} as number
    from (
      select *, string_split(line, chr(9)) as c, ${fits(open, rules)} as fits
      from ${lines}
    )
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

/** Whether the line has the declared fields and, for a title, a kind that is asked for and a name. */
function fits(open: OpenFile, rules: Rules): string {
  if (open.file.name !== 'title.basics') return matches(open, [{}]);
  const titleType = `(?:${rules.kinds.join('|')})`;
  const { pattern } = FORMATS.title;
  const own = matches(open, [
    { titleType, primaryTitle: pattern },
    { titleType, originalTitle: pattern },
  ]);
  if (!rules.akaTitles) return own;
  const named = `${field(open, 'tconst')} in (select tconst from imdb_aka_titles)`;
  return `(${own} or (${matches(open, [{ titleType }])} and ${named}))`;
}

/**
 * Whether the line is as the file's columns say, with what one of `variants` says of some of them. One pattern
 * over the line is faster than one for each of its fields.
 */
function matches(open: OpenFile, variants: readonly Readonly<Record<string, string>>[]): string {
  const patterns = variants.map((variant) =>
    open.header
      // A column that stands twice is read where it stands first.
      .map((column, i) => (open.header.indexOf(column) < i ? ANY_FIELD : patternOf(open, column, variant)))
      .join('\\t'),
  );
  return `regexp_full_match(line, ${literal(patterns.join('|'))})`;
}

function patternOf(open: OpenFile, column: string, variant: Readonly<Record<string, string>>): string {
  return variant[column] ?? open.file.columns[column]?.pattern ?? ANY_FIELD;
}

/** A list and not `in`, which the engine would make a join of. */
function isOfOtherKind(open: OpenFile, rules: Rules): string {
  return `len(c) = ${open.header.length}
      and not list_contains([${rules.kinds.map(literal).join(', ')}], ${field(open, 'titleType')})
      and regexp_full_match(${field(open, 'tconst')}, ${literal(FORMATS.titleId.pattern)})`;
}

/** The number in an id such as `tt0133093`. */
function idNumber(open: OpenFile): string {
  return `try_cast(substr(${field(open, open.file.id)}, 3) as bigint)`;
}

/** A query of the fields by the provider's names, null where it does not say, from lines in `lines`. */
export function fieldsSelect(open: OpenFile, lines: string): string {
  const fields = Object.entries(open.file.columns).map(([column, format]) => {
    const text = field(open, column);
    // What was judged to be a number or null is cast at once: faster than looking for null first.
    const value =
      format?.type === undefined
        ? `nullif(${text}, ${literal(NULL_FIELD)})`
        : `try_cast(${text} as ${format.type})`;
    return `${value} as ${column}`;
  });
  return `select ${fields.join(', ')}
from (
  select string_split(line, chr(9)) as c
  from ${lines}
)`;
}
