import type { AddressInfo } from 'node:net';

import { expect, it } from 'vitest';

import { openTestApi } from '../../../test/api.ts';
import type { ChangesAnswer } from '../../../test/change-feed.ts';
import { describeOnEachDatabase } from '../../../test/databases.ts';
import { openWorkshop, removeFoldersAfterEach } from '../../../test/workshops.ts';
import { CATALOGUE_CHANNEL } from '../../catalogue/channel.ts';
import type { Database } from '../../db/database.ts';
import { followState } from '../follow-state.ts';
import type { ApiWorld } from './api-world.ts';
import { KnownState } from './known-state.ts';

removeFoldersAfterEach();

/** Timers that never end, and which of them are set. */
class Timers implements Pick<ApiWorld, 'setTimer'> {
  readonly set = new Map<() => void, number>();
  readonly setTimer = (ms: number, callback: () => void) => {
    this.set.set(callback, ms);
    return () => this.set.delete(callback);
  };
}

/** An API that follows its database. */
async function openFollowingApi(db: Database, world: Partial<ApiWorld> = {}) {
  const state = new KnownState();
  const stop = await followState(db, CATALOGUE_CHANNEL, state, () => undefined);
  const api = await openTestApi(db, { state, ...world });
  return {
    api,
    close: async () => {
      await api.close();
      await stop();
    },
  };
}

