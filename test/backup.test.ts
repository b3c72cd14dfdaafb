import sql, { raw } from 'sql-template-tag';
import { expect, it } from 'vitest';

import { checkBackup } from '../src/catalogue/backup/backup-file.ts';
import { isEmpty, restoreBackup } from '../src/catalogue/backup/restore-backup.ts';
import { LASTING_TABLES, PUBLISHED_TABLES } from '../src/catalogue/backup/table-places.ts';
import { listChanges } from '../src/catalogue/queries/list-changes.ts';
import type { ListedChange } from '../src/catalogue/queries/list-changes.ts';
import type { Database } from '../src/db/database.ts';
import { titleId } from '../src/model/title-key.ts';
import type { ImdbId } from '../src/model/title-key.ts';
import { serveRestored } from '../src/sync/serve-restored.ts';
import { publishNews } from '../src/sync/sync.ts';
import { anyKey, ID_SALT, openTestApi } from './api.ts';
import { backUp, backupFile } from './backups.ts';
import { describeOnEachDatabase, describeOnPglite, describeOnPostgres } from './databases.ts';
import type { TestDatabase } from './databases.ts';
import { dump, filmId } from './dumps.ts';
import { indexFaults } from './index-faults.ts';
import { openWorkshop, removeFoldersAfterEach } from './workshops.ts';
import type { Workshop } from './workshops.ts';

removeFoldersAfterEach();

const DROPPED_KEY = 'ghibli:dropped';
const DROPPED_ID = titleId(ID_SALT, DROPPED_KEY);

const FILMS = dump().films(300);

/** A catalogue that has lived: films came, went and met, and people wrote before the last sync and after it. */
async function openLived({ db }: TestDatabase): Promise<Workshop> {
  const workshop = await openWorkshop(db);
  const { sync, enter, set } = workshop;
  await db.query(sql`insert into installation (id_salt) values (${ID_SALT})`);
  await sync(FILMS.title('tt0000042', { title: 'Twin', year: 1950, genres: ['War'] }));
  await enter({ title: 'TWIN!', year: 1950, genres: ['Own', 'été'] });
  await enter({ title: 'Ours', imdbId: 'tt0000008' as ImdbId, rating: 7.5 });
  await comment(db, filmId(1), 'Merged');
  await leadDroppedKey(db, filmId(3));
  await sync(FILMS.title('tt0000042', { title: 'Twin', year: 1950 }).without(filmId(5), filmId(6)));
  await set(titleId(ID_SALT, `imdb:${filmId(2)}`), { title: 'By hand', year: 1999, genres: ['Newest'] });
  await enter({ title: 'Since', genres: ['NEWEST', 'Drama'] });
  await comment(db, 'tt0000042', 'A line,\nanother "one" \u2028 and the last');
  return workshop;
}

async function comment(db: Database, film: string, text: string): Promise<void> {
  const api = await openTestApi(db, { ...anyKey('admin'), openComments: true });
  const payload = { author: 'Ann', text };
  const { statusCode } = await api.inject({ method: 'POST', url: `/movies/${film}/comments`, payload });
  await api.close();
  expect(statusCode).toBe(201);
}

/** A key that its source has dropped goes on leading to the film, which no version says. */
async function leadDroppedKey(db: Database, film: string): Promise<void> {
  await db.query(sql`
    insert into title_alias (alias_id, key, title_id)
    values (${DROPPED_ID}, ${DROPPED_KEY}, ${titleId(ID_SALT, `imdb:${film}`)})`);
}

/** The rows of the tables as text, ordered. */
async function contentOf(db: Database, tables: readonly string[]): Promise<Record<string, string>> {
  const content: Record<string, string> = {};
  for (const table of tables) {
    const rows = await db.query<{ line: string }>(
      sql`select t::text as line from ${raw(table)} as t order by t::text collate "C"`,
    );
    content[table] = rows.map(({ line }) => line).join('\n');
  }
  return content;
}

async function stateOf(db: Database) {
  const [state] = await db.query<{ state: object; version: number; journal_seq: number; change_seq: number }>(
    sql`select to_jsonb(s) - 'change_seq' as state, version, journal_seq, change_seq from catalogue_state as s`,
  );
  if (state === undefined) throw new Error('There is no state.');
  return state;
}

/** What the feed tells after `since`, in order, to its end. */
async function feedAfter(db: Database, since: number) {
  const told: ListedChange[] = [];
  for (let from = since; ;) {
    const { changes, next } = await listChanges(db, { since: from, kinds: [], limit: 1_000 });
    told.push(...changes);
    if (next === from) break;
    from = next;
  }
  return told.map(({ seq, kind, titleKey, comment, by, version }) => ({
    ...{ seq, kind, titleKey, by, version },
    did: comment?.change,
  }));
}

