import { appendFile, readFile, truncate } from 'node:fs/promises';
import { join } from 'node:path';

import { afterEach, describe, expect, it } from 'vitest';

import { EIGHT_SEASONS, makeFilm, makeSeries, openOmdbSimulator } from '../../../samples/simulators/omdb.ts';
import type { OmdbSimulator } from '../../../samples/simulators/omdb.ts';
import { FAULTS } from '../../../samples/simulators/simulator.ts';
import { KEY, openOmdbRuns, textsBelow } from '../../../test/omdb-lab.ts';
import type { OmdbRuns } from '../../../test/omdb-lab.ts';
import { removeFoldersAfterEach } from '../../../test/workshops.ts';
import type { ReadResult } from '../../model/source.ts';
import type { OmdbSettings } from './settings.ts';

removeFoldersAfterEach();

const opened: { close(): Promise<void> }[] = [];

afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
});

type SimulatorOptions = Parameters<typeof openOmdbSimulator>[0];

const SERIES = 'A Long Series';
const FILMS = ['tt0000001', 'tt0000002', 'tt0000003'];

async function open(
  options: Partial<SimulatorOptions> = {},
  settings: Partial<OmdbSettings> = {},
): Promise<{ omdb: OmdbSimulator; runs: OmdbRuns }> {
  const omdb = await openOmdbSimulator({ keys: [KEY], documents: FILMS.map(makeFilm), ...options });
  const runs = openOmdbRuns(`${omdb.url}/`, { series: [], ...settings });
  opened.push(omdb, runs);
  return { omdb, runs };
}

function longSeries(...given: Parameters<typeof makeSeries>) {
  const { series, episodes } = makeSeries(...given);
  return [series, ...episodes];
}

/** The series of one season and three episodes: five requests. */
const SHORT = longSeries([3]);
const SHORT_REQUESTS = 5;

function partialOf(result: ReadResult): string | null {
  return result.state === 'read' ? (result.partial?.code ?? null) : null;
}

describe('reading OMDb', () => {
  it('asks for a series of 8 seasons and 73 episodes in exactly 1 + 8 + 73 requests', async () => {
    const { omdb, runs } = await open({ documents: longSeries(EIGHT_SEASONS) }, { series: [SERIES] });
    expect(partialOf(await runs.read())).toBeNull();
    expect(omdb.asked).toHaveLength(1 + 8 + 73);
    expect(new Set(omdb.queries()).size).toBe(82);
    expect(await runs.requests()).toEqual(omdb.queries());
    expect(await runs.read()).toEqual({ state: 'unchanged' });
    expect(omdb.asked).toHaveLength(82);
  });

  it('asks once more for each gap in the numbers of a season', async () => {
    const gaps = [
      { season: 1, episode: 3 },
      { season: 4, episode: 1 },
      { season: 8, episode: 5 },
    ];
    const { omdb, runs } = await open({ documents: longSeries(EIGHT_SEASONS, gaps) }, { series: [SERIES] });
    await runs.read();
    expect(omdb.asked).toHaveLength(1 + 8 + 73 + 3);
    expect(omdb.queries().filter((query) => query.includes('Episode='))).toEqual([
      'i=tt9000000&Season=1&Episode=3',
      'i=tt9000000&Season=4&Episode=1',
      'i=tt9000000&Season=8&Episode=5',
    ]);
    expect(await runs.read()).toEqual({ state: 'unchanged' });
  });

  it('asks by its number for an episode that the list leaves out or gives no id', async () => {
    const { omdb, runs } = await open(
      {
        documents: longSeries([4]),
        unlisted: [{ season: 1, episode: 2 }],
        withoutId: [{ season: 1, episode: 3 }],
      },
      { series: ['tt9000000'] },
    );
    await runs.read();
    expect(omdb.queries()).toEqual([
      'i=tt9000000',
      'i=tt9000000&Season=1',
      'i=tt9000001',
      'i=tt9000004',
      'i=tt9000000&Season=1&Episode=2',
      'i=tt9000000&Season=1&Episode=3',
    ]);
  });

  it('asks for the films of the catalogue after the series, in their order', async () => {
    const { omdb, runs } = await open(
      { documents: [...SHORT, ...FILMS.map(makeFilm)] },
      { series: [SERIES] },
    );
    runs.films = ['tt0000003', 'tt0000001', 'tt9000001'];
    await runs.read();
    expect(omdb.queries().slice(SHORT_REQUESTS)).toEqual(['i=tt0000003', 'i=tt0000001']);
  });

  it('asks for no film where the settings say so', async () => {
    const { omdb, runs } = await open({}, { enrich: false });
    runs.films = FILMS;
    await runs.read();
    expect(omdb.asked).toEqual([]);
  });

  it('asks for an unknown id once, and again after refreshAfterDays', async () => {
    const { omdb, runs } = await open({}, { series: ['No Such Series'] });
    runs.films = ['tt7777777'];
    await runs.read();
    await runs.read();
    expect(omdb.asked).toHaveLength(2);
    runs.now = new Date('2026-12-22T04:00:00.000Z');
    await runs.read();
    expect(omdb.asked).toHaveLength(4);
  });

  it('gives the files of all runs before beside its own', async () => {
    const { runs } = await open();
    runs.films = FILMS.slice(0, 2);
    await runs.read();
    runs.films = FILMS;
    const result = await runs.read();
    expect(result.state === 'read' && result.files.map(({ name }) => name)).toEqual([
      'documents-000001.ndjson.gz',
      'documents-000002.ndjson.gz',
    ]);
    expect(await runs.requests()).toEqual(FILMS.map((film) => `i=${film}`));
  });
});

