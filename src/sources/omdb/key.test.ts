import { describe, expect, it } from 'vitest';

import { makeFilm } from '../../../samples/simulators/omdb.ts';
import { FAULTS } from '../../../samples/simulators/simulator.ts';
import { KEY, textsBelow } from '../../../test/omdb-lab.ts';
import { FILMS, SERIES, SHORT, openOmdb } from '../../../test/omdb-runs.ts';

describe("OMDb's key", () => {
  it.each([
    ['is refused', 'wrong-key', 'Invalid API key!'],
    ['is empty', '', 'No API key provided.'],
  ])('fails the run when it %s, and says what to do', async (_, key, words) => {
    const { runs } = await openOmdb();
    runs.films = FILMS;
    runs.key = key;
    const failed = runs.read();
    await expect(failed).rejects.toMatchObject({ code: 'setting_invalid' });
    await expect(failed).rejects.toThrow(/OMDB_API_KEY .*https:\/\/www\.omdbapi\.com\/apikey\.aspx/);
    expect((await textsBelow(runs.root)).join()).not.toContain(words);
  });

  it('that is taken away in the middle of a run loses nothing of what came', async () => {
    const { omdb, runs } = await openOmdb();
    runs.films = FILMS;
    omdb.onAsked = () => {
      if (omdb.asked.length === 3) omdb.keys = [];
    };
    await expect(runs.read()).rejects.toMatchObject({ code: 'setting_invalid' });
    omdb.keys = [KEY];
    await runs.read();
    expect(omdb.asked).toHaveLength(4);
  });

  it('is in no file, no log line and no error', async () => {
    const { omdb, runs } = await openOmdb(
      { documents: [...SHORT, ...FILMS.map(makeFilm)] },
      { series: [SERIES] },
    );
    runs.films = FILMS;
    omdb.failWhen(() => FAULTS[omdb.asked.length % (FAULTS.length + 1)] ?? null);
    const said: string[] = [];
    for (let run = 0; run < 4; run += 1) said.push(JSON.stringify(await runs.read()));
    omdb.failWhen(() => null);
    said.push(JSON.stringify(await runs.read()));
    omdb.keys = [];
    runs.films = [...FILMS, 'tt0000009'];
    said.push(await runs.read().then(JSON.stringify, (error: unknown) => (error as Error).stack ?? ''));
    expect(omdb.asked[0]?.url).toContain(KEY);
    expect(runs.logged.length).toBeGreaterThan(5);
    expect([...said, ...runs.logged, ...(await textsBelow(runs.root))].join('\n')).not.toContain(KEY);
  });

  it.each(['https://omdb.example/?apikey=0badc0de', 'https://me:0badc0de@omdb.example/'])(
    'is refused as a part of the address (%s)',
    async (baseUrl) => {
      const { runs } = await openOmdb({}, { baseUrl });
      runs.settings = { ...runs.settings, baseUrl };
      const failed = runs.read();
      await expect(failed).rejects.toMatchObject({ code: 'setting_invalid' });
      await expect(failed).rejects.not.toThrow(/0badc0de/);
    },
  );
});
