import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import sql from 'sql-template-tag';
import { expect, it } from 'vitest';

import type { Database } from '../src/db/database.ts';
import { openPostgres } from '../src/db/postgres.ts';
import type { Comment } from '../src/model/comment.ts';
import { anyKey, openTestApi } from './api.ts';
import { describeOnEachDatabase } from './databases.ts';
import { dump, filmId } from './dumps.ts';
import { Gate } from './gate.ts';
import { openWorkshop, removeFoldersAfterEach } from './workshops.ts';

removeFoldersAfterEach();

const FILMS = 40;

/** For so many there is a comment over which they come into each other's way. */
const WRITERS_PER_COMMENT = 10;

const WRITERS = { postgres: 1_000, pglite: 50 };

/** As in `serve`. */
const STATEMENT_TIMEOUT_MS = 10_000;

const HEADERS = { authorization: 'Bearer k' };

/** A write that was acknowledged. */
interface Acknowledged {
  readonly did: 'write' | 'change' | 'delete';
  readonly id: string;
  /** Null of a deletion. */
  readonly comment: Comment | null;
}

interface Account {
  /** The ids of the comments that are there before. */
  readonly disputed: string[];
  readonly acknowledged: Acknowledged[];
  /** How often each status was answered. */
  readonly statuses: Map<number, number>;
}

describeOnEachDatabase('writers of comments, all at once and during a sync of everything', (open) => {
  it('lose no update, meet no fault, and are all accounted for', async () => {
    const { db, url } = await open();
    const gate = new Gate();
    const writers = WRITERS[db.engine];
    // Half write at once, the others as the sync goes on: at each look at its clock some more.
    const clock = () => {
      gate.let(Math.ceil(writers / 20));
      return performance.now();
    };
    const { sync } = await openWorkshop(db, { world: { clock } });
    await sync(dump().films(FILMS));
    const served = url === null ? db : await openPostgres({ url, statementTimeoutMs: STATEMENT_TIMEOUT_MS });
    const api = await openTestApi(served, anyKey('admin'));
    const account: Account = { disputed: [], acknowledged: [], statuses: new Map() };
    const disputed = writers / WRITERS_PER_COMMENT;
    for (let at = 0; at < disputed; at += 1) await writeOne(api, account, at);
    account.disputed.push(...account.acknowledged.map(({ id }) => id));

    const publish = async () => {
      const { published } = await sync(dump().films(FILMS, (film) => ({ title: `Film ${film}, changed` })));
      const before = account.acknowledged.length;
      gate.let(writers);
      return { way: published?.way, before };
    };
    const [{ way, before }] = await Promise.all([
      publish(),
      ...Array.from({ length: writers }, async (_, writer) => {
        if (writer % 2 === 1) await gate.pass();
        await writeSomething(api, account, writer);
      }),
    ]);
    expect(way).toBe('swap');
    expect(before).toBeGreaterThan(disputed);
    expect(total(account.statuses)).toBe(writers + disputed);
    expect(
      [...account.statuses.keys()].filter((status) => ![200, 201, 204, 404, 412].includes(status)),
    ).toEqual([]);
    for (const status of [200, 201, 204, 404, 412])
      expect([status, account.statuses.get(status)]).not.toEqual([status, undefined]);
    await expectAccounted(db, api, account);
    if (served !== db) await served.close();
  }, 180_000);
});

/** One write of a sort, and about a comment, that hang on the writer's number alone. */
async function writeSomething(api: FastifyInstance, account: Account, writer: number): Promise<void> {
  const { disputed } = account;
  const sort = writer % 10;
  const id = disputed[(7 * writer + 3 * Math.floor(writer / 10)) % disputed.length] ?? '';
  if (sort < 3) await writeOne(api, account, writer);
  else if (sort < 6) await changeOne(api, account, id, writer, await etagOf(api, id));
  else if (sort < 9) await changeOne(api, account, id, writer, undefined);
  else await deleteOne(api, account, id, writer % 20 === 9 ? await etagOf(api, id) : undefined);
}

