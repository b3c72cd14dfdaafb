import type { Database } from '../../db/database.ts';
import { TITLE_COLUMNS, TITLE_GENRE_COLUMNS } from '../served-columns.ts';
import type { Extracts } from './extract.ts';
import { fillPublishTables, publishInOneTransaction } from './last-transaction.ts';
import { fillTable } from './stage.ts';
import type { PublishWork } from './publish-request.ts';

const UPDATES = TITLE_COLUMNS.filter((column) => column !== 'id').map(
  (column) => `${column} = excluded.${column}`,
);

/** Titles that were served under an id that now leads to another, such as an entered film that a source has too. */
const DROPPED = `
    select id from publish_deleted
    union all
    select alias_id from publish_alias`;

/**
 * Readers go on under the lock, and writers wait: a film entered between two of these statements would leave genre
 * rows that no later one knows of. Genre rows go by the title as it was: their index leads with genre and sort key.
 */
const APPLY = `
  lock table title, title_genre in share row exclusive mode;

  delete from title_genre as g
  using title as t, genre
  where t.id in (
    select id from publish_title
    union all ${DROPPED}
  )
    and lower(genre.name) in (select lower(name collate "C") from unnest(t.genres) as has (name))
    and g.genre_id = genre.id
    and g.title_sort = t.title_sort
    and g.title_id = t.id;

  delete from title
  where id in (${DROPPED}
  );

  insert into title (${TITLE_COLUMNS.join(', ')})
  select ${TITLE_COLUMNS.join(', ')}
  from publish_title
  on conflict (id) do update
  set ${UPDATES.join(', ')};

  insert into title_genre (${TITLE_GENRE_COLUMNS.join(', ')})
  select ${TITLE_GENRE_COLUMNS.join(', ')}
  from publish_title_genre`;

/** Applies a small difference row by row. Readers read on: they see the rows as they were until the commit. */
export async function applyChanges(db: Database, extracts: Extracts, work: PublishWork): Promise<void> {
  const { timer } = work;
  await timer.time('stage', async () => {
    await fillTable(db, {
      name: 'publish_title',
      definition: '(like title)',
      extract: await extracts.title(),
    });
    const genres = await extracts.titleGenre();
    await fillTable(db, { name: 'publish_title_genre', definition: '(like title_genre)', extract: genres });
    await fillPublishTables(db, extracts);
  });
  await timer.time('apply', () => publishInOneTransaction(db, work, (tx) => tx.execute(APPLY)));
}
