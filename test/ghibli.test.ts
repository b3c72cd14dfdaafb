import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { pino } from 'pino';
import sql from 'sql-template-tag';
import { afterEach, expect, test } from 'vitest';

import { openGhibliSimulator } from '../samples/simulators/ghibli.ts';
import type { GhibliData } from '../samples/simulators/ghibli.ts';
import { FAULTS } from '../samples/simulators/simulator.ts';
import type { Database } from '../src/db/database.ts';
import { listVersions } from '../src/lake/manifests.ts';
import { openJsonClient } from '../src/lib/outgoing/json-client.ts';
import { openTestApi } from './api.ts';
import { describeOnEachDatabase } from './databases.ts';
import { dump } from './dumps.ts';
import { ghibliFilm, ghibliFilms } from './ghibli-data.ts';
import { failureOf, manifestOf, openWorkshop, removeFoldersAfterEach } from './workshops.ts';

const DATA = fileURLToPath(new URL('../../shared/data/ghibli/data.json', import.meta.url));

removeFoldersAfterEach();

const closing: (() => Promise<void>)[] = [];

afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()));
});

interface Film {
  readonly id: string;
  readonly title: string;
  readonly year: number | null;
  readonly credits: { readonly characters: readonly { person: { name: string } }[] };
}

/** A workshop whose source ghibli is a simulator of `data`, and an API over what it publishes. */
async function open(db: Database, data: GhibliData) {
  const simulator = await openGhibliSimulator(data);
  const impatient = { headersMs: 50, attemptMs: 100, attempts: 2, backoffMs: 1, breakAfter: 1000 };
  const client = openJsonClient(impatient, pino({ level: 'silent' }));
  const workshop = await openWorkshop(db, {
    settings: { ghibli: { baseUrl: simulator.url } },
    world: { jsonClient: () => client },
  });
  const api = await openTestApi(db);
  closing.push(
    () => simulator.close(),
    () => client.close(),
    () => api.close(),
  );
  await db.query(sql`
    insert into source (name, state, stale_after_seconds) values ('ghibli', 'never', 60), ('imdb', 'never', null)`);
  const listed = async () =>
    (await api.inject('/movies?source=ghibli&include=credits&limit=100&sort=title')).json<{
      data: Film[];
      sources: { state: string; ageSeconds: number | null }[];
    }>();
  return { ...workshop, api, simulator, listed };
}

/** The names of each film's people, in order, by title. */
function peopleOf(films: readonly Film[]): Record<string, string[]> {
  return Object.fromEntries(
    films.map(({ title, credits }) => [title, credits.characters.map(({ person }) => person.name)]),
  );
}

describeOnEachDatabase('the source ghibli', (openDatabase) => {
  test.skipIf(!existsSync(DATA))(
    'serves every film of ../shared/data, each with the people that name it',
    async () => {
      const data = JSON.parse(readFileSync(DATA, 'utf8')) as GhibliData;
      const { lake, syncSource, listed } = await open((await openDatabase()).db, data);
      const { claims } = manifestOf(await syncSource('ghibli'));
      const [version] = await listVersions(lake);
      const films = data.films as { id: string; title: string }[];
      const people = data.people as { name: string; films: string[] }[];
      const expected = films.map(({ id, title }) => [
        title,
        people
          .filter((person) => person.films.some((url) => url.includes(id)))
          .map(({ name }) => name.trim()),
      ]);
      const { data: served } = await listed();
      expect(served).toHaveLength(22);
      expect(peopleOf(served)).toEqual(Object.fromEntries(expected));
      expect(claims).toMatchObject({ title: 22, rating: 22 });
      expect(version?.orphans).toEqual({});
    },
  );

  test('has a film that left the provider be gone after the next sync', async () => {
    const data = ghibliFilms(10);
    const { syncSource, listed, api } = await open((await openDatabase()).db, data);
    await syncSource('ghibli');
    const [first] = (await listed()).data;
    expect(await syncSource('ghibli')).toMatchObject({ runs: [{ state: 'unchanged' }], published: null });
    data.films.shift();
    await syncSource('ghibli');
    const left = (await listed()).data.map(({ title }) => title);
    expect(left).toHaveLength(9);
    expect(left).not.toContain(first?.title);
    expect((await api.inject(`/movies/${first?.id ?? ''}`)).statusCode).toBe(410);
  });

  test('a faulty record is one reject, and all others are served', async () => {
    const data = ghibliFilms(10);
    data.films[3] = ghibliFilm({ id: 'f4', title: 'Film 4', running_time: 'long' });
    const { syncSource, listed } = await open((await openDatabase()).db, data);
    const { files } = manifestOf(await syncSource('ghibli'));
    expect(files).toMatchObject([
      { file: 'films.json', read: 10, claimed: 9, rejected: 1, reasons: { number_invalid: 1 } },
      { file: 'people.json', read: 10, claimed: 10, rejected: 0 },
    ]);
    expect((await listed()).data.map(({ title }) => title)).not.toContain('Film 4');
    expect((await listed()).data).toHaveLength(9);
  });

  test('whatever the provider does, what is served stays, and nothing asks it', async () => {
    const data = ghibliFilms(3);
    const { syncSource, listed, simulator } = await open((await openDatabase()).db, data);
    await syncSource('ghibli');
    const before = (await listed()).data;
    data.films.pop();
    for (const fault of FAULTS) {
      simulator.failWhen(({ url }) => (url.startsWith('/people') ? fault : null));
      const result = await syncSource('ghibli', { allowShrink: true });
      const code = fault === 'html' ? 'answer_invalid' : 'source_unreachable';
      expect([fault, failureOf(result)]).toEqual([fault, code]);
      const asked = simulator.asked.length;
      const start = performance.now();
      const served = await listed();
      console.log(`with the fault "${fault}" the page took ${Math.round(performance.now() - start)} ms`);
      expect([fault, served.data]).toEqual([fault, before]);
      expect([fault, served.sources[0]?.state, simulator.asked.length]).toEqual([fault, 'failed', asked]);
    }
    simulator.failWhen(() => null);
    const films = data.films.splice(0);
    expect(failureOf(await syncSource('ghibli', { allowShrink: true }))).toBe('answer_invalid');
    expect((await listed()).data).toEqual(before);
    data.films.push(...films);
    await syncSource('ghibli', { allowShrink: true });
    expect((await listed()).data).toHaveLength(2);
  });

  test('adds its people to a film that imdb describes too', async () => {
    const data = ghibliFilms(1);
    const { sync, syncSource, listed, api } = await open((await openDatabase()).db, data);
    await sync(
      dump().title('tt0000009', { title: 'Film 1', year: 1998, runtimeMinutes: 81, rating: 7.1, votes: 10 }),
    );
    await syncSource('ghibli');
    const { data: films } = await listed();
    expect(films).toMatchObject([{ imdbId: 'tt0000009', rating: 7.1 }]);
    expect(peopleOf(films)).toEqual({ 'Film 1': ['Person 1'] });
    const film = (await api.inject('/movies/tt0000009?include=ratings')).json<object>();
    expect(film).toMatchObject({
      sources: ['imdb', 'ghibli'],
      overview: 'A choir sings.',
      freshness: [{ source: 'ghibli' }],
      ratings: [{ system: 'imdb' }, { system: 'rotten-tomatoes', rating: 9.5 }],
    });
  });
});
