import { literal } from '../../model/lake-engine.ts';
import type { LakeEngine } from '../../model/lake-engine.ts';
import { RATING_STEPS, SLICED, WHOLE_SAMPLE, type Sliced } from './slices.ts';

/** So many titles all are in the sample; of more, so many by chance. A value of a facet has a bit for each, in 31 kB. */
const MOST_SAMPLED = 250_000;

/**
 * Leaves in the engine the temp tables `facet_cell`, `facet_bits`, `facet_scale` and an empty `facet_changed`, of a catalogue version
 * whose Parquet of each table is at `file(table)`, with names and codes joined by commas.
 */
export async function listFacets(
  engine: LakeEngine,
  file: (table: string) => string,
  mostSampled = MOST_SAMPLED,
): Promise<void> {
  await engine.run(titles(file, mostSampled));
  const [counted] = await engine.rows<{ titles: number }>('select count(*) as titles from facet_place');
  await engine.run(bits(counted?.titles ?? 0));
}

function titles(file: (table: string) => string, mostSampled: number): string {
  return `
    create or replace temp table facet_title as
    select
      t.id, t.kind, t.is_film, t.genres, t.sources, t.year, t.votes, t.runtime_minutes as runtime, t.rating,
      l.codes as languages,
      c.codes as countries
    from ${literal(file('title'))} as t
    left join (
      select title_id, string_agg(code, ',' order by code) as codes
      from (
        select title_id, language_code as code from ${literal(file('title_language'))}
        union
        select title_id, original_language from ${literal(file('title_detail'))} where original_language is not null
      ) as spoken
      group by title_id
    ) as l
      on l.title_id = t.id
    left join (
      select title_id, string_agg(country_code, ',' order by country_code) as codes
      from (select distinct title_id, country_code from ${literal(file('title_country'))}) as of_country
      group by title_id
    ) as c
      on c.title_id = t.id;

    create or replace temp table facet_scale as
    select cast(least(${WHOLE_SAMPLE}, ceil(${WHOLE_SAMPLE}.0 * ${mostSampled} / greatest(count(*), 1))) as integer) as bound
    from facet_title;

    create or replace temp table facet_cell as
    select kind, is_film, genres, year, cast(floor(rating) as smallint) as rating, languages, countries, count(*) as titles
    from facet_title
    group by all;

    create or replace temp table facet_place as
    select *, cast(row_number() over (order by votes desc, id) - 1 as integer) as place
    from facet_title
    where cast(concat('0x', left(cast(id as varchar), 5)) as integer) < (select bound from facet_scale);

    create or replace temp table facet_changed (
      title_id uuid, n smallint, is_sampled boolean, kind varchar, is_film boolean, genres varchar, sources varchar,
      year smallint, rating double, votes integer, runtime_minutes integer, languages varchar, countries varchar
    )`;
}

/** Eight titles to a byte, so that bits are hexadecimal digits; the places that are left over no title has. */
function bits(count: number): string {
  const last = 8 * Math.max(1, Math.ceil(count / 8)) - 1;
  return `
    create or replace temp table facet_bits as
    select facet, value, concat('x', hex(cast(bitstring_agg(place, 0, ${last}) as blob))) as bits
    from (${HAVE.join(' union all ')}) as have
    group by facet, value`;
}

const having = (facet: string, value: string, condition = 'true') =>
  `select '${facet}' as facet, cast(${value} as varchar) as value, place from facet_place where ${condition}`;

const havingEach = (facet: string, names: string) =>
  having(facet, `unnest(string_split(${names}, ','))`, `${names} <> ''`);

function havingSlices(number: Sliced, value: string): string[] {
  const digits = `select ${value} as v, d, place from facet_place, range(0, ${SLICED[number]}) as digit (d)`;
  return [
    having('known', `'${number}'`, `${number} is not null`),
    `select 'digit_${number}', cast(d as varchar), place from (${digits}) as n where (v >> d) & 1 = 1`,
  ];
}

/** Which titles have what: a facet's values, and what lists are narrowed to besides. */
const HAVE = [
  having('all', `''`),
  having('film', `''`, 'is_film'),
  having('kind', 'kind'),
  having('decade', 'year // 10 * 10', 'year is not null'),
  having('rating', 'cast(floor(rating) as integer)', 'rating is not null'),
  havingEach('genre', 'genres'),
  havingEach('language', 'languages'),
  havingEach('country', 'countries'),
  havingEach('source', 'sources'),
  ...havingSlices('year', 'year'),
  ...havingSlices('votes', 'votes'),
  ...havingSlices('runtime', 'runtime'),
  ...havingSlices('rating', `cast(round(rating * ${RATING_STEPS}) as integer)`),
];