/** The tables in which the feed is: a restore adds its snapshot to them, and numbers what comes after it anew. */
const FEED_TABLES = ['change', 'change_block', 'catalogue_version'];

/** What the feed holds, in its order, without its numbers and the snapshots of restores. */
async function feedOf(db: Database) {
  const isTold = sql`(c.kind <> 'snapshot' or b.version is not null)`;
  return {
    changes: await db.query(sql`
      select to_jsonb(c) as change, to_jsonb(b) - 'first_seq' as block
      from change as c
      join change_block as b on b.block = c.block
      where ${isTold}
      order by b.first_seq, c.place`),
    versions: await db.query(
      sql`select to_jsonb(v) - 'follow_seq' as version from catalogue_version as v order by v.version`,
    ),
    /** The changes that whoever has the files of the served version is told. */
    followed: await db.query(sql`
      select c.kind, c.title_id
      from change as c
      join change_block as b on b.block = c.block
      where ${isTold}
        and b.first_seq > (
          select follow_seq from catalogue_version as v join catalogue_state as s on s.version = v.version
        )
      order by b.first_seq, c.place`),
  };
}

/** Brings the backup in `file` into `db`, and serves what the lake has. */
async function restore({ db }: TestDatabase, file: string, lake: Workshop['lake']): Promise<Workshop> {
  const { head } = await checkBackup(file);
  const rebuilt = await openWorkshop(db, { lake });
  await restoreBackup(db, file, head);
  await serveRestored(rebuilt.world, { versionId: head.state.version_id, waitMs: 0 });
  return rebuilt;
}

/** Brings a backup of `lived` into the database, expects it to be as that of `lived` but for the numbers of changes, and gives it. */
async function expectSame(lived: Workshop, database: TestDatabase): Promise<Workshop> {
  const { db } = database;
  const file = backupFile();
  await backUp(lived.db, file);
  await db.query(sql`insert into installation (id_salt) values (${ID_SALT})`);
  expect(await isEmpty(db)).toBe(true);
  const rebuilt = await restore(database, file, lived.lake);
  const tables = [...PUBLISHED_TABLES, ...LASTING_TABLES].filter((table) => !FEED_TABLES.includes(table));
  expect(await contentOf(db, tables)).toEqual(await contentOf(lived.db, tables));
  expect(await indexFaults(db)).toEqual([]);
  expect(await feedOf(db)).toEqual(await feedOf(lived.db));
  expect((await stateOf(db)).state).toEqual((await stateOf(lived.db)).state);
  expect(await isEmpty(db)).toBe(false);
  return rebuilt;
}

