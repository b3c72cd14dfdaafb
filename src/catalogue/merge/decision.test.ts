import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { openMergeLab, SALT } from '../../../test/merge-lab.ts';
import type { MergeLab } from '../../../test/merge-lab.ts';
import type { StatedClaim } from '../../../test/claims.ts';
import { titleId } from '../../model/title-key.ts';

const CHOIR = { title: 'The Choir', year: 1998, kind: 'movie' };
const IMDB = { ...CHOIR, title_key: 'tt0000043', imdb_id: 'tt0000043' };
const OTHER = { ...CHOIR, title: 'Another', title_key: 'tt0000044', imdb_id: 'tt0000044' };
const GHIBLI = { ...CHOIR, title_key: 'g1' };
const SELLER = { ...CHOIR, title_key: 'the choir (1998)' };

type Decided = readonly [about: string, verdict: 'same' | 'different', other: string];

describe('what people decide of claims', () => {
  let lab: MergeLab;
  beforeAll(async () => {
    lab = await openMergeLab();
  });
  afterAll(() => lab.close());

  /** Which key leads to which title, by its best key, after these decisions; and the claims left alone. */
  async function decided(said: Readonly<Record<string, readonly StatedClaim[]>>, ...decisions: Decided[]) {
    const runs = await Promise.all(
      Object.entries(said).map(([source, title]) => lab.claims.run(source, { title })),
    );
    const local = await lab.claims.run('local', {
      match: decisions.map(([about, verdict, other], at) => ({
        ...{ about, other, is_same: verdict === 'same', entry: at + 1 },
      })),
    });
    const { tables, ambiguous } = await lab.merge(...runs, local);
    const titles = new Map(tables.title.map(({ id, key }) => [id, key]));
    return {
      places: Object.fromEntries([
        ...tables.title.map(({ key }) => [key, key] as const),
        ...tables.title_alias.map(({ key, title_id }) => [key, titles.get(title_id)] as const),
      ]) as Record<string, unknown>,
      ambiguous: ambiguous.map(({ source, titleKey, reason }) => [`${source}:${titleKey}`, reason]),
      tables,
    };
  }

  test('a claim is of the title that they say, though nothing is alike', async () => {
    const { places } = await decided({ imdb: [IMDB, OTHER], ghibli: [GHIBLI] }, [
      'ghibli:g1',
      'same',
      'imdb:tt0000044',
    ]);
    expect(places).toEqual({
      'imdb:tt0000043': 'imdb:tt0000043',
      'imdb:tt0000044': 'imdb:tt0000044',
      'ghibli:g1': 'imdb:tt0000044',
    });
  });

  test('a claim is not of a title that is like it, and nobody is asked again', async () => {
    const { places, ambiguous } = await decided({ imdb: [IMDB], ghibli: [GHIBLI] }, [
      'ghibli:g1',
      'different',
      'imdb:tt0000043',
    ]);
    expect(places).toEqual({ 'imdb:tt0000043': 'imdb:tt0000043', 'ghibli:g1': 'ghibli:g1' });
    expect(ambiguous).toEqual([]);
  });

  test('they win over an id that a source gives, whether it is of another title or of none', async () => {
    const said = { imdb: [IMDB, OTHER], omdb: [{ ...OTHER, title_key: 'o1' }] };
    const parted = await decided(said, ['omdb:o1', 'different', 'imdb:tt0000044']);
    expect(parted.places['omdb:o1']).toBe('omdb:o1');
    expect(parted.tables.title.map(({ key, imdb_id }) => [key, imdb_id])).toContainEqual(['omdb:o1', null]);
    const moved = await decided(said, ['omdb:o1', 'same', 'imdb:tt0000043']);
    expect(moved.places).toMatchObject({
      'omdb:o1': 'imdb:tt0000043',
      'imdb:tt0000044': 'imdb:tt0000044',
    });
  });

  test('an id that nobody else has leads where its claim was placed', async () => {
    const { places } = await decided({ imdb: [IMDB], omdb: [{ ...OTHER, title_key: 'o1' }] }, [
      'omdb:o1',
      'same',
      'imdb:tt0000043',
    ]);
    expect(places).toEqual({
      'imdb:tt0000043': 'imdb:tt0000043',
      'omdb:o1': 'imdb:tt0000043',
      'imdb:tt0000044': 'imdb:tt0000043',
    });
  });

  test('a claim that was placed by a key goes where that key goes, and stays when it is gone', async () => {
    const seller = { ...SELLER, title: 'Chor' };
    const decision: Decided = ['prices:the choir (1998)', 'same', 'ghibli:g1'];
    const [alone, found, gone] = [
      await decided({ ghibli: [GHIBLI], prices: [seller] }, decision),
      await decided({ imdb: [IMDB], ghibli: [GHIBLI], prices: [seller] }, decision),
      await decided({ imdb: [OTHER], prices: [seller] }, decision),
    ].map(({ places }) => places[decision[0]]);
    expect([alone, found, gone]).toEqual(['ghibli:g1', 'imdb:tt0000043', 'ghibli:g1']);
  });

  test('a title that imdb has dropped keeps its id while a claim was placed there', async () => {
    const { tables } = await decided({ ghibli: [GHIBLI] }, ['ghibli:g1', 'same', 'imdb:tt0000043']);
    expect(tables.title.map(({ id, imdb_id, sources }) => [id, imdb_id, sources])).toEqual([
      [titleId(SALT, 'imdb:tt0000043'), 'tt0000043', 'ghibli'],
    ]);
  });

  test('claims without ids that are alike are kept apart', async () => {
    const { places } = await decided({ ghibli: [GHIBLI], prices: [SELLER] }, [
      'prices:the choir (1998)',
      'different',
      'ghibli:g1',
    ]);
    expect(places).toEqual({
      'ghibli:g1': 'ghibli:g1',
      'prices:the choir (1998)': 'prices:the choir (1998)',
    });
  });

  test('of two keys of one source that were placed in one title, the last stays', async () => {
    const said = { imdb: [IMDB], ghibli: [GHIBLI, { ...GHIBLI, title_key: 'g2', title: 'Chor' }] };
    const first: Decided = ['ghibli:g1', 'same', 'imdb:tt0000043'];
    const { places, ambiguous } = await decided(said, first, ['ghibli:g2', 'same', 'imdb:tt0000043']);
    expect(places).toMatchObject({ 'ghibli:g1': 'ghibli:g1', 'ghibli:g2': 'imdb:tt0000043' });
    expect(ambiguous).toEqual([['ghibli:g1', 'imdb_id_twice']]);
    const loose = await decided(
      { ghibli: said.ghibli, omdb: [{ ...CHOIR, title: 'Voices', title_key: 'o1' }] },
      ['ghibli:g1', 'same', 'omdb:o1'],
      ['ghibli:g2', 'same', 'omdb:o1'],
    );
    expect(loose.places).toMatchObject({ 'ghibli:g1': 'ghibli:g1', 'ghibli:g2': 'omdb:o1' });
  });

  test('what was said to be two titles stays two, though one of them gets an id of the other', async () => {
    const decision: Decided = ['ghibli:g1', 'different', 'omdb:o1'];
    const said = { imdb: [{ ...IMDB, runtime_minutes: 80 }], ghibli: [{ ...GHIBLI, runtime_minutes: 80 }] };
    const byId = await decided({ ...said, omdb: [{ ...IMDB, title_key: 'o1' }] }, decision);
    const alike = await decided(
      { ...said, omdb: [{ ...CHOIR, title_key: 'o1', runtime_minutes: 80 }] },
      decision,
    );
    for (const { places, ambiguous } of [byId, alike]) {
      expect(places).toEqual({
        'imdb:tt0000043': 'imdb:tt0000043',
        'omdb:o1': 'imdb:tt0000043',
        'ghibli:g1': 'ghibli:g1',
      });
      expect(ambiguous).toEqual([['ghibli:g1', 'parted']]);
    }
    expect(byId.tables.ambiguous_match.map(({ candidates }) => candidates)).toEqual([
      titleId(SALT, 'imdb:tt0000043'),
    ]);
  });

  test('what was said to be two titles stays two, though the id is what the parted one has', async () => {
    const { places, tables } = await decided(
      { omdb: [{ ...IMDB, title_key: 'o1' }], tmdb: [{ ...IMDB, title_key: 't1' }] },
      ['tmdb:t1', 'different', 'omdb:o1'],
    );
    expect(places).toEqual({
      'imdb:tt0000043': 'imdb:tt0000043',
      'omdb:o1': 'imdb:tt0000043',
      'tmdb:t1': 'tmdb:t1',
    });
    expect(tables.title.map(({ key, imdb_id }) => [key, imdb_id])).toContainEqual(['tmdb:t1', null]);
  });

  test('what was said to be two titles stays two, wherever the other was placed, unless with the first', async () => {
    const said = {
      ghibli: [GHIBLI],
      prices: [SELLER],
      omdb: [{ ...CHOIR, title: 'Voices', title_key: 'o1' }],
    };
    const different: Decided = ['ghibli:g1', 'different', 'omdb:o1'];
    const elsewhere = await decided(said, different, ['omdb:o1', 'same', 'prices:the choir (1998)']);
    expect(elsewhere.places).toEqual({
      'ghibli:g1': 'ghibli:g1',
      'omdb:o1': 'prices:the choir (1998)',
      'prices:the choir (1998)': 'prices:the choir (1998)',
    });
    const withIt = await decided(said, different, ['omdb:o1', 'same', 'ghibli:g1']);
    expect(withIt.places['omdb:o1']).toBe(withIt.places['ghibli:g1']);
  });

  test('a claim that its source has dropped holds no place', async () => {
    const { places, ambiguous } = await decided(
      { omdb: [{ ...CHOIR, title: 'Voices', title_key: 'o1' }], ghibli: [{ ...GHIBLI, title_key: 'g2' }] },
      ['ghibli:g2', 'same', 'omdb:o1'],
      ['ghibli:g1', 'same', 'omdb:o1'],
    );
    expect(places).toEqual({ 'ghibli:g2': 'omdb:o1', 'omdb:o1': 'omdb:o1' });
    expect(ambiguous).toEqual([]);
  });

  test('what leads round in a circle is as if nobody had placed it', async () => {
    const { places } = await decided(
      {
        omdb: [{ ...CHOIR, title: 'Voices', title_key: 'o1' }],
        tmdb: [{ ...CHOIR, title: 'Singers', title_key: 't1' }],
        ghibli: [GHIBLI],
        prices: [{ ...SELLER, title: 'Chor' }],
      },
      ['omdb:o1', 'same', 'tmdb:t1'],
      ['tmdb:t1', 'same', 'ghibli:g1'],
      ['ghibli:g1', 'same', 'omdb:o1'],
      ['prices:the choir (1998)', 'same', 'ghibli:g1'],
    );
    expect(Object.entries(places).filter(([key, at]) => key !== at)).toEqual([]);
    expect(Object.keys(places)).toHaveLength(4);
  });

  test('what was placed with a claim stays with it where that is turned away', async () => {
    const chor = { ...CHOIR, title: 'Chor' };
    const said = {
      imdb: [{ ...IMDB, runtime_minutes: 80 }],
      ghibli: [{ ...GHIBLI, runtime_minutes: 80 }],
      tmdb: [
        { ...IMDB, title_key: 'k' },
        { ...chor, title_key: 'b' },
      ],
      omdb: [{ ...chor, title: 'Voices', title_key: 'a' }],
    };
    for (const way of ['ghibli:g1', 'imdb:tt0000043']) {
      const { places, ambiguous } = await decided(
        said,
        ['omdb:a', 'same', 'tmdb:b'],
        ['tmdb:b', 'same', way],
        ['tmdb:k', 'same', 'imdb:tt0000043'],
      );
      expect(places).toMatchObject({
        'tmdb:k': 'imdb:tt0000043',
        'tmdb:b': 'tmdb:b',
        'omdb:a': 'tmdb:b',
      });
      expect(ambiguous.map(([key]) => key)).toEqual(['tmdb:b']);
    }
  });

  test('claims that are left alone have what they could be, the likeliest first', async () => {
    const { tables } = await decided({
      imdb: [
        { ...IMDB, year: 1999, runtime_minutes: 80 },
        { ...OTHER, title: 'The Choir', runtime_minutes: 85 },
      ],
      ghibli: [{ ...GHIBLI, runtime_minutes: 90 }],
    });
    const [twin, other] = ['imdb:tt0000043', 'imdb:tt0000044'].map((key) => titleId(SALT, key));
    expect(tables.ambiguous_match).toEqual([
      {
        id: titleId(SALT, 'ghibli:g1'),
        key: 'ghibli:g1',
        source: 'ghibli',
        reason: 'several_titles',
        candidates: `${other},${twin}`,
      },
    ]);
  });
});
