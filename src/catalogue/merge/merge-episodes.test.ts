import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { StatedClaim } from '../../../test/claims.ts';
import { imdbFilm, openMergeLab, SALT } from '../../../test/merge-lab.ts';
import type { MergeLab } from '../../../test/merge-lab.ts';
import { titleId } from '../../model/title-key.ts';

const idOf = (imdbId: string) => titleId(SALT, `imdb:${imdbId}`);

const titled = (imdbId: string, kind: string, title: string): StatedClaim => ({
  title_key: imdbId,
  imdb_id: imdbId,
  kind,
  title,
});

const SERIES = 'tt0000001';
const OTHER_SERIES = 'tt0000002';
const EPISODE = 'tt0000011';

const titles = [
  titled(SERIES, 'tvSeries', 'Harbour Lights'),
  titled(OTHER_SERIES, 'tvMiniSeries', 'Harbour Lights'),
  titled(EPISODE, 'tvEpisode', 'The First Boat'),
];

/** What `series` calls the episode: `place` is the season and the number, as far as they are said. */
function placed(series: string, ...[season, number]: (number | null)[]): StatedClaim {
  return {
    title_key: EPISODE,
    series_key: series,
    ...(typeof season === 'number' ? { season_number: season } : {}),
    ...(typeof number === 'number' ? { episode_number: number } : {}),
  };
}

const merged = (series: string, season: number | null, number: number | null) => [
  { title_id: idOf(EPISODE), series_id: idOf(series), season_number: season, episode_number: number },
];

describe('merging episodes', () => {
  let lab: MergeLab;
  beforeAll(async () => {
    lab = await openMergeLab();
  });
  afterAll(() => lab.close());

  test.each(['imdb', 'omdb'])('%s alone places an episode in its series', async (source) => {
    const run = await lab.claims.run(source, { title: titles, episode: [placed(SERIES, 1, 2)] });
    const { tables, rows, orphans } = await lab.merge(run);
    expect(tables.episode).toEqual(merged(SERIES, 1, 2));
    expect([rows.episode, rows.title, rows.film, orphans]).toEqual([1, 3, 0, {}]);
  });

  test.each([
    { imdb: placed(SERIES, 1, 2), omdb: placed(SERIES, 1, 2), becomes: merged(SERIES, 1, 2) },
    { imdb: placed(SERIES), omdb: placed(SERIES, 3, 4), becomes: merged(SERIES, 3, 4) },
    { imdb: placed(SERIES, 1), omdb: placed(SERIES, 1, 4), becomes: merged(SERIES, 1, 4) },
    { imdb: placed(SERIES, null, 2), omdb: placed(SERIES, 3, 4), becomes: merged(SERIES, 3, 2) },
    { imdb: placed(SERIES, 1, 2), omdb: placed(SERIES, 3, 4), becomes: merged(SERIES, 1, 2) },
    { imdb: placed(SERIES, 1), omdb: placed(SERIES, 3, 4), becomes: merged(SERIES, 1, null) },
    { imdb: placed(SERIES), omdb: placed(OTHER_SERIES, 3, 4), becomes: merged(SERIES, null, null) },
    {
      imdb: placed('tt9999999', 1, 2),
      omdb: placed(OTHER_SERIES, 3, 4),
      becomes: merged(OTHER_SERIES, 3, 4),
    },
  ])('of two sources the first says the series, and each field that goes with it (%#)', async (said) => {
    const runs = await Promise.all([
      lab.claims.run('imdb', { title: titles, episode: [said.imdb] }),
      lab.claims.run('omdb', { title: titles, episode: [said.omdb] }),
    ]);
    for (const inputs of [runs, runs.toReversed()]) {
      const { tables } = await lab.merge(...inputs);
      expect(tables.episode).toEqual(said.becomes);
    }
  });

  test('a source that describes few titles fills in what the other lacks, and leaves the others as they are', async () => {
    const second = { ...titled('tt0000012', 'tvEpisode', 'Fog'), year: 2001 };
    const imdb = await lab.claims.run('imdb', {
      title: [...titles, second],
      episode: [placed(SERIES), { ...placed(SERIES, 1, 2), title_key: 'tt0000012' }],
    });
    const omdb = await lab.claims.run('omdb', {
      title: [titles[0] ?? {}, titles[2] ?? {}],
      episode: [placed(SERIES, 1, 1)],
    });
    const { tables } = await lab.merge(imdb, omdb);
    expect(tables.episode).toEqual(
      expect.arrayContaining([
        ...merged(SERIES, 1, 1),
        { title_id: idOf('tt0000012'), series_id: idOf(SERIES), season_number: 1, episode_number: 2 },
      ]),
    );
    expect(tables.episode).toHaveLength(2);
  });

  test('a source that has its own key of a series is understood', async () => {
    const imdb = await lab.claims.run('imdb', { title: titles });
    const omdb = await lab.claims.run('omdb', {
      title: [
        { ...titled(SERIES, 'tvSeries', 'Harbour Lights'), title_key: 's1' },
        { ...titled(EPISODE, 'tvEpisode', 'The First Boat'), title_key: 'e1' },
      ],
      episode: [{ ...placed('s1', 1, 2), title_key: 'e1' }],
    });
    expect((await lab.merge(imdb, omdb)).tables.episode).toEqual(merged(SERIES, 1, 2));
  });

  test.each([
    ['of a series that nobody describes', placed('tt9999999', 1, 1)],
    ['that names itself as its series', placed(EPISODE, 1, 1)],
    ['that names a film as its series', placed('tt0114709', 1, 1)],
    ['that names no series', { title_key: EPISODE, season_number: 1 }],
    ['that nobody describes', { ...placed(SERIES, 1, 1), title_key: 'tt9999999' }],
    ['that is a film', { ...placed(SERIES, 1, 1), title_key: 'tt0114709' }],
    ['that is a series', { ...placed(SERIES, 1, 1), title_key: OTHER_SERIES }],
  ])('an episode %s is an orphan', async (_, claim) => {
    const imdb = await lab.claims.run('imdb', { title: [...titles, imdbFilm], episode: [claim] });
    const omdb = await lab.claims.run('omdb', { title: titles, episode: [placed(SERIES, 5, 6)] });
    const alone = await lab.merge(imdb);
    expect([alone.tables.episode, alone.orphans]).toEqual([[], { imdb: { episode: 1 } }]);
    const both = await lab.merge(imdb, omdb);
    expect([both.tables.episode, both.orphans]).toEqual([merged(SERIES, 5, 6), { imdb: { episode: 1 } }]);
  });

  test('another place of an episode changes the fingerprint of its title, and of no other', async () => {
    const hashes = async (claim: StatedClaim) => {
      const run = await lab.claims.run('imdb', { title: titles, episode: [claim] });
      const { tables } = await lab.merge(run);
      return new Map(tables.title.map(({ key, row_hash }) => [key, row_hash]));
    };
    const before = await hashes(placed(SERIES, 1, 1));
    for (const other of [placed(SERIES, 1, 2), placed(SERIES, 2, 1), placed(OTHER_SERIES, 1, 1)]) {
      const after = await hashes(other);
      const changed = [...before].filter(([key, hash]) => after.get(key) !== hash).map(([key]) => key);
      expect(changed).toEqual([`imdb:${EPISODE}`]);
    }
    expect(await hashes(placed(SERIES, 1, 1))).toEqual(before);
  });
});
