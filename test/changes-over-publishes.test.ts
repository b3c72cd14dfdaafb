import sql from 'sql-template-tag';
import { expect, it } from 'vitest';

import { listChanges, type ListedChange } from '../src/catalogue/queries/list-changes.ts';
import type { Database } from '../src/db/database.ts';
import type { ImdbId } from '../src/model/title-key.ts';
import { openTestApi } from './api.ts';
import { readFeed, saidBy } from './change-feed.ts';
import { describeOnEachDatabase } from './databases.ts';
import { dump, filmId } from './dumps.ts';
import type { Dump } from './dumps.ts';
import { Gate } from './gate.ts';
import { changesBetween, servedDocuments } from './served-documents.ts';
import { openWorkshop, removeFoldersAfterEach } from './workshops.ts';

removeFoldersAfterEach();

const FILMS = 200;
const WRITERS = 50;
const ENTRIES = 500;

/** Films that are entered at each moment at which a sync looks at its clock. */
const AT_ONCE = 25;

/** All films in the words of a day, of which one of `every` differs from the day before. */
function dumpOf(day: number, every = 1): Dump {
  return dump().films(FILMS, (place) =>
    place % every === 0 ? { rating: 9, votes: 1_000 * day } : { rating: 8.1, votes: 100 },
  );
}

describeOnEachDatabase('the feed while a catalogue is swapped in', (open) => {
  it('gives whoever follows it every change of 50 writers and of the publish once, in order', async () => {
    const { db } = await open();
    const gate = new Gate();
    const workshop = await openWorkshop(db, { world: { clock: gate.clockLetting(AT_ONCE) } });
    await workshop.sync(dumpOf(1));
    const follower = follow(db);
    const entered: string[] = [];
    let next = 0;
    const write = async () => {
      while (next < ENTRIES) {
        const number = (next += 1);
        await gate.pass();
        entered.push(await workshop.enter({ title: `Entered ${number}`, genres: ['Drama'] }));
      }
    };
    const publish = async () => {
      const { published } = await workshop.sync(dumpOf(2));
      gate.let(ENTRIES);
      return published?.way;
    };
    const [way] = await Promise.all([publish(), ...Array.from({ length: WRITERS }, write)]);
    const followed = await follower.end();

    expect(way).toBe('swap');
    expect(followed.map(({ seq }) => seq)).toEqual(
      Array.from({ length: 1 + ENTRIES + FILMS }, (_, at) => at + 1),
    );
    const times = followed.map(({ at }) => at);
    expect(times).toEqual(times.toSorted());
    const ofKind = (kind: string) =>
      followed.filter((change) => change.kind === kind).map(({ titleId }) => titleId);
    expect(ofKind('created').sort()).toEqual(entered.sort());
    expect(new Set(ofKind('updated')).size).toBe(FILMS);
  }, 300_000);
});

