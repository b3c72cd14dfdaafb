import { FilmbaseError } from '../../model/errors.ts';
import type { LakeEngine } from '../../model/lake-engine.ts';
import type { Rules } from './judge.ts';
import { withAkaTitles } from './aka-titles.ts';
import { fieldsSelect, judgeSelect, takenLines } from './judge.ts';
import { sqlName } from './open-file.ts';
import type { OpenFile } from './open-file.ts';

/** What became of a file's records. */
export interface Tally {
  readonly taken: number;
  readonly outside: number;
  /** Those that are neither, repeats and lines held back among them. */
  readonly rejected: number;
}

/**
 * Bytes of lines to keep in the engine, so that the file is not read again for its claims. Beyond, reading twice
 * costs less than spilling.
 */
const KEPT_BYTES = 256 << 20;

/** Nine of twelve titles are episodes (2025); without them, at most a quarter of the lines is kept. */
const SHARE_WITHOUT_EPISODES = 0.25;

/**
 * Judges the file's records into a table of the engine, named `sqlName(file, 'judged')`, finds repeats of keys,
 * and makes the view `sqlName(file)` of the records that are taken. Gives the rules that were found to be needed.
 */
export async function judgeFile(engine: LakeEngine, open: OpenFile, rules: Rules): Promise<Rules> {
  await judge(engine, open, rules);
  const found = (await hasRepeats(engine, open)) ? { ...rules, repeats: true } : rules;
  if (found !== rules) {
    await findRepeats(engine, open, rules);
    await judge(engine, open, found);
  }
  return found;
}

async function judge(engine: LakeEngine, open: OpenFile, rules: Rules): Promise<void> {
  const judged = sqlName(open.file, 'judged');
  const keeps = keepsLines(open, rules);
  await engine.run(`create or replace temp table ${judged} as
select key, taken, outside${keeps ? ', case when taken then line end as line' : ''}
from (
${judgeSelect(open, rules)}
)`);
  const fields = fieldsSelect(open, keeps ? `${judged} where taken` : takenLines(open, rules));
  await engine.run(`create or replace temp view ${sqlName(open.file)} as
${rules.akaTitles ? withAkaTitles(fields) : fields}`);
}

function keepsLines(open: OpenFile, rules: Rules): boolean {
  const few = open.file.name === 'title.basics' && !rules.kinds.includes('tvEpisode');
  return open.plainBytes * (few ? SHARE_WITHOUT_EPISODES : 1) <= KEPT_BYTES;
}

/** Keys in a range of at most so many are told apart by a bit each, eight times as fast as by hashing. */
const BITS_AT_MOST = 200_000_000;

async function hasRepeats(engine: LakeEngine, open: OpenFile): Promise<boolean> {
  const judged = sqlName(open.file, 'judged');
  const [range] = await engine.rows<{ keys: number; least: number; most: number }>(`
select count(key) as keys, coalesce(min(key), 0) as least, coalesce(max(key), 0) as most
from ${judged}`);
  if (range === undefined || range.keys === 0) return false;
  const distinct =
    range.most - range.least < BITS_AT_MOST
      ? `bit_count(bitstring_agg(key, ${range.least}, ${range.most}))`
      : 'count(distinct key)';
  const [found] = await engine.rows<{ keys: number }>(`select ${distinct} as keys from ${judged}`);
  return found?.keys !== range.keys;
}

/** The lines of all records but the first with their key. */
async function findRepeats(engine: LakeEngine, open: OpenFile, rules: Rules): Promise<void> {
  await engine.run(`create or replace temp table ${sqlName(open.file, 'repeats')} as
select n
from (
  select n, row_number() over (partition by key order by n) as place
  from (
${judgeSelect(open, rules, { numbered: true })}
  )
  where key in (
    select key
    from ${sqlName(open.file, 'judged')}
    where key is not null
    group by key
    having count(*) > 1
  )
)
where place > 1`);
}

/** Errors: `count_mismatch` if the engine did not see each line once. */
export async function tallyFile(engine: LakeEngine, open: OpenFile, rules: Rules): Promise<Tally> {
  const [seen] = await engine.rows<{ records: number; taken: number; outside: number }>(`
select count(*) as records, count(*) filter (taken) as taken, count(*) filter (outside) as outside
from ${sqlName(open.file, 'judged')}`);
  const [repeated] = rules.repeats
    ? await engine.rows<{ records: number }>(
        `select count(*) as records from ${sqlName(open.file, 'repeats')}`,
      )
    : [{ records: 0 }];
  const { records, taken, outside } = seen ?? { records: 0, taken: 0, outside: 0 };
  const { lines, heldBack } = open.report;
  if (records + (repeated?.records ?? 0) + heldBack !== lines)
    throw new FilmbaseError(
      'count_mismatch',
      `${open.raw.name} has ${lines} records, of which ${heldBack} were held back and ${records} judged.`,
    );
  return { taken, outside, rejected: lines - taken - outside };
}