describeOnEachDatabase('a backup and the lake', (open) => {
  it('make the same database again, ids, comments, history and all, but for the snapshot of the restore; what is written next is numbered next', async () => {
    const lived = await openLived(await open());
    const rebuilt = await expectSame(lived, await open());
    const restored = await stateOf(rebuilt.db);
    for (const one of [lived, rebuilt]) {
      await one.enter({ title: 'Next', genres: ['A genre of its own'], imdbId: 'tt0000009' as ImdbId });
    }
    const { version, journal_seq } = await stateOf(lived.db);
    const change_seq = restored.change_seq + 1;
    expect(await stateOf(rebuilt.db)).toMatchObject({ version, journal_seq, change_seq });
    expect(await rebuilt.db.query(sql`select max(id) as id from genre`)).toEqual(
      await lived.db.query(sql`select max(id) as id from genre`),
    );
    expect((await rebuilt.sync(FILMS)).published?.version).toBe(version + 1);
    expect(
      await rebuilt.db.query(sql`select title_id, led_to from title_alias where alias_id = ${DROPPED_ID}`),
    ).toEqual([
      { title_id: titleId(ID_SALT, `imdb:${filmId(3)}`), led_to: titleId(ID_SALT, `imdb:${filmId(3)}`) },
    ]);
    const told = (await feedAfter(rebuilt.db, change_seq)).map(({ kind, titleKey }) => [kind, titleKey]);
    expect(told.sort()).toEqual([
      ['created', `imdb:${filmId(5)}`],
      ['created', `imdb:${filmId(6)}`],
      // It was taken for the twin that no source has any more.
      ['created', expect.stringMatching(/^local:/)],
      ['deleted', 'imdb:tt0000042'],
    ]);
  });

  it('have all who follow begin anew, however far they were, and again where it is restored again', async () => {
    const lived = await openLived(await open());
    const file = backupFile();
    await backUp(lived.db, file);
    for (const title of ['Ahead', 'Further ahead']) await lived.enter({ title });
    const { change_seq: ahead } = await stateOf(lived.db);

    const { db, enter } = await restore(await open(), file, lived.lake);
    for (const title of ['Another', 'And another', 'And one']) await enter({ title });
    const anew = (await feedAfter(db, ahead)).map(({ kind, version, by }) => ({ kind, version, by }));
    const byPerson = { version: null, by: 'person' };
    expect(anew).toEqual([
      { kind: 'snapshot', version: null, by: 'sync' },
      // What the version lacks comes behind the snapshot, as to those who take its files.
      ...['updated', 'created', 'commented', 'created', 'created', 'created'].map((kind) => ({
        kind,
        ...byPerson,
      })),
    ]);
    for (let since = 0; since < ahead; since += 1) {
      const told = await feedAfter(db, since);
      expect(told.slice(-anew.length)).toMatchObject(anew);
      const before = told.slice(0, -anew.length).map(({ seq }) => seq);
      expect(before).toEqual(before.map((_, at) => since + at + 1));
    }
    const { change_seq: last } = await stateOf(db);
    await expect(listChanges(db, { since: last + 1, kinds: [], limit: 1 })).rejects.toMatchObject({
      code: 'changes_gone',
    });
    const again = await restore(await open(), file, lived.lake);
    expect((await feedAfter(again.db, last)).map(({ kind }) => kind)).toEqual(
      anew.slice(0, 4).map(({ kind }) => kind),
    );
  });

  it('that has grown since tell in the feed what is served after that, and of what people wrote', async () => {
    const lived = await openLived(await open());
    const file = backupFile();
    await backUp(lived.db, file);
    await comment(lived.db, filmId(3), 'After the backup');
    await lived.enter({ title: 'After it, too', imdbId: 'tt0000011' as ImdbId });
    await lived.sync(FILMS.title('tt0000042', { title: 'Twin', year: 1950 }).without(filmId(6)));

    const rebuilt = await restore(await open(), file, lived.lake);
    const { db } = rebuilt;
    const { change_seq: since } = await stateOf(db);
    const own = await rebuilt.enter({ title: 'Of the restored' });
    await publishNews(rebuilt.world, 0);
    const told = await feedAfter(db, since);
    expect(told).toMatchObject([
      { seq: since + 1, kind: 'created', by: 'person' },
      { seq: since + 2, kind: 'commented', titleKey: `imdb:${filmId(3)}`, did: 'written', by: 'person' },
      { seq: since + 3, kind: 'created', by: 'sync' },
      { seq: since + 4, kind: 'created', by: 'sync' },
    ]);
    expect(
      told
        .slice(2)
        .map(({ titleKey }) => titleKey)
        .sort(),
    ).toEqual(['imdb:tt0000011', `imdb:${filmId(5)}`].sort());
    // What the feed told of an entry is of the same entry, though that is numbered after those of the lake now.
    expect(
      await db.query(sql`
        select c.title_id, j.document ->> 'title' as title
        from change as c
        join change_block as b on b.block = c.block
        join journal as j on j.seq = b.journal_seq
        where b.first_seq = ${since + 1}`),
    ).toEqual([{ title_id: own, title: 'Of the restored' }]);
    const comments = ['comment'];
    expect(await contentOf(db, comments)).toEqual(await contentOf(lived.db, comments));
  });

  it('serve what sources say now where the lake has lost the version', async () => {
    const lived = await openLived(await open());
    const file = backupFile();
    await backUp(lived.db, file);
    const { head } = await checkBackup(file);
    const { db } = await open();
    await restoreBackup(db, file, head);
    const rebuilt = await openWorkshop(db, { lake: lived.lake });
    const { change_seq: before } = await stateOf(db);
    const published = await serveRestored(rebuilt.world, { versionId: 'another', waitMs: 0 });
    expect(published?.version).toBe(head.state.version + 1);
    expect(await feedAfter(db, before)).toMatchObject([{ kind: 'snapshot' }]);
    const tables = ['title', 'title_alias', 'title_gone', 'comment', 'overruled'];
    expect(await contentOf(db, tables)).toEqual(await contentOf(lived.db, tables));
  });
});

describeOnPostgres('a backup', (openPostgres) => {
  describeOnPglite('of the embedded database', (openPglite) => {
    it('is brought to a server, and one of a server into the embedded database', async () => {
      const onServer = await expectSame(await openLived(await openPglite()), await openPostgres());
      await expectSame(onServer, await openPglite());
    });
  });

  it('is of one moment, whatever is written meanwhile', async () => {
    const { db, enter } = await openWorkshop((await openPostgres()).db);
    const state = { ended: false };
    const writing = (async () => {
      while (!state.ended) await enter({ title: 'Meanwhile' });
    })();
    try {
      for (let round = 0; round < 5; round += 1) {
        const file = backupFile();
        await backUp(db, file);
        const { head, end } = await checkBackup(file);
        expect(end.rows.journal ?? 0).toBe(Number(head.state.journal_seq));
      }
    } finally {
      state.ended = true;
      await writing;
    }
  });
});
