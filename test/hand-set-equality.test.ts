import fc from 'fast-check';
import sql from 'sql-template-tag';
import { expect, it } from 'vitest';

import type { Database } from '../src/db/database.ts';
import type { FilmValues } from '../src/model/film-values.ts';
import { FILM_KINDS } from '../src/model/kinds.ts';
import { titleId } from '../src/model/title-key.ts';
import type { ImdbId } from '../src/model/title-key.ts';
import { ID_SALT } from './api.ts';
import type { StatedClaim } from './claims.ts';
import { describeOnEachDatabase } from './databases.ts';
import { openStatedWorkshop } from './stated-source.ts';
import type { Word } from './stated-source.ts';
import { removeFoldersAfterEach, servedTables } from './workshops.ts';
import type { Workshop } from './workshops.ts';

removeFoldersAfterEach();

/** Films of which something happens. */
const FILMS = 6;

/** Others, so many that as many changed ones as there are steps are a small change. */
const OTHERS = 400;

const GENRES = ['Drama', 'war', 'Été', 'Own one', 'MUSICAL', 'Sci-Fi'];

const rating = fc.integer({ min: 0, max: 100 }).map((tenths) => tenths / 10);
const day = fc.integer({ min: 1, max: 28 }).map((one) => `2001-02-${String(one).padStart(2, '0')}`);
const genres = fc.uniqueArray(fc.constantFrom(...GENRES), { minLength: 1, maxLength: 4 });
const year = fc.integer({ min: 1900, max: 2030 });
const text = fc.constantFrom('One', 'Deux: "été"', 'A, b\\c', '???', 'Ты', "It's {7}");

const orNull = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null, freq: 2 });

const patch: fc.Arbitrary<FilmValues> = fc
  .record(
    {
      title: orNull(text),
      originalTitle: orNull(text),
      kind: orNull(fc.constantFrom(...FILM_KINDS)),
      year: orNull(year),
      releaseDate: orNull(day),
      runtimeMinutes: orNull(fc.integer({ min: 1, max: 60_000 })),
      genres: orNull(genres),
      rating: orNull(rating),
      certificate: orNull(text),
      posterUrl: orNull(fc.constantFrom('https://pictures.example/1', 'https://pictures.example/2')),
    },
    { requiredKeys: [] },
  )
  .filter((values) => Object.keys(values).length > 0);

const film = fc.integer({ min: 0, max: FILMS - 1 });

/** What a source says of a film besides its name, which is its own so that no two films are taken for one. */
const said = fc.record(
  {
    kind: fc.constantFrom('movie', 'short'),
    original_title: text,
    year,
    release_date: day,
    runtime_minutes: fc.integer({ min: 1, max: 300 }),
    genres: genres.map((names) => names.join(',')),
    certificate: text,
    poster_url: fc.constant('https://pictures.example/3'),
  },
  { requiredKeys: [] },
);

const step = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant('set' as const), at: fc.nat(), patch }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('enter' as const),
      rating: orNull(rating),
      genres,
      known: fc.boolean(),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('say' as const),
      source: fc.constantFrom('imdb', 'omdb', 'ghibli'),
      film,
      said,
      rating: orNull(rating),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('meet' as const), meets: fc.boolean() }) },
);

type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

type StepOf<D extends Step['do']> = Extract<Step, { do: D }>;

const imdbId = (at: number) => `tt${1_000_000 + at}`;

/** What each source says; a test changes it. */
class World {
  readonly #said = new Map<string, { said: object; rating: number | null }>();
  #meets = false;

  say(source: string, at: number, words: object, rating: number | null): void {
    this.#said.set(`${source} ${at}`, { said: words, rating });
  }

  /** Whether imdb has a film of the name and the year of one of ghibli's. */
  meet(meets: boolean): void {
    this.#meets = meets;
  }

