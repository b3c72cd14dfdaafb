import fc from 'fast-check';
import sql from 'sql-template-tag';
import { expect, it } from 'vitest';

import { describeOnEachDatabase } from '../../../test/databases.ts';
import { servedFilm, serveFilms, type ServedFilm } from '../../../test/served-films.ts';
import type { Database, Queryable } from '../../db/database.ts';
import { searchTitles } from './search-titles.ts';

const film = (title: string, year: number, votes: number | null, more: Partial<ServedFilm> = {}) =>
  servedFilm({ title, year, votes, ...more });

const FILMS: readonly ServedFilm[] = [
  film('WALL·E', 2008, 1_182_509),
  film('Se7en', 1995, 1_900_000),
  film('Amélie', 2001, 786_798),
  film('Spirited Away', 2001, 830_386),
  film('The Lord of the Rings: The Fellowship of the Ring', 2001, 1_975_932),
  film('The Lord of the Rings: The Two Towers', 2002, 1_757_143),
  film('The Lord of the Rings: The Return of the King', 2003, 1_948_676),
  film('The Matrix', 1999, 2_000_000),
  film('The Matrix Reloaded', 2003, 623_593),
  film('Matriarch', 2018, 4_126),
  film('2012', 2009, 393_951),
  film('The Avengers', 2012, 1_446_473),
  film('1917', 2019, 700_000),
  film('Spider-Man', 2002, 866_515),
  film("Don't Look Up", 2021, 585_369),
  film("Ocean's Eleven", 2001, 609_793),
  film('Interstellar', 2014, 2_041_982),
  film('Stalker', 1979, 140_000),
  film('千と千尋の神隠し', 2001, 12),
  film('Das weiße Band', 2009, 80_000),
  film('???', 2010, 5),
  film('Twin', 1990, 10),
  film('Twin', 1991, 1_000),
  film('Twin', 1992, null),
  film('Dune', 1984, 180_000),
  film('Dune', 2021, 800_000),
  film('Dunes', 2021, 900_000, { kind: 'tvSeries' }),
  film('Mirror Mirror', 2012, 90_000),
  film('The Mirror', 2014, 95_000),
];

const named = async (db: Queryable, text: string, limit = 10): Promise<string[]> =>
  (await searchTitles(db, text, { limit, kinds: [] })).titles.map(({ title, year }) => `${title} (${year})`);