describe('documents of OMDb that are old', () => {
  const LATER = new Date('2026-12-22T04:00:00.000Z');

  it('are asked for again once nothing new is left, a season with its series', async () => {
    const { omdb, runs } = await open(
      { documents: [...SHORT, ...FILMS.map(makeFilm)] },
      { series: [SERIES] },
    );
    runs.films = FILMS.slice(0, 1);
    await runs.read();
    const first = omdb.queries();
    runs.now = LATER;
    runs.films = FILMS.slice(0, 2);
    await runs.read();
    expect(omdb.queries().slice(first.length)).toEqual(['i=tt0000002', ...first]);
  });

  it('bring the episodes that are new in a season', async () => {
    const { omdb, runs } = await open({ documents: longSeries([2]) }, { series: [SERIES] });
    await runs.read();
    omdb.documents = longSeries([3]);
    runs.now = LATER;
    await runs.read();
    expect(omdb.queries().slice(4)).toContain('i=tt9000003');
  });

  it('make no run partial when the day ends while only they are left', async () => {
    const { omdb, runs } = await open({}, { perDay: 3 });
    runs.films = FILMS;
    await runs.read();
    runs.now = LATER;
    runs.settings = { ...runs.settings, perDay: 2 };
    expect(partialOf(await runs.read())).toBeNull();
    expect(omdb.asked).toHaveLength(5);
  });
});

describe('the limit of a day', () => {
  it('reached at request 40 ends the run as partial; the next goes on, and the totals add up', async () => {
    const { omdb, runs } = await open(
      { documents: longSeries(EIGHT_SEASONS), limit: 39 },
      { series: [SERIES] },
    );
    expect(partialOf(await runs.read())).toBe('limit_reached');
    expect(omdb.asked).toHaveLength(40);
    expect(await runs.requests()).toHaveLength(39);
    omdb.limit = 1000;
    expect(partialOf(await runs.read())).toBeNull();
    expect(omdb.asked).toHaveLength(82 + 1);
    const requests = await runs.requests();
    expect([requests.length, new Set(requests).size]).toEqual([82, 82]);
  });

  it('is known by its words with status 200 too', async () => {
    const { runs } = await open({ limit: 1, limitStatus: 200 });
    runs.films = FILMS;
    expect(partialOf(await runs.read())).toBe('limit_reached');
    expect(await runs.requests()).toEqual(['i=tt0000001']);
  });

  it('set by perDay survives a restart, and comes back the next day of UTC', async () => {
    const { omdb, runs } = await open({}, { perDay: 2 });
    runs.films = FILMS;
    expect(partialOf(await runs.read())).toBe('limit_reached');
    expect(partialOf(await runs.read())).toBe('limit_reached');
    expect(omdb.asked).toHaveLength(2);
    runs.now = new Date('2026-11-21T23:59:59.999Z');
    await runs.read();
    expect(omdb.asked).toHaveLength(2);
    runs.now = new Date('2026-11-22T00:00:00.000Z');
    expect(partialOf(await runs.read())).toBeNull();
    expect(omdb.asked).toHaveLength(3);
  });

  it('counts a request whose answer never came', async () => {
    const { omdb, runs } = await open({}, { perDay: 2 });
    runs.films = FILMS;
    omdb.failWhen(() => 'reset');
    await runs.read();
    expect(omdb.asked).toHaveLength(2);
    await runs.read();
    expect(omdb.asked).toHaveLength(2);
  });
});

