import type { FastifyInstance } from 'fastify';
import sql from 'sql-template-tag';
import { afterEach, expect, test } from 'vitest';

import { openTestApi } from '../../../test/api.ts';
import { describeOnEachDatabase } from '../../../test/databases.ts';
import { servedFilm, serveFilms } from '../../../test/served-films.ts';
import { linkId } from '../../../test/served-links.ts';
import type { Database } from '../../db/database.ts';
import type { Answer } from './api-world.ts';

const id = '0f2c7b1e-0000-8000-a000-000000000000';
const plainId = '0f2c7b1e-0000-8000-a000-000000000001';

const FRESH_AT = '2026-11-21T12:00:00.000000Z';

const apis: FastifyInstance[] = [];

afterEach(async () => {
  await Promise.all(apis.splice(0).map((api) => api.close()));
});

describeOnEachDatabase('how fresh data are', (open) => {
  /** An API that listens, over a film of two sources and one of imdb alone, with a clock that the test sets. */
  async function listen() {
    const { db } = await open();
    const story = { part: 'characters', category: 'character' } as const;
    await serveFilms(db, [
      servedFilm({
        id,
        title: 'Choir',
        sources: ['imdb', 'ghibli'],
        genres: ['Drama'],
        credits: [
          { person: 'Maya', ...story },
          { person: 'Ole', ...story },
        ],
      }),
      servedFilm({ id: plainId, title: 'Plain', sources: ['imdb'], genres: ['Drama'] }),
    ]);
    await serveSources(db);
    const answers: Answer[] = [];
    const clock = { now: new Date('2026-11-21T12:00:30.900Z') };
    const api = await openTestApi(db, { now: () => clock.now, onAnswer: (answer) => answers.push(answer) });
    apis.push(api);
    const address = await api.listen({ port: 0, host: '127.0.0.1' });
    const get = async (path: string) => (await fetch(`${address}${path}`)).json() as Promise<object>;
    return { get, clock, answers, db };
  }

  test('is said of a film by the clock, for its sources that say when they are stale', async () => {
    const { get, clock } = await listen();
    const fresh = { source: 'ghibli', freshAt: FRESH_AT, ageSeconds: 30, isStale: false };
    expect(await get(`/movies/${id}`)).toMatchObject({ freshness: [fresh] });
    clock.now = new Date('2026-11-21T12:01:00Z');
    expect(await get(`/movies/${id}`)).toMatchObject({ freshness: [{ ageSeconds: 60, isStale: false }] });
    clock.now = new Date('2026-11-21T12:01:01Z');
    expect(await get(`/movies/${id}`)).toMatchObject({ freshness: [{ ageSeconds: 61, isStale: true }] });
    clock.now = new Date('2026-11-21T11:59:00Z');
    expect(await get(`/movies/${id}`)).toMatchObject({ freshness: [{ ageSeconds: 0, isStale: false }] });
  });

  test('keeps no answer that ages, and every other', async () => {
    const { get, answers } = await listen();
    const paths = [
      `/movies/${id}`,
      '/movies?source=ghibli',
      `/movies/${plainId}`,
      '/movies',
      `/movies/${id}/credits`,
    ];
    for (const path of paths) for (let time = 0; time < 2; time += 1) await get(path);
    const fromMemory = answers.map((answer) => answer.fromMemory);
    expect(fromMemory).toEqual([false, false, false, false, false, true, false, true, false, true]);
    expect(await get(`/movies/${plainId}`)).toMatchObject({ freshness: [] });
  });

  test('is said of the sources that a list is narrowed to', async () => {
    const { get, clock } = await listen();
    clock.now = new Date('2026-11-21T13:00:00Z');
    expect(await get('/movies?source=ghibli&sort=-year&genre=Drama')).toMatchObject({
      data: [{ id }],
      sources: [{ name: 'ghibli', state: 'failed', freshAt: FRESH_AT, ageSeconds: 3600, isStale: true }],
    });
    expect(await get('/movies?source=ghibli&source=imdb')).toMatchObject({
      data: [{ id }, { id: plainId }],
      sources: [{ name: 'ghibli' }, { name: 'imdb', freshAt: null, ageSeconds: null, isStale: false }],
    });
    expect(await get('/movies')).not.toHaveProperty('sources');
    expect(await get('/movies?source=ghobli')).toMatchObject({
      status: 400,
      errors: [{ field: 'source', message: 'must be one of ghibli, imdb' }],
    });
  });

  test('comes with the people of the films, where they are asked for with a source', async () => {
    const { get } = await listen();
    const characters = ['Maya', 'Ole'].map((name, at) => ({
      person: { id: linkId('person', name), name },
      ordering: at + 1,
    }));
    expect(await get('/movies?source=ghibli&include=credits')).toMatchObject({
      data: [{ id, credits: { cast: [], crew: [], characters } }],
    });
    expect(await get('/movies?source=ghibli')).not.toHaveProperty('data.0.credits');
    expect(await get(`/people/${linkId('person', 'Maya')}/credits`)).toMatchObject({
      data: [{ film: { id }, credits: [{ category: 'character' }] }],
    });
    const alone = await get('/movies?include=credits');
    expect(alone).toMatchObject({ status: 400, errors: [{ field: 'include' }] });
    const other = await get('/movies?source=ghibli&include=ratings');
    expect(other).toMatchObject({ status: 400, errors: [{ field: 'include' }] });
  });

  test('degrades what is ready, and never what was not read yet', async () => {
    const { get, clock } = await listen();
    expect(await get('/health/ready')).toMatchObject({ status: 'ready', stale: [] });
    clock.now = new Date('2026-11-21T12:02:00Z');
    expect(await get('/health/ready')).toMatchObject({ status: 'degraded', stale: ['ghibli'] });
  });

  test('is said of every source, with when it is read next', async () => {
    const { get } = await listen();
    expect(await get('/sources')).toMatchObject({
      data: [
        {
          name: 'ghibli',
          ageSeconds: 30,
          isStale: false,
          staleAfterSeconds: 60,
          schedule: 'every 15s',
          nextRunAt: '2026-11-21T12:00:45.000000Z',
        },
        { name: 'imdb', ageSeconds: null, isStale: false, staleAfterSeconds: null, nextRunAt: null },
      ],
    });
  });
});

async function serveSources(db: Database): Promise<void> {
  await db.query(sql`
    insert into source (name, state, fresh_at, stale_after_seconds, schedule, next_run_at)
    values
      ('ghibli', 'failed', ${FRESH_AT}, 60, 'every 15s', '2026-11-21T12:00:45Z'),
      ('imdb', 'never', null, null, '0 2 * * *', null)`);
}
