import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

import { afterEach, expect, it } from 'vitest';

import type { Database } from '../src/db/database.ts';
import { openPglite } from '../src/db/pglite.ts';
import { openPostgres } from '../src/db/postgres.ts';
import { openTestApi } from './api.ts';
import { endCommands, eventsOf, runCommand } from './commands.ts';
import { describeOnEachDatabase } from './databases.ts';
import type { Dump } from './dumps.ts';
import { dump, filmId, writeFiles } from './dumps.ts';
import {
  failureOf,
  manifestOf,
  openWorkshop,
  removeFoldersAfterEach,
  servedTables,
  temporaryFolder,
} from './workshops.ts';

removeFoldersAfterEach();
afterEach(endCommands);

const WHOLE = dump().films(60);

/** What fails a run: the files in place of the whole ones, and the error. */
const FATAL: Record<string, { files: () => Record<string, string | Buffer>; code: string }> = {
  'without a column': {
    files: () => ({ 'title.basics.tsv': WHOLE.basics.replaceAll(/\t[^\t\n]*\n/g, '\n') }),
    code: 'columns_missing',
  },
  'cut off within its gzip': {
    files: () => {
      const gzip = gzipSync(WHOLE.basics);
      return { 'title.basics.tsv.gz': gzip.subarray(0, gzip.length - 200) };
    },
    code: 'file_truncated',
  },
  'cut off between two blocks of its gzip': {
    files: () => ({ 'title.basics.tsv.gz': gzipSync(WHOLE.basics).subarray(0, -8) }),
    code: 'file_truncated',
  },
  'damaged within its gzip': {
    files: () => {
      const gzip = Buffer.from(gzipSync(WHOLE.basics));
      gzip.fill(0xff, 300, 340);
      return { 'title.basics.tsv.gz': gzip };
    },
    code: 'file_corrupt',
  },
  'without a byte': { files: () => ({ 'title.basics.tsv': '' }), code: 'file_empty' },
  'with a header alone': {
    files: () => ({ 'title.basics.tsv': `${WHOLE.basics.split('\n')[0] ?? ''}\n` }),
    code: 'file_empty',
  },
  'that is not there': { files: () => ({ 'title.ratings.tsv': WHOLE.ratings }), code: 'file_missing' },
  'in which most rows are short': {
    files: () => ({ 'title.basics.tsv': WHOLE.basics.replaceAll(/\tmovie\t/g, '\n') }),
    code: 'rejects_too_many',
  },
};

/** WHOLE's title.basics with a fault in each of six records. */
function faultyBasics(): Buffer {
  const lines = WHOLE.basics.split('\n');
  const change = (number: number, by: (line: string) => string) => {
    lines[number] = by(lines[number] ?? '');
  };
  change(3, () => 'tt1000003\tmovie');
  change(4, (line) => `${line}\tmore`);
  change(5, (line) => line.replace('Film', 'Fi\0lm'));
  change(6, (line) => line.replace('Film', 'Fi@lm'));
  change(7, (line) => line.replace('\t1927\t', '\tabcd\t'));
  change(8, () => lines[1] ?? '');
  const bytes = Buffer.from(lines.join('\n'));
  // No UTF-8 has this byte.
  bytes[bytes.indexOf('@')] = 0xff;
  return bytes;
}

