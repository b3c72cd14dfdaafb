import sql, { empty, join, raw, type Sql } from 'sql-template-tag';

import type { Queryable } from '../../db/database.ts';
import type { Section } from '../../model/kinds.ts';
import { imdbKey, isUuid, parseImdbId, titleId } from '../../model/title-key.ts';
import type { ServedState } from './catalogue-state.ts';
import { EPISODES } from './episode-json.ts';
import { TITLE_DETAIL_PROPERTIES } from './title-json.ts';
import { filmOffers } from './film-offers.ts';
import { filmFreshness } from './freshness.ts';
import { ORIGIN_MATERIAL, originsOf } from './title-origins.ts';
import { NEWEST_COMMENTS } from './list-comments.ts';
import { OWN_DETAILS } from './own-details.ts';
import { TITLE_PARTS, type TitlePart } from './title-parts.ts';
import { IN_SECTION, SECTION_OF_TITLE } from './title-section.ts';
import { TITLE_STATE } from './title-state.ts';

/** Where a title is served: its section, and its own UUID. */
export interface TitleAddress {
  readonly section: Section;
  readonly id: string;
}

/** What stands at an address. */
export type FoundTitle =
  | {
      readonly at: 'here';
      readonly json: string;
      readonly state: ServedState;
      /** Tells what the title is, whatever parts of it were asked for; null where only a part is given. */
      readonly entityState: string | null;
      /** Whether it also hangs on the clock: it says how old something is. */
      readonly ages: boolean;
    }
  /** The title is of another section, or the id is an alias. */
  | { readonly at: 'elsewhere'; readonly address: TitleAddress }
  /** Every source has dropped it. */
  | { readonly at: 'gone' };

interface TitleRow {
  readonly version: number;
  readonly journal_seq: number;
  readonly title: string | null;
  readonly entity_state: string | null;
  readonly ages: boolean | null;
  readonly id: string | null;
  readonly section: Section | null;
  readonly gone: boolean;
}

/** The UUID that `id`, a UUID or an IMDb id, stands for; null if it is neither. */
export function parseTitleId(idSalt: string, id: string): string | null {
  if (isUuid(id)) return id.toLowerCase();
  const imdbId = parseImdbId(id);
  return imdbId === null ? null : titleId(idSalt, imdbKey(imdbId));
}

/**
 * What a title may be asked for besides its details: `episodes` of a series, null if they are too many; `provenance`, where each
 * value comes from.
 */
export type TitleInclude = TitlePart | 'comments' | 'provenance' | 'offers' | 'episodes';

/**
 * The title at this address, with its details at `now` and what is asked for besides, as JSON; null if there never was one.
 */
export async function findTitle(
  db: Queryable,
  address: TitleAddress,
  now: Date,
  include: readonly TitleInclude[] = [],
): Promise<FoundTitle | null> {
  const parts = {
    ...TITLE_PARTS,
    comments: NEWEST_COMMENTS,
    provenance: ORIGIN_MATERIAL,
    offers: filmOffers(now),
    episodes: EPISODES,
  };
  const besides = include.map((part) => sql`, ${parts[part]} as ${raw(part)}`);
  const found = await findAtTitle(
    db,
    address,
    sql`(
      select row_to_json(found)
      from (
        select
          ${TITLE_DETAIL_PROPERTIES},
          coalesce(fresh.json, '[]') as freshness
          , ${OWN_DETAILS[address.section]}
          ${besides.length > 0 ? join(besides, ' ') : empty}
      ) as found
    )`,
    { freshness: filmFreshness(now), entityState: TITLE_STATE },
  );
  if (!include.includes('provenance')) return found;
  return withJson(found, (title) => ({ ...title, provenance: originsIn(title) }));
}

/** Where each value of the title at this address comes from, as `{data}`; null if there never was such a title. */
export async function findTitleOrigins(db: Queryable, address: TitleAddress): Promise<FoundTitle | null> {
  const title = sql`(
    select row_to_json(found)
    from (
      select
        ${TITLE_DETAIL_PROPERTIES},
        ${ORIGIN_MATERIAL} as provenance,
        ${OWN_DETAILS[address.section]}
    ) as found
  )`;
  return withJson(await findAtTitle(db, address, title), (found) => ({ data: originsIn(found) }));
}

/** A title's details, with what its origins are told from. */
interface TitleWithMaterial {
  readonly provenance: object;
}

function originsIn({ provenance, ...details }: TitleWithMaterial): object {
  return originsOf(details, provenance);
}

function withJson(found: FoundTitle | null, make: (title: TitleWithMaterial) => object): FoundTitle | null {
  if (found?.at !== 'here') return found;
  return { ...found, json: JSON.stringify(make(JSON.parse(found.json) as TitleWithMaterial)) };
}

/** One part of the title at this address, as JSON; null if there never was such a title. */
export function findTitlePart(
  db: Queryable,
  address: TitleAddress,
  part: TitlePart,
): Promise<FoundTitle | null> {
  return findAtTitle(db, address, TITLE_PARTS[part]);
}

/** The offers of the title at this address as `{data, sellers}`, as they are at `now`; null if there never was such a title. */
export function findTitleOffers(db: Queryable, address: TitleAddress, now: Date): Promise<FoundTitle | null> {
  return findAtTitle(db, address, filmOffers(now));
}

/** What stands at the address, of a title nothing but that. */
export function findTitleAlone(db: Queryable, address: TitleAddress): Promise<FoundTitle | null> {
  return findAtTitle(db, address, sql`'{}'`);
}

/** What is asked of a title besides. */
interface Besides {
  readonly freshness: Sql;
  readonly entityState: Sql;
}

const NOTHING_BESIDES: Besides = { freshness: sql`null::json`, entityState: sql`null` };

/**
 * What `json` makes of the title, a row of `title` named `t`, its row of `title_detail`, or none, named `d`, and `fresh.json`,
 * which is what `freshness` makes of `t`.
 */
async function findAtTitle(
  db: Queryable,
  { section, id }: TitleAddress,
  json: Sql,
  { freshness, entityState }: Besides = NOTHING_BESIDES,
): Promise<FoundTitle | null> {
  const [row] = await db.query<TitleRow>(sql`
    select
      state.version,
      state.journal_seq,
      found.title,
      found.entity_state,
      found.ages,
      served.id,
      served.section,
      exists (select from title_gone where id = ${id}) as gone
    from catalogue_state as state
    left join (
      select ${json}::text as title, ${entityState} as entity_state, fresh.json is not null as ages
      from title as t
      left join title_detail as d on d.title_id = t.id
      cross join lateral (select ${freshness} as json) as fresh
      where t.id = ${id}
      and ${IN_SECTION[section]}
    ) as found on true
    left join (
      select t.id, ${SECTION_OF_TITLE} as section
      from title as t
      where t.id = coalesce((select title_id from title_alias where alias_id = ${id}), ${id})
    ) as served on true`);
  if (row === undefined) throw new Error('catalogue_state has no row');
  if (row.title !== null) {
    const state = { version: row.version, journalSeq: row.journal_seq };
    return { at: 'here', json: row.title, state, entityState: row.entity_state, ages: row.ages === true };
  }
  if (row.id !== null && row.section !== null) {
    return { at: 'elsewhere', address: { section: row.section, id: row.id } };
  }
  return row.gone ? { at: 'gone' } : null;
}
