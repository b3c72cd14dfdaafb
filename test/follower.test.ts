import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { FastifyInstance } from 'fastify';
import { afterEach, expect, it } from 'vitest';

import { catchUp, type Copy } from '../examples/follower/follower.ts';
import type { Database } from '../src/db/database.ts';
import { openPglite } from '../src/db/pglite.ts';
import { openPostgres } from '../src/db/postgres.ts';
import { openTestApi } from './api.ts';
import { databaseTime } from './change-feed.ts';
import { describeOnEachDatabase } from './databases.ts';
import type { TestDatabase } from './databases.ts';
import { dump, filmId } from './dumps.ts';
import { openWorkshop, removeFoldersAfterEach, temporaryFolder } from './workshops.ts';
import type { Workshop } from './workshops.ts';

removeFoldersAfterEach();

const ROUNDS = 100;

/** Of each so many rounds, what was answered is held against what is said of it in the end. */
const RECORDED_EVERY = 10;

const FILMS = 30;

const SERIES = 'tt0000900';
const EPISODE = 'tt0000901';

/** Films, and a series with its episode. */
const FIRST = dump()
  .films(FILMS)
  .title(SERIES, { kind: 'tvSeries', title: 'Harbour Lights' })
  .title(EPISODE, { kind: 'tvEpisode', title: 'Ebb' })
  .episode(EPISODE, SERIES, 1, 1);

const WITH_SERIES = {
  kinds: ['movie', 'tvSeries', 'tvEpisode'],
  files: ['title.basics', 'title.ratings', 'title.episode'],
};

/** What a round does, as often as it stands here among others. A sync takes as long as all the others together. */
const DEEDS = [
  'enter',
  'enter',
  'enter',
  'enter a film to be brought later',
  'set values by hand',
  'set values by hand',
  'withdraw values',
  'sync a few',
  'sync all',
  'restart the leader',
  'restart the follower',
  'restart the follower',
  'rest',
] as const;

/** The same numbers from 0 to below 1 each time: mulberry32, of Tommy Ettinger, in the public domain. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** An installation that is read over its API, and can be stopped and started. */
class Leader {
  readonly #place: TestDatabase;
  #db: Database;
  #api: FastifyInstance;
  #workshop: Workshop;
  #dump = FIRST;
  /** Films that a person entered, and that a source may bring. */
  readonly #wanted: string[] = [];
  #step = 0;

  private constructor(place: TestDatabase, api: FastifyInstance, workshop: Workshop) {
    this.#place = place;
    this.#db = place.db;
    this.#api = api;
    this.#workshop = workshop;
  }

  static async open(place: TestDatabase): Promise<Leader> {
    const workshop = await openWorkshop(place.db, { imdb: WITH_SERIES });
    const leader = new Leader(place, await openTestApi(place.db), workshop);
    await leader.#sync();
    return leader;
  }

  async restart(): Promise<void> {
    await this.close();
    const { folder, url } = this.#place;
    if (folder !== null) this.#db = await openPglite({ folder });
    else if (url !== null) this.#db = await openPostgres({ url });
    this.#api = await openTestApi(this.#db);
    this.#workshop = await openWorkshop(this.#db, { lake: this.#workshop.lake, imdb: WITH_SERIES });
  }

  async close(): Promise<void> {
    await this.#api.close();
    await this.#db.close();
  }

  async enter(isToBeBrought: boolean): Promise<void> {
    const title = `Entered ${(this.#step += 1)}`;
    await this.#workshop.enter({ title, year: 2000, genres: ['Drama'] });
    if (isToBeBrought) this.#wanted.push(title);
  }

  /** Sets what a random film is called and how it is rated, or withdraws both. */
  async setValues(random: () => number, isWithdrawn: boolean): Promise<void> {
    const { data } = (await this.#api.inject('/movies?limit=100&sort=title')).json<{
      data: { id: string }[];
    }>();
    const id = data[Math.floor(random() * data.length)]?.id ?? '';
    const step = (this.#step += 1);
    await this.#workshop.set(
      id,
      isWithdrawn ? { title: null, rating: null } : { title: `By hand ${step}`, rating: (step % 100) / 10 },
    );
  }