describe('a run of OMDb that is stopped', () => {
  const REQUESTS = Array.from({ length: SHORT_REQUESTS + 2 }, (_, at) => at + 1);

  it.each(REQUESTS)('at request %i repeats at most that one', async (stopAt) => {
    const { omdb, runs } = await open(
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
    const { omdb, runs } = await open();
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
      const { omdb, runs } = await open();
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
    const { omdb, runs } = await open();
    runs.films = FILMS;
    await runs.read({ commit: false });
    await appendFile(join(runs.root, 'partial/journal.ndjson'), Buffer.from([0x7b, 0xc3, 0x00]));
    await runs.read();
    expect(omdb.asked).toHaveLength(3);
    expect(await runs.requests()).toHaveLength(3);
  });
});

describe('OMDb that fails', () => {
  it.each(FAULTS)('with "%s" for one document leaves it for the next run', async (fault) => {
    const { omdb, runs } = await open();
    runs.films = FILMS;
    omdb.failWhen(({ url }) => (url.includes('tt0000002') ? fault : null));
    expect(partialOf(await runs.read())).toBe('source_unreachable');
    expect(await runs.requests()).toEqual(['i=tt0000001', 'i=tt0000003']);
    omdb.failWhen(() => null);
    expect(partialOf(await runs.read())).toBeNull();
    expect(await runs.requests()).toEqual(['i=tt0000001', 'i=tt0000003', 'i=tt0000002']);
    expect(omdb.asked).toHaveLength(4);
  });

  it.each(FAULTS)('with "%s" three times on end is left alone, and keeps what came', async (fault) => {
    const films = Array.from({ length: 9 }, (_, at) => `tt000010${at}`);
    const { omdb, runs } = await open({ documents: films.map(makeFilm) });
    runs.films = films;
    omdb.failWhen(() => (omdb.asked.length > 2 ? fault : null));
    expect(partialOf(await runs.read())).toBe('source_unreachable');
    expect(omdb.asked).toHaveLength(5);
    expect(await runs.requests()).toHaveLength(2);
  });

  it('so often that nothing is sent any more ends the run too', async () => {
    const { omdb, runs } = await open();
    runs.films = FILMS;
    omdb.failWhen(() => 'error');
    for (let run = 0; run < 5; run += 1) expect(partialOf(await runs.read())).toBe('source_unreachable');
    expect(omdb.asked).toHaveLength(10);
  });
});

describe("OMDb's key", () => {
  it.each([
    ['is refused', 'wrong-key', 'Invalid API key!'],
    ['is empty', '', 'No API key provided.'],
  ])('fails the run when it %s, and says what to do', async (_, key, words) => {
    const { runs } = await open();
    runs.films = FILMS;
    runs.key = key;
    const failed = runs.read();
    await expect(failed).rejects.toMatchObject({ code: 'setting_invalid' });
    await expect(failed).rejects.toThrow(/OMDB_API_KEY .*https:\/\/www\.omdbapi\.com\/apikey\.aspx/);
    expect((await textsBelow(runs.root)).join()).not.toContain(words);
  });

  it('that is taken away in the middle of a run loses nothing of what came', async () => {
    const { omdb, runs } = await open();
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
    const { omdb, runs } = await open(
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
      const { runs } = await open({}, { baseUrl });
      runs.settings = { ...runs.settings, baseUrl };
      const failed = runs.read();
      await expect(failed).rejects.toMatchObject({ code: 'setting_invalid' });
      await expect(failed).rejects.not.toThrow(/0badc0de/);
    },
  );
});