describeOnEachDatabase('the feed of a publish', (open) => {
  it('tells nothing of one that broke off, and leaves nothing of it behind', async () => {
    const { db } = await open();
    const api = await openTestApi(db);
    let breaks = false;
    const progress = ({ label }: { label: string }) => {
      if (breaks && label === 'changes') throw new Error('The machine stopped.');
    };
    const workshop = await openWorkshop(db, { world: { progress } });
    await workshop.sync(dumpOf(1));
    breaks = true;
    await expect(workshop.sync(dumpOf(2))).rejects.toThrow('The machine stopped.');
    expect(await unseen(db)).toMatchObject({ blocks: 1 });
    expect((await readFeed(api, 0)).map(({ kind }) => kind)).toEqual(['snapshot']);
    breaks = false;
    await workshop.sync(dumpOf(2));
    expect((await readFeed(api, 1)).length).toBe(FILMS);
    expect(await unseen(db)).toEqual({ blocks: 0, changes: 0 });
    await api.close();
  }, 120_000);

  it('is of what people see in the end, where they write between its preparation and its commit', async () => {
    const { db } = await open();
    const api = await openTestApi(db);
    // A transaction that is asked for once the changes stand ready is the last.
    let between: (() => Promise<unknown>) | null = null;
    let isReady = false;
    const interrupted: Database = {
      ...db,
      transaction: async (work) => {
        const write = isReady ? between : null;
        if (write !== null) between = null;
        await write?.();
        return db.transaction(work);
      },
    };
    const progress = ({ label, done, total }: { label: string; done: number; total: number | null }) => {
      isReady ||= label === 'changes' && done === total;
    };
    const workshop = await openWorkshop(interrupted, { world: { progress } });
    await workshop.sync(dumpOf(1));
    const before = await servedDocuments(api);
    const imdbId = 'tt0000900' as ImdbId;
    const byHand = await openWorkshop(db);
    between = () => byHand.enter({ title: 'Entered', imdbId });
    await workshop.sync(dumpOf(2).title(imdbId, { title: 'Brought', rating: 7, votes: 9 }));

    const [, first, ...others] = await readFeed(api, 0);
    expect(first).toMatchObject({ kind: 'created', by: 'person', seq: 2 });
    const entered = new Map(before).set(first?.titleId ?? '', {});
    const after = await servedDocuments(api);
    const expected = changesBetween(entered, after, () => false);
    const kinds = (changes: readonly (readonly unknown[])[]) => changes.map(([id, kind]) => [id, kind]);
    expect(kinds(saidBy(others))).toEqual(kinds(expected));
    expect(others.map(({ seq }) => seq)).toEqual(others.map((_, at) => at + 3));
    await api.close();
  }, 120_000);

  it('of a refresh that moves few ratings grows the database by these alone, and gives them two points', async () => {
    const { db } = await open();
    const api = await openTestApi(db);
    const workshop = await openWorkshop(db);
    await workshop.sync(dumpOf(1, 50));
    await workshop.sync(dumpOf(2, 50));
    const changed = Array.from({ length: FILMS }, (_, at) => filmId(at + 1)).filter(
      (_, at) => (at + 1) % 50 === 0,
    );
    const feed = await readFeed(api, 1);
    const rows = await db.query<{ changes: number }>(sql`select count(*) as changes from change`);
    expect(rows).toEqual([{ changes: 1 + feed.length }]);
    for (const id of dumpOf(1).ids) {
      const answer = await api.inject(`/movies/${id}/ratings/history.csv`);
      const points = answer.body.split('\r\n').filter((line) => line.startsWith('imdb,')).length;
      expect([id, points]).toEqual([id, changed.includes(id) ? 2 : 1]);
    }
    expect(feed.map(({ titleKey }) => titleKey).sort()).toEqual(changed.map((id) => `imdb:${id}`));
    expect(new Set(feed.flatMap(({ fields }) => fields ?? []))).toEqual(
      new Set(['ratings', 'votes', 'weightedRating']),
    );
    await api.close();
  }, 120_000);

  it('is forgotten from its oldest end once it is older than the settings keep, the served version excepted', async () => {
    const { db } = await open();
    const api = await openTestApi(db);
    const later = { now: () => new Date('2999-01-01T00:00:00Z') };
    const workshop = await openWorkshop(db);
    await workshop.sync(dumpOf(1));
    await workshop.enter({ title: 'Entered' });
    const forgetful = await openWorkshop(db, { lake: workshop.lake, world: { changeDays: 1, ...later } });
    await forgetful.sync(dumpOf(2));
    await workshop.enter({ title: 'Entered later' });
    expect(await unseen(db)).toEqual({ blocks: 0, changes: 0 });
    const gone = await api.inject('/changes');
    expect([gone.statusCode, gone.json()]).toMatchObject([
      410,
      { type: '/problems/changes_gone', oldest: 2 },
    ]);
    expect((await readFeed(api, 2)).length).toBe(FILMS + 1);
    const before = await api.inject(`/movies/${filmId(1)}?as_of=2000-01-01`);
    expect([before.statusCode, before.json()]).toMatchObject([410, { type: '/problems/changes_gone' }]);
    const { data } = (await api.inject(`/movies/${filmId(1)}/history`)).json<{ data: unknown[] }>();
    expect(data.length).toBe(1);
    await api.close();
  }, 120_000);
});

/** What nobody sees: blocks without a number, and changes in none. */
async function unseen(db: Database): Promise<unknown> {
  const [row] = await db.query(sql`
    select
      (select count(*) from change_block where first_seq is null) as blocks,
      (
        select count(*)
        from change as c
        where not exists (select from change_block as b where b.block = c.block and b.first_seq is not null)
      ) as changes`);
  return row;
}

/** Reads the feed on from its begin, over and over, as whoever follows it would. */
function follow(db: Database): { end: () => Promise<ListedChange[]> } {
  const read: ListedChange[] = [];
  const state = { ended: false, since: 0 };
  const readOn = async () => {
    const { changes, next } = await listChanges(db, { since: state.since, kinds: [], limit: 100 });
    read.push(...changes);
    const isMore = next > state.since;
    state.since = next;
    return isMore;
  };
  const following = (async () => {
    while (!state.ended) await readOn();
    while (await readOn());
  })();
  return {
    end: async () => {
      state.ended = true;
      await following;
      return read;
    },
  };
}