describeOnEachDatabase('GET /changes', (open) => {
  it('gives what was entered in order, a page at a time, of the kinds asked for', async () => {
    const { db } = await open();
    const { enter } = await openWorkshop(db);
    const ids = [
      await enter({ title: 'One' }),
      await enter({ title: 'Two' }),
      await enter({ title: 'Three' }),
    ];
    const { api, close } = await openFollowingApi(db);
    const ask = async (query: string) => (await api.inject(`/changes${query}`)).json<ChangesAnswer>();
    const seen = ({ data, ...rest }: ChangesAnswer) => ({ ...rest, ids: data.map(({ titleId }) => titleId) });
    expect(seen(await ask('?limit=2'))).toEqual({ ids: ids.slice(0, 2), next: 2, latest: 3 });
    expect(seen(await ask('?since=2&limit=2'))).toEqual({ ids: ids.slice(2), next: 3, latest: 3 });
    expect(seen(await ask('?since=3'))).toEqual({ ids: [], next: 3, latest: 3 });
    expect(seen(await ask('?since=latest'))).toEqual({ ids: [], next: 3, latest: 3 });
    expect(seen(await ask('?kind=deleted&kind=merged'))).toEqual({ ids: [], next: 3, latest: 3 });
    expect(seen(await ask('?kind=created&limit=1'))).toEqual({ ids: ids.slice(0, 1), next: 1, latest: 3 });
    expect((await ask('?since=2')).data).toEqual([
      {
        seq: 3,
        at: expect.any(String) as string,
        kind: 'created',
        titleId: ids[2],
        titleKey: expect.stringMatching(/^local:/) as string,
        fields: null,
        into: null,
        comment: null,
        by: 'person',
        version: null,
      },
    ]);
    await close();
  });

  it('refuses what is no place in the feed, and names the parameter', async () => {
    const { db } = await open();
    const api = await openTestApi(db);
    const wrong = [
      ['since=-1', 'since'],
      ['since=soon', 'since'],
      ['since=1&since=2', 'since'],
      ['kind=changed', 'kind.0'],
      ['limit=1001', 'limit'],
      ['limit=0', 'limit'],
      ['wait=61', 'wait'],
      ['from=1', 'from'],
    ] as const;
    for (const [query, field] of wrong) {
      const answer = await api.inject(`/changes?${query}`);
      const { errors } = answer.json<{ errors: { field: string }[] }>();
      expect([query, answer.statusCode, errors[0]?.field]).toEqual([query, 400, field]);
    }
    await api.close();
  });

  it('says that a number was never given, as to a follower of a database that was ahead', async () => {
    const { db } = await open();
    const { enter } = await openWorkshop(db);
    await enter({ title: 'One' });
    const api = await openTestApi(db);
    const answer = await api.inject('/changes?since=2');
    expect(answer.statusCode).toBe(410);
    expect(answer.json()).toMatchObject({
      type: '/problems/changes_gone',
      errors: [{ field: 'since', message: 'must be at most 1, the number of the last change' }],
    });
    const headers = { accept: 'text/event-stream', 'last-event-id': '2' };
    expect((await api.inject({ url: '/changes', headers })).statusCode).toBe(410);
    await api.close();
  });

  it('with wait answers as soon as there is a change, and asks for no other reason', async () => {
    const { db } = await open();
    const { enter } = await openWorkshop(db);
    const timers = new Timers();
    const { api, close } = await openFollowingApi(db, timers);
    const answer = api.inject('/changes?wait=30').then((response) => response.json<ChangesAnswer>());
    await untilTrue(() => timers.set.size === 1);
    expect([...timers.set.values()]).toEqual([30_000]);
    const id = await enter({ title: 'Come' });
    expect((await answer).data.map(({ titleId }) => titleId)).toEqual([id]);
    expect(timers.set.size).toBe(0);
    await close();
  });

  it('with wait answers that there is nothing once the time is over, and when the server stops', async () => {
    const { db } = await open();
    const patient = await openFollowingApi(db, new Timers());
    const impatient = await openFollowingApi(db);
    const nothing = { data: [], next: 0, latest: 0 };
    expect((await impatient.api.inject('/changes?wait=30')).json()).toEqual(nothing);
    const answer = patient.api.inject('/changes?wait=30').then((response) => response.json<ChangesAnswer>());
    await Promise.all([patient.close(), impatient.close()]);
    expect(await answer).toEqual(nothing);
  });

  it('is a stream of events that resumes where it broke, and ends with the server', async () => {
    const { db } = await open();
    const { enter } = await openWorkshop(db);
    const { api, close } = await openFollowingApi(db, new Timers());
    await api.listen({ port: 0, host: '127.0.0.1' });
    const address = `http://127.0.0.1:${(api.server.address() as AddressInfo).port}/changes`;
    const first = await enter({ title: 'First' });
    const stream = await openEvents(address, {});
    expect(await stream.next()).toMatchObject({ id: '1', data: { titleId: first } });
    const second = await enter({ title: 'Second' });
    expect(await stream.next()).toMatchObject({ id: '2', data: { titleId: second } });
    stream.leave();
    const resumed = await openEvents(`${address}?since=0`, { 'last-event-id': '1' });
    expect(await resumed.next()).toMatchObject({ id: '2', data: { titleId: second } });
    await close();
    expect(await resumed.next()).toBeNull();
  });

  it('says what is wrong with a Last-Event-ID, and that other forms are not there', async () => {
    const { db } = await open();
    const api = await openTestApi(db);
    const wrong = await api.inject({
      url: '/changes',
      headers: { accept: 'text/event-stream', 'last-event-id': 'x' },
    });
    expect([wrong.statusCode, wrong.json<{ errors: { field: string }[] }>().errors[0]?.field]).toEqual([
      400,
      'last-event-id',
    ]);
    expect((await api.inject({ url: '/changes', headers: { accept: 'text/csv' } })).statusCode).toBe(406);
    await api.close();
  });
});

/** Comes back once it is true; the test's own time limit ends it otherwise. */
async function untilTrue(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await new Promise((resolve) => setImmediate(resolve));
}

/** The events of a stream, one at a time; null at its end. */
async function openEvents(address: string, headers: Record<string, string>) {
  const leaving = new AbortController();
  const response = await fetch(address, {
    headers: { accept: 'text/event-stream', ...headers },
    signal: leaving.signal,
  });
  expect([response.status, response.headers.get('content-type')]).toEqual([
    200,
    'text/event-stream; charset=utf-8',
  ]);
  const chunks = (response.body ?? new ReadableStream<Uint8Array>())
    .pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>)
    .getReader();
  let text = '';
  const next = async (): Promise<{ id: string; data: unknown } | null> => {
    const end = text.indexOf('\n\n');
    if (end < 0) {
      const { done, value } = await chunks.read();
      if (done) return null;
      text += value;
      return next();
    }
    const event = text.slice(0, end);
    text = text.slice(end + 2);
    const [, id = '', data = ''] = /^id: (.*)\ndata: (.*)$/.exec(event) ?? [];
    return id === '' ? next() : { id, data: JSON.parse(data) as unknown };
  };
  return {
    next,
    leave: () => {
      leaving.abort();
    },
  };
}