describeOnEachDatabase('a dump', (open) => {
  it.each(Object.entries(FATAL))('%s fails its run, and what is served stays', async (_, { files, code }) => {
    const { db, sync } = await openWorkshop((await open()).db);
    await sync(WHOLE);
    const before = await served(db);
    const result = await sync(writeFiles(temporaryFolder(), files()));
    expect(failureOf(result)).toBe(code);
    expect(result.published).toBeNull();
    expect(await served(db)).toEqual(before);
  });

  it('with faults in some records loses those alone, counted by reason', async () => {
    const { db, sync } = await openWorkshop((await open()).db);
    const files = { 'title.basics.tsv': faultyBasics(), 'title.ratings.tsv': WHOLE.ratings };
    const [titles] = manifestOf(await sync(writeFiles(temporaryFolder(), files))).files;
    expect(titles).toMatchObject({
      read: 60,
      claimed: 54,
      outside: 0,
      rejected: 6,
      reasons: {
        row_short: 1,
        row_long: 1,
        nul_byte: 1,
        encoding_invalid: 1,
        number_invalid: 1,
        duplicate_key: 1,
      },
    });
    const served = (await servedTables(db)).title.map(({ imdb_id }) => imdb_id);
    expect(served.sort()).toEqual(WHOLE.ids.filter((_, at) => at < 2 || at > 7));
  });

  it('whose lines end in CR LF says the same', async () => {
    const { db, sync } = await openWorkshop((await open()).db);
    await sync(WHOLE);
    const before = await servedTables(db);
    const crlf = (text: string) => text.replaceAll('\n', '\r\n');
    const files = { 'title.basics.tsv': crlf(WHOLE.basics), 'title.ratings.tsv': crlf(WHOLE.ratings) };
    const manifest = manifestOf(await sync(writeFiles(temporaryFolder(), files)));
    expect(manifest.files.map(({ rejected }) => rejected)).toEqual([0, 0]);
    expect(await servedTables(db)).toEqual(before);
  });
});

describeOnEachDatabase('the command sync', (open) => {
  /** An installation that serves WHOLE, and how to look at what it serves while no process holds it. */
  async function installation() {
    const { url } = await open();
    const folder = temporaryFolder();
    const environment = { FILMBASE_DATA: folder, ...(url === null ? {} : { DATABASE_URL: url }) };
    const sync = async (from: Dump | string, ...more: string[]) => {
      const place = typeof from === 'string' ? from : from.write(temporaryFolder());
      return runCommand(['sync', 'imdb', '--from', place, '--log', 'json', ...more], environment);
    };
    const look = async () => {
      if (url !== null) return served(openPostgres({ url }));
      return served(openPglite({ folder: join(folder, 'database') }));
    };
    expect(await sync(WHOLE)).toMatchObject({ exit: 0 });
    return { sync, look };
  }

  it.each(['cut off within its gzip', 'without a byte'])('exits with 1 for a dump %s', async (name) => {
    const { sync, look } = await installation();
    const before = await look();
    const { files, code } = FATAL[name] ?? { files: () => ({}), code: '' };
    const outcome = await sync(writeFiles(temporaryFolder(), files()));
    expect(outcome.exit).toBe(1);
    expect(eventsOf(outcome)).toContainEqual(
      expect.objectContaining({
        event: 'run',
        state: 'failed',
        error: expect.objectContaining({ code }) as object,
      }),
    );
    expect(await look()).toEqual(before);
  });

  it('exits with 1 for a dump that lost 90 % of its titles, until it is told to publish it', async () => {
    const { sync, look } = await installation();
    const before = await look();
    const tenth = WHOLE.without(...WHOLE.ids.slice(6));
    const refused = await sync(tenth);
    expect(refused.exit).toBe(1);
    expect(eventsOf(refused).at(-1)).toMatchObject({ event: 'error', code: 'shrink_refused' });
    expect(await look()).toEqual(before);
    expect((await sync(tenth, '--allow-shrink')).exit).toBe(0);
    expect((await look()).tables.title.map(({ imdb_id }) => imdb_id).sort()).toEqual(
      Array.from({ length: 6 }, (_, at) => filmId(at + 1)),
    );
  });
});

/** The served tables, and the bytes of the first page. */
async function served(opening: Database | Promise<Database>) {
  const db = await opening;
  const api = await openTestApi(db);
  const page = (await api.inject('/movies?limit=100&sort=-rating,title')).body;
  await api.close();
  const tables = await servedTables(db);
  if (opening instanceof Promise) await db.close();
  return { page, tables };
}
