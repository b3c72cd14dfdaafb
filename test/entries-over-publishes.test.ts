import sql from 'sql-template-tag';
import { expect, it } from 'vitest';

import type { Database } from '../src/db/database.ts';
import type { FilmEntry } from '../src/model/film-entry.ts';
import type { ImdbId } from '../src/model/title-key.ts';
import { describeOnEachDatabase } from './databases.ts';
import type { Dump } from './dumps.ts';
import { dump, filmId } from './dumps.ts';
import { Gate } from './gate.ts';
import { indexFaults } from './index-faults.ts';
import { openWorkshop, removeFoldersAfterEach, servedTables } from './workshops.ts';
import type { Workshop } from './workshops.ts';

removeFoldersAfterEach();

const ENTRIES = 1_000;

/** The publishes over which they are spread: by rows and by swap in turns. */
const PUBLISHES = 6;

/** Films entered at each moment at which a sync looks at its clock, which it does when a phase begins or ends. */
const AT_ONCE = 5;

const WRITERS = 3;

/** So many that those entered between two publishes are a small change. */
const FILMS = 6_000;

const GENRES = ['Drama', 'war', 'Été', 'Own one', 'MUSICAL'];

/** Odd dumps change every film, even ones a few. */
function dumpOf(step: number): Dump {
  const words = step % 2 === 1 ? step : step - 1;
  const films = dump().films(FILMS, (place) => ({ title: `Film ${place} v${words}` }));
  return step % 2 === 1 ? films : films.title(filmId(1), { title: `Film 1 v${step}` });
}

function entry(number: number): Partial<FilmEntry> {
  return {
    title: `Entered ${number}`,
    year: 1990 + (number % 30),
    genres: GENRES.filter((_, at) => (number + at) % 3 === 0),
    imdbId: number % 4 === 0 ? (`tt${9_000_000 + number}` as ImdbId) : null,
  };
}

describeOnEachDatabase('a thousand films entered over publishes', (open) => {
  it('are each served once, with their genres, found and counted, and numbered in the order of their commits', async () => {
    const { db } = await open();
    const gate = new Gate();
    const workshop = await openWorkshop(db, { world: { clock: gate.clockLetting(AT_ONCE) } });
    await workshop.sync(dumpOf(1));
    const follower = followJournal(db);
    const { entered, ways } = await enterOverPublishes(workshop, gate);
    const followed = await follower.end();
    expect(ways).toEqual(['rows', 'swap', 'rows', 'swap', 'rows', 'swap']);
    expect(followed).toEqual(Array.from({ length: ENTRIES }, (_, at) => at + 1));
    expect(await enteredFilms(db)).toEqual(expectedFilms(entered));
    expect(await indexFaults(db)).toEqual([]);

    await workshop.sync(dumpOf(1));
    expect(await enteredFilms(db)).toEqual(expectedFilms(entered));
    expect(await indexFaults(db)).toEqual([]);

    const rebuilt = await openWorkshop((await open()).db, { lake: workshop.lake });
    await rebuilt.sync(dumpOf(1));
    expect(await enteredFilms(rebuilt.db)).toEqual(expectedFilms(entered));
    expect(await servedTables(rebuilt.db)).toEqual(await servedTables(db));
  }, 180_000);
});

/** Enters films while dumps are published; gives them by id, and how each dump was published. */
async function enterOverPublishes({ enter, sync }: Workshop, gate: Gate) {
  const entered = new Map<string, number>();
  const ways: (string | undefined)[] = [];
  let next = 0;
  const write = async () => {
    while (next < ENTRIES) {
      const number = (next += 1);
      await gate.pass();
      entered.set(await enter(entry(number)), number);
    }
  };
  const publishAll = async () => {
    for (let step = 2; step < 2 + PUBLISHES; step += 1) ways.push((await sync(dumpOf(step))).published?.way);
    gate.let(ENTRIES);
  };
  await Promise.all([publishAll(), ...Array.from({ length: WRITERS }, write)]);
  return { entered, ways };
}

/** Reads the journal on from where it is, over and over, as whoever follows it would. */
function followJournal(db: Database): { end: () => Promise<number[]> } {
  const read: number[] = [];
  const state = { ended: false };
  const readOn = async () => {
    const rows = await db.query<{ seq: number }>(
      sql`select seq from journal where seq > ${read.at(-1) ?? 0} order by seq`,
    );
    read.push(...rows.map(({ seq }) => seq));
  };
  const following = (async () => {
    while (!state.ended) await readOn();
    await readOn();
  })();
  return {
    end: async () => {
      state.ended = true;
      await following;
      return read;
    },
  };
}

interface EnteredFilm {
  readonly id: string;
  readonly title: string;
  readonly genres: readonly string[];
}

/** The entered films as they are served, with the genres under which they are listed. */
async function enteredFilms(db: Database): Promise<EnteredFilm[]> {
  return db.query<EnteredFilm>(sql`
    select
      t.id,
      t.title,
      array(
        select lower(g.name)
        from title_genre as tg
        join genre as g on g.id = tg.genre_id
        where tg.title_id = t.id
        order by 1
      ) as genres
    from title as t
    where t.title like 'Entered %'
    order by t.id`);
}

function expectedFilms(entered: ReadonlyMap<string, number>): EnteredFilm[] {
  return [...entered]
    .map(([id, number]) => {
      const { title = '', genres = [] } = entry(number);
      return {
        id,
        title,
        genres: genres.map((name) => name.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase())).sort(),
      };
    })
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}