async function etagOf(api: FastifyInstance, id: string): Promise<string> {
  const { etag } = (await api.inject(`/comments/${id}`)).headers;
  return typeof etag === 'string' ? etag : '"0.gone"';
}

async function writeOne(api: FastifyInstance, account: Account, writer: number): Promise<void> {
  const url = `/movies/${filmId(1 + (writer % FILMS))}/comments`;
  const payload = { author: `Writer ${writer}`, text: `Written by ${writer}` };
  const answer = note(account, await api.inject({ method: 'POST', url, headers: HEADERS, payload }));
  if (answer.statusCode !== 201) return;
  const comment = answer.json<Comment>();
  account.acknowledged.push({ did: 'write', id: comment.id, comment });
}

async function changeOne(
  api: FastifyInstance,
  account: Account,
  id: string,
  writer: number,
  etag: string | undefined,
): Promise<void> {
  const headers = { ...HEADERS, ...(etag === undefined ? {} : { 'if-match': etag }) };
  const payload = { text: `Changed by ${writer}` };
  const answer = note(
    account,
    await api.inject({ method: 'PATCH', url: `/comments/${id}`, headers, payload }),
  );
  if (answer.statusCode === 200) account.acknowledged.push({ did: 'change', id, comment: answer.json() });
}

async function deleteOne(
  api: FastifyInstance,
  account: Account,
  id: string,
  etag: string | undefined,
): Promise<void> {
  const headers = { ...HEADERS, ...(etag === undefined ? {} : { 'if-match': etag }) };
  const answer = note(account, await api.inject({ method: 'DELETE', url: `/comments/${id}`, headers }));
  if (answer.statusCode === 204) account.acknowledged.push({ did: 'delete', id, comment: null });
}

function note({ statuses }: Account, answer: LightMyRequestResponse): LightMyRequestResponse {
  statuses.set(answer.statusCode, (statuses.get(answer.statusCode) ?? 0) + 1);
  return answer;
}

function total(counts: ReadonlyMap<number, number>): number {
  return [...counts.values()].reduce((sum, count) => sum + count, 0);
}

/** What is there is what was acknowledged, and nothing else. */
async function expectAccounted(db: Database, api: FastifyInstance, { acknowledged }: Account): Promise<void> {
  const ids = [...new Set(acknowledged.map(({ id }) => id))].sort();
  const expected = ids.map((id) => expectedOf(acknowledged.filter((one) => one.id === id)));
  const found = await Promise.all(
    ids.map(async (id) => {
      const answer = await api.inject(`/comments/${id}`);
      const { text, revision } = answer.json<Partial<Comment>>();
      return { id, status: answer.statusCode, text, revision };
    }),
  );
  expect(found).toEqual(expected);
  const comments = await db.query<{ id: string }>(sql`select id from comment order by id`);
  const left = expected.filter(({ status }) => status === 200);
  expect(comments.map(({ id }) => id)).toEqual(left.map(({ id }) => id));
  const entries = await db.query<{ did: string; entries: number }>(sql`
    select replace(action, '_comment', '') as did, count(*) as entries from journal group by action order by 1`);
  const counts = ['change', 'delete', 'write'].map((did) => ({
    did,
    entries: acknowledged.filter((one) => one.did === did).length,
  }));
  expect(entries).toEqual(counts);
}

/** Where a comment must be, after all that was acknowledged about it. */
function expectedOf(about: readonly Acknowledged[]) {
  const [id = ''] = about.map((one) => one.id);
  const written = about.flatMap(({ comment }) => comment ?? []).sort((a, b) => a.revision - b.revision);
  // Each revision was acknowledged to one writer.
  expect(written.map(({ revision }) => revision)).toEqual(written.map((_, at) => at + 1));
  const deletions = about.filter(({ did }) => did === 'delete').length;
  expect(deletions).toBeLessThanOrEqual(1);
  const last = written.at(-1);
  return deletions === 1
    ? { id, status: 404, text: undefined, revision: undefined }
    : { id, status: 200, text: last?.text, revision: last?.revision };
}
