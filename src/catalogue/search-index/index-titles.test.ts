import sql from 'sql-template-tag';
import { expect, it } from 'vitest';

import { describeOnEachDatabase } from '../../../test/databases.ts';
import { addFilms, servedFilm, serveFilms } from '../../../test/served-films.ts';
import type { Database } from '../../db/database.ts';
import { searchTitles } from '../queries/search-titles.ts';
import { indexTitles } from './index-titles.ts';

const found = async (db: Database, text: string) =>
  (await searchTitles(db, text, { limit: 10, kinds: [] })).titles.map(({ title }) => title);

describeOnEachDatabase('titles that come one by one', (open) => {
  it('are found both where two share a number, whatever becomes of one', async () => {
    const { db } = await open();
    const one = servedFilm({ id: 'abcde000-0000-4000-8000-000000000001', title: 'Grey Heron' });
    const other = servedFilm({ id: 'abcde000-0000-4000-8000-000000000002', title: 'Little Bittern' });
    await serveFilms(db, [one]);
    await db.transaction(async (tx) => {
      await addFilms(tx, [other]);
      await indexTitles(tx, [other.id]);
    });
    expect([await found(db, 'heron'), await found(db, 'bittern')]).toEqual([
      ['Grey Heron'],
      ['Little Bittern'],
    ]);

    await db.transaction(async (tx) => {
      await tx.query(sql`update title set votes = 5 where id = ${one.id}`);
      await indexTitles(tx, [one.id]);
    });
    expect([await found(db, 'heron'), await found(db, 'bittern')]).toEqual([
      ['Grey Heron'],
      ['Little Bittern'],
    ]);
  });

  it('leave nothing in the lists of what they were, however often they change', async () => {
    const { db } = await open();
    const film = servedFilm({ title: 'Heron', year: 2001, votes: 1 });
    await serveFilms(db, [film]);
    for (const votes of [20, 300, 4_000])
      await db.transaction(async (tx) => {
        await tx.query(sql`update title set votes = ${votes}, year = ${2_000 + votes} where id = ${film.id}`);
        await indexTitles(tx, [film.id]);
      });
    expect(await db.query(sql`select word from search_word order by word`)).toEqual([
      { word: '6000' },
      { word: 'heron' },
    ]);
  });
});
