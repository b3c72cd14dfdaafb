import fc from 'fast-check';
import sql from 'sql-template-tag';
import { afterEach, expect, it } from 'vitest';

import type { Database } from '../src/db/database.ts';
import { currentRuns } from '../src/lake/manifests.ts';
import { COUNTED_FIELDS } from '../src/model/origin-fields.ts';
import { runStartedAt } from '../src/model/run-name.ts';
import type { Origin } from '../src/model/tell-origins.ts';
import { titleId } from '../src/model/title-key.ts';
import type { ImdbId } from '../src/model/title-key.ts';
import { ID_SALT, openTestApi } from './api.ts';
import { openClaimLake } from './claims.ts';
import type { ClaimLake } from './claims.ts';
import { describeOnEachDatabase } from './databases.ts';
import { dump, filmId } from './dumps.ts';
import { publishRuns } from './published-claims.ts';
import { catalogue, claimsOf, keyAt, PLAIN, SOURCES } from './random-claims.ts';
import type { Said } from './random-claims.ts';
import { manifestOf, openWorkshop, removeFoldersAfterEach } from './workshops.ts';

removeFoldersAfterEach();

type Origins = Record<string, Origin>;

describeOnEachDatabase('where a value comes from', (open) => {
  const lakes: ClaimLake[] = [];
  afterEach(async () => {
    await Promise.all(lakes.splice(0).map((lake) => lake.close()));
  });

  it('is the source whose word is served, for every field of random titles', async () => {
    const { db } = await open();
    const lake = await openClaimLake();
    lakes.push(lake);
    let version = 0;
    await fc.assert(
      fc.asyncProperty(catalogue, async (films) => {
        const runs = await Promise.all(
          SOURCES.map((source, at) =>
            lake.run(
              source,
              claimsOf(
                source,
                films.map((film) => film[at] ?? null),
              ),
            ),
          ),
        );
        await publishRuns(lake, db, (version += 1), runs);
        for (const { id, origins, served } of await tellAll(db)) {
          const expected = Object.fromEntries(
            Object.keys(origins).map((field) => [field, servedValue(served, field)]),
          );
          const told = Object.fromEntries(
            Object.entries(origins).map(([field, { value }]) => [field, value]),
          );
          expect({ id, ...told }).toEqual({ id, ...expected });
          expectWords(films, origins);
        }
      }),
      { numRuns: 3, endOnFailure: true },
    );
  }, 120_000);

  it('of a title of one source is that source, under its own key, in the run that is served', async () => {
    const { db, sync } = await openWorkshop((await open()).db);
    const { run } = manifestOf(
      await sync(dump().title('tt0000042', { title: 'Alone', rating: 7, votes: 3 })),
    );
    const { origins } = await told(db, '/movies/tt0000042');
    const read = {
      source: 'imdb',
      sourceKey: 'tt0000042',
      run,
      readAt: runStartedAt(run).toISOString(),
      byHand: false,
    };
    expect(origins.title).toEqual({ value: 'Alone', ...read, madeOf: null, others: [] });
    expect(origins.votes).toMatchObject({ value: 3, ...read });
    expect(origins.budget).toMatchObject({ value: null, source: null, others: [] });
    expect(await db.query(sql`select from title_claim`)).toEqual([]);
  });

  it('of an entered film is local: in no run at first, in that of the sync after it', async () => {
    const { db, lake, sync, enter } = await openWorkshop((await open()).db);
    const films = dump().films(20);
    await sync(films);
    const id = await enter({ title: 'Ours', imdbId: 'tt0000042' as ImdbId });
    const [entry] = await db.query<{ title_key: string; written_at: Date }>(
      sql`select title_key, written_at from journal`,
    );
    const title = (await told(db, `/movies/${id}`)).origins.title;
    expect(title).toMatchObject({ value: 'Ours', source: 'local', run: null, byHand: false });
    expect([`local:${title?.sourceKey ?? ''}`, new Date(title?.readAt ?? 0)]).toEqual([
      entry?.title_key,
      entry?.written_at,
    ]);
    await sync(films);
    const run = (await currentRuns(lake)).get('local')?.run;
    expect((await told(db, `/movies/${id}`)).origins.title).toEqual({ ...title, run });
  });

  it('of a value set by hand is a person, at once and after a sync, and of what is withdrawn the source again', async () => {
    const { db, sync, enter, set } = await openWorkshop((await open()).db);
    const films = dump().films(20).title('tt0000042', { title: 'Theirs', year: 1950, rating: 7, votes: 3 });
    await sync(films);
    await enter({ title: 'THEIRS', year: 1950, runtimeMinutes: 90 });
    await sync(films);
    const id = titleId(ID_SALT, 'imdb:tt0000042');
    await set(id, { year: 1951, rating: 9, certificate: 'R' });
    const atOnce = (await told(db, `/movies/${id}`)).origins;
    expect(atOnce.year).toMatchObject({ value: 1951, source: 'local', byHand: true, run: null });
    expect(atOnce.year?.others).toMatchObject([
      { source: 'local', value: 1950, lost: 'set_by_hand' },
      { source: 'imdb', value: 1950, lost: 'set_by_hand' },
    ]);
    expect(atOnce.rating).toMatchObject({ value: 9, byHand: true, others: [{ source: 'imdb', value: 7 }] });
    expect(atOnce.certificate).toMatchObject({ value: 'R', byHand: true, others: [] });
    expect(atOnce.runtimeMinutes).toMatchObject({ value: 90, source: 'local', byHand: false });
    await sync(films);
    const synced = (await told(db, `/movies/${id}`)).origins;
    // Each run of local says all that people wrote.
    const { run } = synced.runtimeMinutes ?? {};
    const others = atOnce.year?.others.map((other) => (other.source === 'local' ? { ...other, run } : other));
    expect(synced.year).toEqual({ ...atOnce.year, run, others });
    expect(synced.rating?.others).toEqual(atOnce.rating?.others);
    await set(id, { year: null, rating: null, certificate: null });
    const withdrawn = (await told(db, `/movies/${id}`)).origins;
    expect(withdrawn.year).toMatchObject({ value: 1950, source: 'local', byHand: false });
    expect(withdrawn.rating).toMatchObject({ value: 7, source: 'imdb', byHand: false });
  });

  it('of a value set by hand on a title of one source still names what that says', async () => {
    const { db, sync, set } = await openWorkshop((await open()).db);
    const theirs = { title: 'Theirs', originalTitle: 'Theirs', rating: 7, votes: 3 };
    await sync(dump().films(20).title('tt0000042', theirs));
    const id = titleId(ID_SALT, 'imdb:tt0000042');
    await set(id, { title: 'Ours', rating: 9 });
    const { origins } = await told(db, `/movies/${id}`);
    expect(origins.title).toMatchObject({
      value: 'Ours',
      byHand: true,
      others: [{ source: 'imdb', value: 'Theirs' }],
    });
    expect(origins.originalTitle).toMatchObject({ value: 'Theirs', source: 'imdb', byHand: false });
    expect(origins.rating).toMatchObject({ value: 9, others: [{ source: 'imdb', value: 7 }] });
    expect(origins['ratings.imdb']).toMatchObject({
      value: { rating: 7, votes: 3 },
      source: 'imdb',
      byHand: false,
    });
  });

  it('follows a title to the id that it has now, and ends with it', async () => {
    const { db, sync, enter } = await openWorkshop((await open()).db);
    const named = dump().films(20).title('tt0000042', { title: 'Twin', year: 1950 });
    await sync(named);
    const id = await enter({ title: 'TWIN!', year: 1950 });
    await sync(named);
    const canonical = titleId(ID_SALT, 'imdb:tt0000042');
    expect(await told(db, `/movies/${id}`)).toMatchObject({
      status: 308,
      location: `/movies/${canonical}/provenance`,
    });
    const { origins } = await told(db, '/movies/tt0000042');
    expect(origins.title).toMatchObject({
      value: 'TWIN!',
      source: 'local',
      others: [{ source: 'imdb', value: 'Twin' }],
    });
    await sync(named.without(filmId(7)));
    expect(await told(db, `/movies/${filmId(7)}`)).toMatchObject({ status: 410 });
    expect(await told(db, '/movies/tt9999999')).toMatchObject({ status: 404 });
  });
});