describeOnEachDatabase('searching titles', (open) => {
  async function served(films: readonly ServedFilm[] = FILMS): Promise<Database> {
    const { db } = await open();
    await serveFilms(db, films);
    return db;
  }

  it('finds first what is meant', async () => {
    const db = await served();
    const meant = {
      'wall e': 'WALL·E (2008)',
      'WALL-E': 'WALL·E (2008)',
      walle: 'WALL·E (2008)',
      se7en: 'Se7en (1995)',
      amelie: 'Amélie (2001)',
      'spirted away': 'Spirited Away (2001)',
      'sprited awya': 'Spirited Away (2001)',
      'away spirited': 'Spirited Away (2001)',
      'lord of rings 2003': 'The Lord of the Rings: The Return of the King (2003)',
      'lord rings towers': 'The Lord of the Rings: The Two Towers (2002)',
      matrix: 'The Matrix (1999)',
      'matrix movie': 'The Matrix (1999)',
      '2012': '2012 (2009)',
      '1917': '1917 (2019)',
      'avengers 2012': 'The Avengers (2012)',
      spiderman: 'Spider-Man (2002)',
      'spider man': 'Spider-Man (2002)',
      'dont look up': "Don't Look Up (2021)",
      "ocean's 11": "Ocean's Eleven (2001)",
      intersteller: 'Interstellar (2014)',
      сталкер: 'Stalker (1979)',
      千と千尋: '千と千尋の神隠し (2001)',
      'das weisse band': 'Das weiße Band (2009)',
      '???': '??? (2010)',
      'dune 1984': 'Dune (1984)',
      'mirror mirror': 'Mirror Mirror (2012)',
      'mirror mirror 2012': 'Mirror Mirror (2012)',
      'the mirror': 'The Mirror (2014)',
      'ｉｎｔｅｒｓｔｅｌｌａｒ ２０１４': 'Interstellar (2014)',
    };
    const found = await Promise.all(
      Object.keys(meant).map(async (text) => [text, (await named(db, text, 1))[0]]),
    );
    expect(Object.fromEntries(found)).toEqual(meant);
  });

  it('finds a title by each beginning of it', async () => {
    const db = await served();
    const typed = ['interstellar', 'spirited away', 'matriarch'];
    const missing: string[] = [];
    for (const whole of typed) {
      for (let letters = 1; letters <= whole.length; letters += 1) {
        const found = await named(db, whole.slice(0, letters), 100);
        if (!found.some((title) => title.toLowerCase().startsWith(whole)))
          missing.push(whole.slice(0, letters));
      }
    }
    expect(missing).toEqual([]);
  });

  it('gives most voted first among equals, those without votes last', async () => {
    const db = await served();
    expect(await named(db, 'twin')).toEqual(['Twin (1991)', 'Twin (1990)', 'Twin (1992)']);
  });

  it('gives what is so called before what only begins so, and that before what is like it', async () => {
    const db = await served([film('Marten', 2000, 10), film('Martens', 2001, 10), film('Marden', 2002, 10)]);
    expect(await named(db, 'marten')).toEqual(['Marten (2000)', 'Martens (2001)', 'Marden (2002)']);
  });

  it('gives titles of the kinds that are asked for', async () => {
    const db = await served();
    const { titles } = await searchTitles(db, 'dune', { limit: 10, kinds: ['tvSeries'] });
    expect(titles.map(({ title, section }) => ({ title, section }))).toEqual([
      { title: 'Dunes', section: 'series' },
    ]);
  });

  it('gives titles of the kinds that are asked for though many others have more votes', async () => {
    const many = Array.from({ length: 300 }, (_, at) => film(`Dune ${at}`, 2000, 1_000 + at));
    const db = await served([...many, film('Children of Dune', 2003, 5, { kind: 'tvMiniSeries' })]);
    const { titles } = await searchTitles(db, 'dune', { limit: 10, kinds: ['tvMiniSeries'] });
    expect(titles.map(({ title }) => title)).toEqual(['Children of Dune']);
  });

  it('finds no title that is gone', async () => {
    const db = await served();
    await db.query(sql`delete from title where title = 'Interstellar'`);
    expect(await named(db, 'interstellar')).toEqual([]);
  });

  it('finds a rare title of frequent words by its whole name', async () => {
    const many = Array.from({ length: 500 }, (_, at) => film(`The House of Man ${at}`, 2000, 1_000 + at));
    const rare = [
      film('House of the Man', 2001, null),
      film('Man of the House', 2002, null, { kind: 'tvSeries' }),
    ];
    const db = await served([...many, ...rare]);
    expect(await named(db, 'house of the man', 1)).toEqual(['House of the Man (2001)']);
    expect(await named(db, 'house of the man 2001', 1)).toEqual(['House of the Man (2001)']);
    expect(await named(db, 'man of the house', 1)).toEqual(['Man of the House (2002)']);
  });

  it('goes on from a beginning to a word of fewer votes, however many titles with one word came since', async () => {
    const many = Array.from({ length: 80 }, (_, at) => film(`Orbit ${at}`, 2000, 1_000 + at));
    const db = await served([...many, film('Orchid', 2001, 10)]);
    expect(await named(db, 'or', 100)).toContain('Orchid (2001)');
  });

  it('finds a short word with two letters exchanged among many that have more stretches in common', async () => {
    const letters = Array.from('bcdfghjk');
    const many = letters.flatMap((one) => letters.map((other) => film(`Awy${one}${other}a`, 2000, 10)));
    const db = await served([...many, film('Spirited Away', 2001, 10)]);
    expect(await named(db, 'awya ')).toEqual(['Spirited Away (2001)']);
  });

  it('finds what stands in a list behind much that is gone or has other votes now', async () => {
    const db = await served([film('Orbit City', 2001, 10)]);
    await db.query(sql`
      insert into search_word (word, best, size, numbers, added)
      select 'orbit', max(number), count(*), array_agg(number order by number desc), false
      from (select n * 1048576 as number from generate_series(100, 400) as n) as outdated`);
    expect(await named(db, 'orbit')).toEqual(['Orbit City (2001)']);
  });

  it('answers whatever is typed', async () => {
    const db = await served();
    const texts = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 });
    const words = fc.array(
      fc.constantFrom(
        'the',
        'matrix',
        'a',
        '2003',
        '%',
        "'",
        '\\',
        '_',
        'ﬁ',
        '{',
        'null',
        'İ',
        'x'.repeat(200),
      ),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          texts,
          words.map((list) => list.join(' ')),
        ),
        async (text) => {
          const { titles } = await searchTitles(db, text.replaceAll('\0', ''), { limit: 3, kinds: [] });
          expect(titles.length).toBeLessThanOrEqual(3);
        },
      ),
      { numRuns: 200 },
    );
  });
});
