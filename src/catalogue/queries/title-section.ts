import sql, { join, raw, type Sql } from 'sql-template-tag';

import { EPISODE_KINDS, SERIES_KINDS, type Kind, type Section } from '../../model/kinds.ts';

/**
 * What holds of the titles of a section, rows of `title` named `t`. Kinds stand in the text as they stand in the indexes of
 * each section, since the planner cannot know that a parameter means the same.
 */
export const IN_SECTION: Readonly<Record<Section, Sql>> = {
  films: sql`t.is_film`,
  series: isOfKinds(SERIES_KINDS),
  episodes: isOfKinds(EPISODE_KINDS),
};

/** The section of a row of `title` named `t`; null: it is in none. */
export const SECTION_OF_TITLE = sql`case
  ${join(
    Object.entries(IN_SECTION).map(([section, holds]) => sql`when ${holds} then ${raw(`'${section}'`)}`),
    '\n  ',
  )}
end`;

function isOfKinds(kinds: readonly Kind[]): Sql {
  return raw(`t.kind in (${kinds.map((kind) => `'${kind}'`).join(', ')})`);
}
