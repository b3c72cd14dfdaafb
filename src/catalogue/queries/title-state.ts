import sql from 'sql-template-tag';

/**
 * Tells the title, a row of `title` named `t` with its row of `title_detail`, or none, named `d`, from what it was before: its
 * own rows, not what it is linked to.
 */
export const TITLE_STATE = sql`md5(
  row(t, d, array(select o::text from overruled as o where o.title_id = t.id order by o.field))::text
)`;
