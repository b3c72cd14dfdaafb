import { literal } from '../../model/lake-engine.ts';
import type { LakeEngine } from '../../model/lake-engine.ts';

/** So many titles are counted one by one whatever is asked, in about 50 ms; of more, so many by chance. */
const MOST_SAMPLED = 250_000;

/** The bound of a sample that has all titles: the first five hexadecimal digits of an id are less. */
export const WHOLE_SAMPLE = 2 ** 20;

/**
 * The number of a cell, of its values as text, null where unknown: the same in the lake's engine and in PostgreSQL but for how sixty
 * bits become a number, which `bits` says.
 */
export function cellNumber(
  values: Readonly<Record<'kind' | 'genres' | 'year' | 'rating' | 'languages' | 'countries', string>>,
  bits: (hexadecimal: string) => string,
): string {
  const { kind, genres, year, rating, languages, countries } = values;
  const texts = [kind, genres, year, rating, languages, countries].map(
    (value) => `coalesce(cast(${value} as varchar), '')`,
  );
  return bits(`left(md5(concat_ws('|', ${texts.join(', ')})), 15)`);
}

/**
 * Leaves in the engine the temp tables `facet_cell`, `facet_sample` and `facet_scale` of a catalogue version whose Parquet of each table
 * is at `file(table)`, with names and codes joined by commas.
 */
export async function listCells(engine: LakeEngine, file: (table: string) => string): Promise<void> {
  await engine.run(`
    create or replace temp table facet_title as
    select *, ${cellNumber(VALUES, (text) => `cast(concat('0x', ${text}) as bigint)`)} as cell
    from (
      select
        t.id, t.kind, t.is_film, t.genres, t.year, t.votes, t.runtime_minutes,
        t.rating as exact_rating,
        cast(floor(t.rating) as smallint) as rating,
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
        on c.title_id = t.id
    ) as t;

    create or replace temp table facet_scale as
    select cast(least(${WHOLE_SAMPLE}, ceil(${WHOLE_SAMPLE}.0 * ${MOST_SAMPLED} / greatest(count(*), 1))) as integer) as bound
    from facet_title;

    create or replace temp table facet_cell as
    select
      cell, any_value(kind) as kind, any_value(is_film) as is_film, any_value(genres) as genres, any_value(year) as year,
      any_value(rating) as rating, any_value(languages) as languages, any_value(countries) as countries,
      count(*) as titles
    from facet_title
    group by cell;

    create or replace temp table facet_sample as
    select id as title_id, cell, exact_rating as rating, votes, runtime_minutes
    from facet_title
    where cast(concat('0x', left(cast(id as varchar), 5)) as integer) < (select bound from facet_scale)
    order by cell, id`);
}

const VALUES = {
  kind: 'kind',
  genres: 'genres',
  year: 'year',
  rating: 'rating',
  languages: 'languages',
  countries: 'countries',
};
