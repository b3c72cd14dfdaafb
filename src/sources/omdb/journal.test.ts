import { appendFile, readFile, truncate } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { makeFilm } from '../../../samples/simulators/omdb.ts';
import { FILMS, SERIES, SHORT, SHORT_REQUESTS, openOmdb, partialOf } from '../../../test/omdb-runs.ts';

describe('a run of OMDb that is stopped', () => {
  const REQUESTS = Array.from({ length: SHORT_REQUESTS + 2 }, (_, at) => at + 1);

  it.each(REQUESTS)('at request %i repeats at most that one', async (stopAt) => {
    const { omdb, runs } = await openOmdb(
      { documents: [...SHORT, ...FILMS.map(makeFilm)] },
      { series: [SERIES] },
    );
    runs.films = FILMS.slice(0, 2);
    omdb.onAsked = () => {
      if (omdb.asked.length === stopAt) runs.stop.abort(new Error('killed'));
    };
    await expect(runs.read()).rejects.toMatchObject({ code: 'cancelled' });
    runs.stop = new AbortController();
    expect(partialOf(await runs.read())).toBeNull();
    const queries = omdb.queries();
    expect(queries).toHaveLength(REQUESTS.length + 1);
    expect(queries[stopAt]).toBe(queries[stopAt - 1]);
    expect(new Set(await runs.requests()).size).toBe(REQUESTS.length);
  });

  it('between reading and committing loses nothing, and asks for nothing again', async () => {
    const { omdb, runs } = await openOmdb();
    runs.films = FILMS;
    await runs.read({ commit: false });
    await runs.read({ commit: false });
    await runs.read();
    expect(omdb.asked).toHaveLength(3);
    expect(await runs.requests()).toEqual(FILMS.map((film) => `i=${film}`));
    expect(await runs.read()).toEqual({ state: 'unchanged' });
    await expect(readFile(join(runs.root, 'partial/journal.ndjson'), 'utf8')).resolves.toBe('');
  });

  it.each([1, 20, 100])(
    'in the middle of a line of its journal asks for that document again (%i bytes short)',
    async (short) => {
      const { omdb, runs } = await openOmdb();
      runs.films = FILMS;
      await runs.read({ commit: false });
      const journal = join(runs.root, 'partial/journal.ndjson');
      const { length } = await readFile(journal);
      await truncate(journal, length - short);
      await runs.read();
      // A line that lacks nothing but its end is whole.
      expect(omdb.asked).toHaveLength(short === 1 ? 3 : 4);
      expect((await runs.requests()).sort()).toEqual(FILMS.map((film) => `i=${film}`));
    },
  );

  it('with bytes that are no text at the end of its journal drops them alone', async () => {
    const { omdb, runs } = await openOmdb();
    runs.films = FILMS;
    await runs.read({ commit: false });
    await appendFile(join(runs.root, 'partial/journal.ndjson'), Buffer.from([0x7b, 0xc3, 0x00]));
    await runs.read();
    expect(omdb.asked).toHaveLength(3);
    expect(await runs.requests()).toHaveLength(3);
  });
});