  /** Changes, drops and brings some films; what was entered to be brought becomes one with what is brought. */
  async syncFew(random: () => number): Promise<void> {
    const step = (this.#step += 1);
    const any = () => filmId(1 + Math.floor(random() * FILMS));
    this.#dump = this.#dump.without(any()).title(any(), { title: `Renamed ${step}`, rating: 5, votes: step });
    const brought = this.#wanted.shift();
    if (brought !== undefined) this.#dump = this.#dump.title(`tt${5_000_000 + step}`, { title: brought });
    await this.#sync();
  }

  async syncAll(): Promise<void> {
    const votes = (this.#step += 1);
    this.#dump = this.#dump
      .films(FILMS, () => ({ rating: 7, votes }))
      .title(EPISODE, { kind: 'tvEpisode', title: `Ebb ${votes}`, rating: 8, votes });
    await this.#sync();
  }

  readonly fetch = async (address: string): Promise<Response> => {
    const { pathname, search } = new URL(address);
    const { statusCode, body } = await this.#api.inject(pathname + search);
    return new Response(body, { status: statusCode });
  };

  /** Every film, series and episode as it is answered, by id; what hangs on the clock is left out. */
  async titles(): Promise<Copy> {
    const titles: Copy = {};
    for (const section of ['/movies', '/series', '/episodes'])
      for (let next: string | null = `${section}?limit=100`; next !== null;) {
        const page: { data: { id: string }[]; page: { next: string | null } } = (
          await this.#api.inject(next)
        ).json();
        for (const { id } of page.data) {
          titles[id] = (await this.#api.inject(`${section}/${id}`)).json<object>();
          Reflect.deleteProperty(titles[id] as object, 'freshness');
        }
        next = page.page.next;
      }
    return titles;
  }

  /** The clock by which changes are told. */
  time(): Promise<string> {
    return databaseTime(this.#db);
  }

  /** The titles with the ids of `served` as they were at a moment, each at the first address that had it then. */
  async titlesAsOf(moment: string, served: Copy): Promise<Copy> {
    const titles: Copy = {};
    for (const id of Object.keys(served)) {
      let answer = await this.#api.inject(`/movies/${id}?as_of=${moment}`);
      if (answer.statusCode === 308) answer = await this.#api.inject(String(answer.headers.location));
      titles[id] = answer.json();
    }
    return titles;
  }

  async #sync(): Promise<void> {
    const { published } = await this.#workshop.sync(this.#dump, { allowShrink: true });
    if (published === null) throw new Error('A sync published nothing.');
  }
}

describeOnEachDatabase('the follower', (open) => {
  const leaders: Leader[] = [];
  afterEach(async () => {
    await Promise.all(leaders.splice(0).map((leader) => leader.close()));
  });

  it('is equal to its leader after each of a hundred syncs, writes, merges, deletes and restarts of either, and its past stays as it was', async () => {
    const random = randomOf(6);
    const leader = await Leader.open(await open());
    leaders.push(leader);
    const file = join(temporaryFolder(), 'copy.json');
    const done = new Map<string, number>();
    const answered: { at: string; served: Copy }[] = [];
    for (let round = 1; round <= ROUNDS; round += 1) {
      const deed = DEEDS[Math.floor(random() * DEEDS.length)] ?? 'rest';
      done.set(deed, (done.get(deed) ?? 0) + 1);
      if (deed === 'enter') await leader.enter(false);
      if (deed === 'enter a film to be brought later') await leader.enter(true);
      if (deed === 'set values by hand') await leader.setValues(random, false);
      if (deed === 'withdraw values') await leader.setValues(random, true);
      if (deed === 'sync a few') await leader.syncFew(random);
      if (deed === 'sync all') await leader.syncAll();
      if (deed === 'restart the leader') await leader.restart();
      if (deed === 'restart the follower') {
        await leader.enter(true);
        await followUntilKilled(leader, file, Math.floor(random() * 5));
      }
      await catchUp(worldOf(leader, file, new AbortController().signal));
      const { titles } = JSON.parse(readFileSync(file, 'utf8')) as { titles: Copy };
      const served = await leader.titles();
      expect([round, deed, titles]).toEqual([round, deed, served]);
      if (round % RECORDED_EVERY === 0) answered.push({ at: await leader.time(), served });
    }
    for (const { at, served } of answered)
      expect([at, await leader.titlesAsOf(at, served)]).toEqual([at, served]);
    expect([...done.keys()].sort()).toEqual([...new Set<string>(DEEDS)].sort());
  }, 600_000);

  it('takes all films anew where the leader keeps what changed no longer', async () => {
    const place = await open();
    const leader = await Leader.open(place);
    leaders.push(leader);
    const file = join(temporaryFolder(), 'copy.json');
    await catchUp(worldOf(leader, file, new AbortController().signal));
    await leader.enter(false);
    await place.db.execute('delete from change; delete from change_block');
    await catchUp(worldOf(leader, file, new AbortController().signal));
    expect((JSON.parse(readFileSync(file, 'utf8')) as { titles: Copy }).titles).toEqual(
      await leader.titles(),
    );
  });
});

function worldOf({ fetch }: Leader, file: string, signal: AbortSignal) {
  return { leader: 'http://leader', file, fetch, signal };
}

/** Follows, and is killed once the leader was asked so often. */
async function followUntilKilled(leader: Leader, file: string, requests: number): Promise<void> {
  const end = new AbortController();
  let asked = 0;
  const fetchSome = (address: string) => {
    if ((asked += 1) > requests) end.abort(new Error('It was killed.'));
    end.signal.throwIfAborted();
    return leader.fetch(address);
  };
  const world = { ...worldOf(leader, file, end.signal), fetch: fetchSome };
  await catchUp(world).catch((error: unknown) => {
    if (!end.signal.aborted) throw error;
  });
}
