import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { afterEach, describe, expect, it } from 'vitest';

import { makeFilm, makeSeries, openOmdbSimulator } from '../samples/simulators/omdb.ts';
import type { OmdbSimulator } from '../samples/simulators/omdb.ts';
import { openTestApi } from './api.ts';
import { endCommands, runCommand, startCommand } from './commands.ts';
import { describeOnEachDatabase } from './databases.ts';
import { KEY, textsBelow } from './omdb-lab.ts';
import { openWorkshop, removeFoldersAfterEach, temporaryFolder } from './workshops.ts';

const SAMPLES = fileURLToPath(new URL('../samples/', import.meta.url));

removeFoldersAfterEach();

interface FilmList {
  readonly data: readonly { imdbId: string; kind: string; title: string }[];
  readonly count: { readonly value: number };
}

describeOnEachDatabase('OMDb beside IMDb', (open) => {
  it('adds a series and its episodes to the catalogue, and no film to the list of films', async () => {
    const { db, sync } = await openWorkshop((await open()).db);
    await sync(join(SAMPLES, 'imdb'));
    const api = await openTestApi(db);
    const list = async () => (await api.inject('/movies?count=exact&limit=100')).json<FilmList>();
    const before = (await list()).count.value;
    const { published } = await sync(join(SAMPLES, 'omdb'), { sources: ['omdb'] });
    expect(published?.difference).toMatchObject({ created: 74, deleted: 0 });
    expect((await list()).count.value).toBe(before);
    expect((await list()).data.filter(({ kind }) => kind !== 'movie')).toEqual([]);
    const film = (await api.inject('/movies/tt0120737')).json<{ certificate: string; sources: string[] }>();
    expect(film).toMatchObject({ certificate: 'PG-13', sources: ['imdb', 'omdb'] });
    await api.close();
  });

  it('stands alone with series, episodes and films', async () => {
    const { db, sync } = await openWorkshop((await open()).db);
    await sync(join(SAMPLES, 'omdb'), { sources: ['omdb'] });
    const api = await openTestApi(db);
    const films = (await api.inject('/movies?count=exact&limit=100')).json<FilmList>();
    expect([films.count.value, new Set(films.data.map(({ kind }) => kind))]).toEqual([
      10,
      new Set(['movie']),
    ]);
    await api.close();
  });
});

describe('filmbase sync omdb', () => {
  let omdb: OmdbSimulator | null = null;

  afterEach(async () => {
    await endCommands();
    await omdb?.close();
    omdb = null;
  });

  /** A series of two seasons and three episodes: six requests. */
  async function openOmdb() {
    const { series, episodes } = makeSeries([2, 1]);
    omdb = await openOmdbSimulator({ keys: [KEY], documents: [series, ...episodes, makeFilm('tt0000001')] });
    const folder = temporaryFolder();
    const config = join(folder, 'filmbase.yaml');
    writeFileSync(config, 'sources:\n  omdb:\n    series: [A Long Series]\n');
    const environment = {
      FILMBASE_DATA: join(folder, 'data'),
      FILMBASE_CONFIG: config,
      OMDB_BASE_URL: omdb.url,
      OMDB_API_KEY: KEY,
      LOG_LEVEL: 'trace',
    };
    return { omdb, folder, environment };
  }

  it.each([1, 4, 6])('killed with kill -9 at request %i repeats at most that one', async (killAt) => {
    const { omdb: provider, environment } = await openOmdb();
    const command = startCommand(['sync', 'omdb', '--log', 'json'], environment);
    provider.onAsked = () => {
      if (provider.asked.length === killAt) command.child.kill('SIGKILL');
    };
    expect(await command.ended).toMatchObject({ exit: null });
    expect(provider.asked).toHaveLength(killAt);
    expect(await runCommand(['sync', 'omdb'], environment)).toMatchObject({ exit: 0 });
    expect(provider.asked).toHaveLength(6 + 1);
    expect(new Set(provider.queries()).size).toBe(6);
  });

  it('writes the key nowhere, and says nothing of it', async () => {
    const { omdb: provider, folder, environment } = await openOmdb();
    const synced = await runCommand(['sync', 'omdb', '--log', 'json'], environment);
    expect(synced).toMatchObject({ exit: 0 });
    provider.keys = [];
    const shown = await runCommand(['config'], environment);
    writeFileSync(environment.FILMBASE_CONFIG, 'sources:\n  omdb:\n    series: [Another]\n');
    const refused = await runCommand(['sync', 'omdb'], environment);
    expect(refused.exit).not.toBe(0);
    const said = [synced, shown, refused].map(({ stdout, stderr }) => `${stdout}\n${stderr}`);
    expect(said.join()).toContain('https://www.omdbapi.com/apikey.aspx');
    const kept = await textsBelow(join(folder, 'data', 'lake'));
    expect(kept.length).toBeGreaterThan(3);
    expect([...said, ...kept].join('\n')).not.toContain(KEY);
  });

  it('is followed by an export of the documents of a series', async () => {
    const { folder, environment } = await openOmdb();
    await runCommand(['sync', 'omdb'], environment);
    const out = join(folder, 'documents');
    const exported = (...args: string[]) =>
      runCommand(['export', 'omdb-documents', ...args, '--log', 'json'], environment);
    expect(await exported('--series', 'a long series', '--out', out)).toMatchObject({ exit: 0 });
    expect(readdirSync(out).sort()).toEqual([
      'alldata.json',
      'episodedata-tt9000001.json',
      'episodedata-tt9000002.json',
      'episodedata-tt9000003.json',
      'seasondata-1.json',
      'seasondata-2.json',
      'titledata.json',
    ]);
    const all = JSON.parse(readFileSync(join(out, 'alldata.json'), 'utf8')) as {
      Title: string;
      Seasons: { Season: string; Episodes: { Title: string; Runtime: string }[] }[];
    };
    expect(all.Title).toBe('A Long Series');
    expect(all.Seasons.map(({ Season, Episodes }) => [Season, Episodes.map(({ Title }) => Title)])).toEqual([
      ['1', ['Episode 1.1', 'Episode 1.2']],
      ['2', ['Episode 2.1']],
    ]);
    expect(all.Seasons[0]?.Episodes[0]?.Runtime).toBe('55 min');
    const unknown = await exported('--series', 'Lost', '--out', out);
    expect(unknown.exit).toBe(2);
    expect(unknown.stderr + unknown.stdout).toContain('A Long Series (tt9000000)');
    expect(await exported('--series', 'A Long Series')).toMatchObject({ exit: 2 });
    mkdirSync(join(folder, 'empty'));
    const never = { ...environment, FILMBASE_DATA: join(folder, 'empty') };
    const early = await runCommand(['export', 'omdb-documents', '--series', 'X', '--out', out], never);
    expect(early.exit).toBe(2);
  });
});
