import type { LakeEngine } from '../../model/lake-engine.ts';
import { fieldsSelect, judgeSelect } from './judge.ts';
import type { Rules } from './judge.ts';
import { linesOf, sqlName } from './open-file.ts';
import type { OpenFile } from './open-file.ts';

/**
 * Finds titles that have neither a primary nor an original title but an aka, and fills `imdb_aka_titles`: the one
 * that is said to be the original, else the first in the provider's order. Gives rules that heed it, if any.
 */
export async function nameByAkas(
  engine: LakeEngine,
  titles: OpenFile,
  rules: Rules,
  openAkas: () => Promise<OpenFile>,
): Promise<Rules> {
  if (!(await hasRejected(engine, titles))) return rules;
  const nameless = `select tconst
from (
${fieldsSelect(titles, `(\n${judgeSelect(titles, rules)}\n) where not taken and not outside`)}
)
where coalesce(primaryTitle, '') = '' and coalesce(originalTitle, '') = ''`;
  const [found] = await engine.rows<{ titles: number }>(`select count(*) as titles from (\n${nameless}\n)`);
  if (found === undefined || found.titles === 0) return rules;
  const akas = await openAkas();
  await engine.run(`create or replace temp table imdb_aka_titles as
select titleId as tconst, title as aka_title
from (
  select
    titleId,
    title,
    row_number() over (
      partition by titleId
      order by isOriginalTitle = 1 desc nulls last, ordering nulls last, title
    ) as place
  from (
${fieldsSelect(akas, linesOf(akas))}
  )
  where titleId in (\n${nameless}\n)
    and title <> ''
)
where place = 1`);
  return { ...rules, akaTitles: true };
}

/** The fields of titles, with the name found among the akas where there is no other. */
export function withAkaTitles(fields: string): string {
  return `select * exclude (aka_title) replace (coalesce(nullif(primaryTitle, ''), nullif(originalTitle, ''), aka_title) as primaryTitle)
from (
${fields}
)
left join imdb_aka_titles using (tconst)`;
}

async function hasRejected(engine: LakeEngine, open: OpenFile): Promise<boolean> {
  const [found] = await engine.rows<{ rejected: number }>(`
select count(*) as rejected
from ${sqlName(open.file, 'judged')}
where not taken and not outside`);
  return found !== undefined && found.rejected > 0;
}
