import sql from 'sql-template-tag';

import { runStartedAt } from '../../model/run-name.ts';
import { tellOrigins, type Speaker, type Testimony, type TitleWords } from '../../model/tell-origins.ts';
import { TITLE_PARTS } from './title-parts.ts';
import { isoTime } from './iso-time.ts';

/**
 * What is known of who says what of a title, besides its details: as JSON made of a row of `title` named `t`. From it
 * `originsOf` tells where each value comes from.
 */
export const ORIGIN_MATERIAL = sql`(
  with known_key as (
    select t.key as key, false as is_dropped
    union all
    select a.key, a.led_to is not null
    from title_alias as a
    where a.title_id = t.id
  ), entry as (
    select j.seq, j.written_at, j.action, j.title_key, j.document
    from journal as j
    where j.title_key in (select key from known_key)
  )
  select json_build_object(
    'keys', (select json_agg(key order by key <> t.key, is_dropped, key) from known_key),
    'inputs', coalesce(
      (
        select v.inputs
        from catalogue_version as v
        join catalogue_state as s on s.version = v.version
      ),
      '{}'
    ),
    'mergedSeq', (select merged_seq from catalogue_state),
    'claims', (
      select coalesce(
        json_agg(
          json_build_object('source', c.source, 'sourceKey', c.source_key, 'words', c.document)
          order by c.source, c.source_key
        ),
        '[]'
      )
      from title_claim as c
      where c.title_id = t.id
    ),
    'overruled', (
      select coalesce(json_object_agg(o.field, o.value order by o.field), '{}')
      from overruled as o
      where o.title_id = t.id
    ),
    'entered', (
      select coalesce(
        json_object_agg(e.title_key, json_build_object('seq', e.seq, 'at', ${isoTime('e.written_at')})),
        '{}'
      )
      from entry as e
      where e.action = 'enter_title'
    ),
    'set', (
      select coalesce(json_object_agg(s.field, json_build_object('seq', s.seq, 'at', ${isoTime('s.written_at')})), '{}')
      from (
        select distinct on (f.field) f.field, e.seq, e.written_at
        from entry as e
        cross join lateral jsonb_object_keys(e.document) as f (field)
        where e.action = 'set_values'
        order by f.field, e.seq desc
      ) as s
    ),
    'ratings', ${TITLE_PARTS.ratings},
    'companies', (select count(*) from title_company where title_id = t.id),
    'keywords', (select count(*) from title_keyword where title_id = t.id),
    'cast', (select count(*) from credit where title_id = t.id and part = 'cast'),
    'crew', (select count(*) from credit where title_id = t.id and part = 'crew'),
    'characters', (select count(*) from credit where title_id = t.id and part = 'characters')
  )
)`;

interface JournalPlace {
  readonly seq: number;
  readonly at: string;
}

interface OriginMaterial {
  /** Every key of the title, its best first, and last those that their sources have dropped. */
  readonly keys: readonly string[];
  readonly inputs: Readonly<Record<string, string>>;
  readonly mergedSeq: number;
  /** Of a title that several claims describe. */
  readonly claims: readonly {
    readonly source: string;
    readonly sourceKey: string;
    readonly words: TitleWords;
  }[];
  readonly overruled: Readonly<Record<string, unknown>>;
  readonly entered: Readonly<Record<string, JournalPlace>>;
  readonly set: Readonly<Record<string, JournalPlace>>;
  readonly ratings: readonly {
    readonly system: string;
    readonly rating: number;
    readonly votes: number | null;
  }[];
  readonly companies: number;
  readonly keywords: number;
  readonly cast: number;
  readonly crew: number;
  readonly characters: number;
}

interface Named {
  readonly code: string;
}

/** A title's details, as far as their origins are told. */
interface ServedDetails {
  readonly sources: readonly string[];
  readonly externalIds: Readonly<Record<string, string>>;
  readonly countries: readonly Named[];
  readonly languages: readonly Named[];
  /** Of an episode. */
  readonly series?: { readonly id: string } | null;
  readonly [field: string]: unknown;
}

/** Where each field of a title comes from, by its details and `ORIGIN_MATERIAL` of it. */
export function originsOf(details: object, material: object): ReturnType<typeof tellOrigins> {
  const known = material as OriginMaterial;
  const served = servedWords(details as ServedDetails, known);
  const fields = Object.keys(known.overruled);
  return tellOrigins({
    served,
    testimonies: testimoniesOf((details as ServedDetails).sources, served, known),
    byHand: Object.fromEntries(fields.map((field) => [field, handOf(known, field)])),
  });
}

function servedWords(details: ServedDetails, material: OriginMaterial): TitleWords {
  const { companies, keywords, cast, crew, characters } = material;
  const counts = { companies, keywords, cast, crew, characters };
  return {
    ...details,
    ...(details.series === undefined ? {} : { series: details.series?.id ?? null }),
    ...counts,
    countries: details.countries.map(({ code }) => code),
    languages: details.languages.map(({ code }) => code),
    externalIds: without(details.externalIds, 'imdb'),
    ratings: Object.fromEntries(
      material.ratings.map(({ system, rating, votes }) => [system, { rating, votes }]),
    ),
  };
}

/** What each source says; a source that is alone says all that is served but what a person has set in its place. */
function testimoniesOf(
  sources: readonly string[],
  served: TitleWords,
  material: OriginMaterial,
): Testimony[] {
  if (material.claims.length > 0)
    return material.claims.map((claim) => ({
      ...claim,
      ...speakerOf(material, claim.source, claim.sourceKey),
    }));
  const { overruled, keys } = material;
  return sources.slice(0, 1).map((source) => {
    const key = keys.find((known) => known.startsWith(`${source}:`));
    const sourceKey = key?.slice(source.length + 1) ?? null;
    return { ...speakerOf(material, source, sourceKey), words: withoutHand(served, overruled) };
  });
}

function withoutHand(served: TitleWords, overruled: OriginMaterial['overruled']): TitleWords {
  const words = { ...served, ...overruled };
  if (!Object.hasOwn(overruled, 'rating')) return words;
  // A rating set by hand is one of the system `local`, and stands in the place of another of that system alone.
  const ratings = without(served.ratings ?? {}, 'local');
  const { rating } = overruled;
  return { ...words, ratings: typeof rating === 'number' ? { ...ratings, local: { rating } } : ratings };
}

function without<T>(record: Readonly<Record<string, T>>, name: string): Record<string, T> {
  return Object.fromEntries(Object.entries(record).filter(([key]) => key !== name));
}

/** What a person entered was read when it was written, and is in the run that was merged after that. */
function speakerOf(
  { inputs, mergedSeq, entered }: OriginMaterial,
  source: string,
  sourceKey: string | null,
): Speaker {
  const run = inputs[source] ?? null;
  const entry = entered[`${source}:${sourceKey ?? ''}`];
  if (entry !== undefined)
    return { source, sourceKey, run: entry.seq <= mergedSeq ? run : null, readAt: entry.at };
  return { source, sourceKey, run, readAt: run === null ? null : runStartedAt(run).toISOString() };
}

function handOf({ inputs, mergedSeq, set }: OriginMaterial, field: string): Speaker {
  const entry = set[field];
  const isMerged = entry !== undefined && entry.seq <= mergedSeq;
  return {
    source: 'local',
    sourceKey: null,
    run: isMerged ? (inputs.local ?? null) : null,
    readAt: entry?.at ?? null,
  };
}