/** What the address says below which the provenance of a film is. */
async function told(db: Database, film: string) {
  const api = await openTestApi(db);
  const answer = await api.inject(`${film}/provenance`);
  await api.close();
  const origins = answer.statusCode === 200 ? answer.json<{ data: Origins }>().data : {};
  return { status: answer.statusCode, location: answer.headers.location, origins };
}

interface Told {
  readonly id: string;
  readonly origins: Origins;
  readonly served: ServedFilm;
}

/** The provenance of every title, and the title as it is served. */
async function tellAll(db: Database): Promise<Told[]> {
  const api = await openTestApi(db);
  const titles = await db.query<{ id: string }>(sql`select id from title order by id`);
  const told: Told[] = [];
  for (const { id } of titles) {
    const { data } = (await api.inject(`/movies/${id}/provenance`)).json<{ data: Origins }>();
    const whole = await api.inject(`/movies/${id}?include=credits,ratings,companies,keywords,provenance`);
    const { provenance, ...served } = whole.json<ServedFilm & { provenance: Origins }>();
    expect(provenance).toEqual(data);
    told.push({ id, origins: data, served });
  }
  await api.close();
  return told;
}

interface ServedFilm {
  readonly credits: Record<string, unknown[]>;
  readonly ratings: { system: string; rating: number; votes: number | null }[];
  readonly externalIds: Record<string, string>;
  readonly [field: string]: unknown;
}

/** The value of the film itself that a field of the provenance is about. */
function servedValue(served: ServedFilm, field: string): unknown {
  const [name = '', system = ''] = field.split('.');
  if (name === 'externalIds') return served.externalIds[system];
  if (name === 'ratings') {
    const rating = served.ratings.find((one) => one.system === system);
    return { rating: rating?.rating, votes: rating?.votes };
  }
  const value = served.credits[name] ?? served[name];
  if (COUNTED_FIELDS.includes(name)) return (value as unknown[]).length;
  if (name === 'countries' || name === 'languages')
    return (value as { code: string }[]).map(({ code }) => code);
  return value;
}

/** Whoever is named, as winning or as losing, has said so under that key; and nobody who says something is left out. */
function expectWords(films: readonly (readonly (Said | null)[])[], origins: Origins): void {
  for (const [column, { field }] of Object.entries(PLAIN)) {
    const origin = origins[field];
    if (origin === undefined) throw new Error(`Nothing is told of ${field}.`);
    const named = [origin, ...origin.others];
    const place = Number(/\d+$/.exec(String(origins.imdbId?.value))?.[0]) - 1_000_000;
    const speakers = SOURCES.filter((_, at) => films[place]?.[at]?.title[column] !== undefined);
    if (field === 'title' || field === 'originalTitle') continue;
    const values = named
      .filter(({ source }) => source !== null)
      .map(({ source, sourceKey, value }) => {
        const at = SOURCES.findIndex((one) => one === source);
        expect([field, sourceKey, value]).toEqual([
          field,
          keyAt(String(source), place),
          films[place]?.[at]?.title[column],
        ]);
        return source;
      });
    expect(values.toSorted()).toEqual(speakers.toSorted());
  }
}
