import sql, { type Sql } from 'sql-template-tag';

import { SETTABLE_FIELDS } from '../../model/film-values.ts';
import type { Section } from '../../model/kinds.ts';
import { episodeProperties, SEASONS } from './episode-json.ts';

/** The fields of the title `t` that are set by hand, in the order in which the API declares them. */
const HAND_SET = sql`array(
  select field
  from overruled
  where title_id = t.id
  order by array_position(${[...SETTABLE_FIELDS]}::text[], field)
)`;

/** The details that only the titles of a section have, made of a row of `title` named `t`. */
export const OWN_DETAILS: Readonly<Record<Section, Sql>> = {
  films: sql`${HAND_SET} as "handSet"`,
  series: sql`${SEASONS} as seasons`,
  episodes: episodeProperties(sql`t.id`),
};