  words(): Record<string, Word> {
    const others = Array.from({ length: OTHERS }, (_, at) => at + 100);
    const met: StatedClaim[] = this.#meets
      ? [{ title_key: imdbId(99), imdb_id: imdbId(99), title: 'Ghibli 1', year: 1988, kind: 'movie' }]
      : [];
    const imdb = [0, 1, 2, 3, ...others].map((at) => ({
      ...this.#words('imdb', at),
      title_key: imdbId(at),
      imdb_id: imdbId(at),
      title: `Film ${at}`,
    }));
    const omdb = [2, 3].map((at) => ({
      ...this.#words('omdb', at),
      title_key: `o${at}`,
      imdb_id: imdbId(at),
      title: `OMDb ${at}`,
    }));
    const ghibli = [4, 5].map((at) => ({
      ...this.#words('ghibli', at),
      title_key: `g${at}`,
      title: at === 4 ? 'Ghibli 1' : 'Ghibli 2',
      kind: 'movie',
      year: 1988,
    }));
    return {
      imdb: { title: [...imdb, ...met], rating: this.#ratings('imdb', imdbId, 'imdb', 100) },
      omdb: {
        title: omdb,
        rating: [
          ...this.#ratings('omdb', (at) => `o${at}`, 'metacritic', null),
          ...this.#ratings('omdb', (at) => `o${at}`, 'imdb', 7),
        ],
      },
      ghibli: { title: ghibli, rating: this.#ratings('ghibli', (at) => `g${at}`, 'rotten-tomatoes', null) },
    };
  }

  #words(source: string, at: number): object {
    return this.#said.get(`${source} ${at}`)?.said ?? {};
  }

  #ratings(
    source: string,
    keyOf: (at: number) => string,
    system: string,
    votes: number | null,
  ): StatedClaim[] {
    return Array.from({ length: FILMS }, (_, at) => at).flatMap((at) => {
      const given = this.#said.get(`${source} ${at}`)?.rating ?? null;
      if (given === null) return [];
      return [{ title_key: keyOf(at), system, rating: given, ...(votes === null ? {} : { votes }) }];
    });
  }
}

/** The keys of the films as they are first served. */
const KEYS = [...[0, 1, 2, 3].map((at) => `imdb:${imdbId(at)}`), 'ghibli:g4', 'ghibli:g5'];

/** People and sources at work on one catalogue. */
class Play {
  readonly #world: World;
  readonly #words: Record<string, Word>;
  readonly #workshop: Workshop;
  readonly #ids = KEYS.map((key) => titleId(ID_SALT, key));
  readonly ways = new Set<string>();

  private constructor(world: World, words: Record<string, Word>, workshop: Workshop) {
    this.#world = world;
    this.#words = words;
    this.#workshop = workshop;
  }

  static async begin(db: Database): Promise<Play> {
    const world = new World();
    const words = world.words();
    const play = new Play(world, words, await openStatedWorkshop(db, words));
    await play.#syncAll();
    return play;
  }

  async do(step: Step): Promise<void> {
    if (step.do === 'set') return this.#set(step);
    if (step.do === 'enter') return this.#enter(step);
    await this.expectMerged();
    if (step.do === 'say') this.#world.say(step.source, step.film, step.said, step.rating);
    else this.#world.meet(step.meets);
    return this.#syncAll();
  }

  /** A sync in which no source says anything new finds everything served as it should be. */
  async expectMerged(): Promise<void> {
    const { db } = this.#workshop;
    const before = await servedTables(db);
    await this.#sync(['imdb']);
    expect(await servedTables(db)).toEqual(before);
  }

  /** So does an empty database that is filled from the lake. */
  async expectRebuilt(empty: Database): Promise<void> {
    const { db, lake } = this.#workshop;
    const rebuilt = await openStatedWorkshop(empty, this.#words, { lake });
    await rebuilt.syncSource('imdb');
    expect(await servedTables(empty)).toEqual(await servedTables(db));
  }

  async #set({ at, patch }: StepOf<'set'>): Promise<void> {
    const { db, set } = this.#workshop;
    const id = this.#ids[at % this.#ids.length];
    const [served] = await db.query<{ id: string }>(sql`
      select id from title where id = ${id}
      union all
      select title_id from title_alias where alias_id = ${id}`);
    if (served === undefined) throw new Error(`Nothing is served at ${id ?? ''}.`);
    await set(served.id, patch);
  }

  async #enter({ rating: rated, genres: names, known }: StepOf<'enter'>): Promise<void> {
    const number = this.#ids.length;
    const film = { title: `Entered ${number}`, rating: rated, genres: names };
    const id = known ? (imdbId(5000 + number) as ImdbId) : null;
    this.#ids.push(await this.#workshop.enter({ ...film, imdbId: id }));
  }

  async #syncAll(): Promise<void> {
    Object.assign(this.#words, this.#world.words());
    await this.#sync(Object.keys(this.#words));
  }

  async #sync(sources: readonly string[]): Promise<void> {
    const { published } = await this.#workshop.syncSource('', { sources });
    if (published !== null) this.ways.add(published.way);
  }
}

describeOnEachDatabase('values set and withdrawn at random', (open) => {
  it('are served at once as every later merge has them, however it is published', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 12, maxLength: 20 }), async (steps) => {
        const play = await Play.begin((await open()).db);
        for (const one of steps) await play.do(one);
        await play.expectMerged();
        await play.expectRebuilt((await open()).db);
        expect([...play.ways].sort()).toEqual(['rows', 'swap']);
      }),
      { numRuns: 2, endOnFailure: true },
    );
  }, 300_000);
});
