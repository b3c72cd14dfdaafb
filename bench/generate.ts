import { DuckDBInstance } from '@duckdb/node-api';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

import { literal } from '../src/model/lake-engine.ts';

/** What a dump is made of; the same request always gives the same dump. */
export interface DumpRequest {
  readonly folder: string;
  readonly titles: number;
  /** The share of the titles that are of kind `movie`, 0 to 1; in IMDb's own dump about 0.06. */
  readonly filmShare: number;
  /** 0, or another day: of each later day's ratings 2 % differ from those of day 0. */
  readonly day: number;
}

/** Distinct words that titles are made of; the first are the commonest. */
const WORDS = 60_000;

/** Titles of which IMDb's own dump has ratings. */
const RATED_PERCENT = 15;

/**
 * Writes `title.basics.tsv.gz` and `title.ratings.tsv.gz` in IMDb's layout. Everything follows from MD5 over a row's
 * number, so that it is the same everywhere.
 */
export async function generateDump({ folder, titles, filmShare, day }: DumpRequest): Promise<void> {
  await mkdir(folder, { recursive: true });
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  const write = (name: string) =>
    `${literal(join(folder, name))} (format csv, delimiter '\t', quote '', escape '', header true, compression gzip)`;
  for (const statement of [WORD_LIST, DRAWS]) await connection.run(statement);
  await connection.run(`copy (${basics(titles, filmShare)}) to ${write('title.basics.tsv.gz')}`);
  await connection.run(`copy (${ratings(titles, day)}) to ${write('title.ratings.tsv.gz')}`);
  instance.closeSync();
}

const WORD_LIST = `
  create table words as
  select list(word order by i) as list
  from (
    select i, concat(
      upper(['b','d','f','g','h','k','l','m','n','p','r','s','t','v','w','z'][1 + i % 16]),
      ['a','e','i','o','u','ai','ou','y'][1 + (i // 16) % 8],
      ['l','n','r','s','t','st','nd','m'][1 + (i // 128) % 8],
      ['a','e','o','ing','er','y','us','ia'][1 + (i // 1024) % 8],
      case when i < 8192 then '' else ['s','n','ra','to','lin','mer','da','vo'][1 + (i // 8192) % 8] end
    ) as word
    from range(${WORDS}) as t(i)
  )`;

/** draw(i, salt): a whole number below 2^63, evenly spread. common(n): a word's place, the low ones far more often. */
const DRAWS = `
  create macro draw(i, salt) as cast(md5_number_lower(concat(i, ':', salt)) >> 1 as bigint);
  create macro piece(d, shift, size) as (d >> shift) % size;
  create macro common(n) as 1 + cast(floor(power(n / 4096.0, 3) * ${WORDS - 1}) as integer)`;

function basics(titles: number, filmShare: number): string {
  const films = Math.round(filmShare * 1000);
  return `
    select
      printf('tt%07d', i + 1) as tconst,
      case
        when piece(a, 0, 1000) < ${films} then 'movie'
        when piece(a, 0, 1000) < ${films} + (1000 - ${films}) * 0.8 then 'tvEpisode'
        when piece(a, 0, 1000) < ${films} + (1000 - ${films}) * 0.92 then 'short'
        else 'tvSeries'
      end as titleType,
      concat(
        list[common(piece(b, 0, 4096))], ' ', list[common(piece(b, 12, 4096))],
        case when piece(a, 10, 3) > 0 then ' ' || list[common(piece(b, 24, 4096))] else '' end,
        case when piece(a, 12, 4) = 0 then ' of ' || list[common(piece(b, 36, 4096))] else '' end
      ) as primaryTitle,
      primaryTitle as originalTitle,
      case when piece(a, 14, 100) = 0 then '1' else '0' end as isAdult,
      case when piece(a, 18, 12) = 0 then '\\N' else cast(2025 - cast(floor(power(piece(a, 22, 1024) / 1024.0, 2) * 120) as integer) as varchar) end as startYear,
      '\\N' as endYear,
      case when piece(a, 32, 3) = 0 then '\\N' else cast(40 + piece(a, 34, 128) as varchar) end as runtimeMinutes,
      case
        when piece(a, 41, 20) = 0 then '\\N'
        else concat(
          ['Drama','Comedy','Documentary','Action','Drama','Romance'][1 + piece(a, 45, 6)],
          case when piece(a, 47, 2) = 0 then ',' || ['Thriller','Horror','Crime','Adventure','Family','Mystery','Sci-Fi','Fantasy','Animation','Biography','History','Music','War','Sport','Musical','Western','News','Film-Noir','Reality-TV','Game-Show'][1 + piece(a, 49, 20)] else '' end
        )
      end as genres
    from (select i, draw(i, 'a') as a, draw(i, 'b') as b from range(${titles}) as t(i)), words`;
}

function ratings(titles: number, day: number): string {
  const salt = `case when ${day} > 0 and piece(r, 40, 50) = 0 then 'day ${day}' else 'rating' end`;
  return `
    select
      printf('tt%07d', i + 1) as tconst,
      printf('%.1f', least(10.0, 1 + (piece(v, 0, 32) + piece(v, 5, 32) + piece(v, 10, 31)) / 10.0)) as averageRating,
      5 + cast(floor(power(piece(v, 16, 4096) / 4096.0, 12) * 2000000) as integer) as numVotes
    from (
      select i, draw(i, ${salt}) as v
      from (select i, draw(i, 'rated') as r from range(${titles}) as t(i))
      where piece(r, 0, 100) < ${RATED_PERCENT}
    )`;
}
