import { isDeepStrictEqual } from 'node:util';

import type { FastifyInstance } from 'fastify';
import { expect, it } from 'vitest';

import type { RatingSeries } from '../src/catalogue/queries/rating-history.ts';

import type { ImdbId } from '../src/model/title-key.ts';
import { openTestApi } from './api.ts';
import { databaseTime, readFeed, saidBy } from './change-feed.ts';
import { describeOnEachDatabase } from './databases.ts';
import { dump, filmId } from './dumps.ts';
import { changesBetween, servedDocuments, type Documents } from './served-documents.ts';
import { openWorkshop, removeFoldersAfterEach } from './workshops.ts';

removeFoldersAfterEach();

/** A change of one is a small one; a swap shows in `way`. */
const FILMS = 90;

const FIRST = dump().films(FILMS).title('tt0000500', { title: 'Alone', year: 1950, rating: 5.5, votes: 40 });

/** What each step does, and how it is published; null: a person's write. */
const STEPS = [
  { step: 'a person enters a film', film: { title: 'Lone', year: 1960, rating: 3 } },
  { step: 'a person enters a film with an IMDb id', film: { title: 'Known', imdbId: 'tt0000600' as ImdbId } },
  { step: 'one film changes', from: FIRST.title(filmId(1), { title: 'Renamed', rating: 9.1 }), way: 'rows' },
  { step: 'it changes back, as A, B, A', from: FIRST, way: 'rows' },
  {
    step: 'a source brings the film that was entered, by name and year',
    from: FIRST.title('tt0000700', { title: 'Lone', year: 1960, rating: 8, votes: 3 }),
    way: 'rows',
  },
  {
    step: 'all films change, one goes, one comes',
    from: dump()
      .films(FILMS, (place) => ({ votes: 7 + place, genres: ['Drama'] }))
      .title('tt0000500', { title: 'Alone', year: 1950 })
      .title('tt0000800', { title: 'Lone', year: 1960 })
      .without(filmId(2)),
    way: 'swap',
  },
  {
    step: 'a film goes and another is itself again',
    from: dump()
      .films(FILMS, (place) => ({ votes: 7 + place, genres: ['Drama'] }))
      .title('tt0000500', { title: 'Alone', year: 1950 }),
    way: 'rows',
  },
] as const;

describeOnEachDatabase('the feed of changes', (open) => {
  it('says just what differs in what the API answers, step by step', async () => {
    const { db } = await open();
    const api = await openTestApi(db);
    const workshop = await openWorkshop(db);
    await workshop.sync(FIRST);
    const load = await readFeed(api, 0);
    expect(load.map(({ seq, kind, by, version }) => [seq, kind, by, version])).toEqual([
      [1, 'snapshot', 'sync', 1],
    ]);

    let before = await servedDocuments(api);
    const answered = [{ at: await databaseTime(db), documents: before }];
    let since = 1;
    for (const { step, ...what } of STEPS) {
      if ('film' in what) await workshop.enter(what.film);
      else expect([step, (await workshop.sync(what.from)).published?.way]).toEqual([step, what.way]);
      const after = await servedDocuments(api);
      const feed = await readFeed(api, since, 7);
      const elsewhere = new Set(feed.filter(({ into }) => into !== null).map(({ titleId }) => titleId));
      const expected = changesBetween(before, after, (id) => elsewhere.has(id));
      expect([step, saidBy(feed)]).toEqual([step, expected]);
      expect(feed.map(({ seq }) => seq)).toEqual(feed.map((_, at) => since + at + 1));
      expect(new Set(feed.map(({ by }) => by))).toEqual(new Set(['film' in what ? 'person' : 'sync']));
      for (const { titleId, into } of feed.filter((change) => change.kind === 'merged')) {
        const answer = await api.inject(`/movies/${String(titleId)}`);
        expect([answer.statusCode, answer.headers.location]).toEqual([308, `/movies/${String(into)}`]);
      }
      before = after;
      since += feed.length;
      answered.push({ at: await databaseTime(db), documents: after });
    }
    expect(since).toBeGreaterThan(FILMS);
    await expectAnswersAsOf(api, answered);
    await expectHistories(api, answered);
  }, 300_000);
});

describeOnEachDatabase('a title that becomes one of another kind', (open) => {
  it('is answered as of a time where titles of its kind were then, to which its address now leads', async () => {
    const { db } = await open();
    const api = await openTestApi(db);
    const imdb = { kinds: ['movie', 'tvSeries'], files: ['title.basics', 'title.ratings'] };
    const workshop = await openWorkshop(db, { imdb });
    const film = dump().films(FILMS).title('tt0000500', { title: 'Harbour Lights' });
    await workshop.sync(film);
    const then = await databaseTime(db);
    await workshop.sync(film.title('tt0000500', { title: 'Harbour Lights', kind: 'tvSeries' }));
    const asFilm = await api.inject(`/movies/tt0000500?as_of=${then}`);
    expect([asFilm.statusCode, asFilm.json()]).toMatchObject([200, { kind: 'movie' }]);
    const { id } = asFilm.json<{ id: string }>();
    const asSeries = await api.inject(`/series/tt0000500?as_of=${then}`);
    expect([asSeries.statusCode, asSeries.headers.location]).toEqual([308, `/movies/${id}?as_of=${then}`]);
    const now = `${(await databaseTime(db)).slice(0, -1)}${'9'.repeat(200)}Z`;
    expect((await api.inject(`/series/${id}?as_of=${now}`)).json()).toMatchObject({ kind: 'tvSeries' });
    await api.close();
  }, 60_000);
});

interface Answered {
  /** When it was answered, by the database's clock. */
  readonly at: string;
  readonly documents: Documents;
}

/** What was answered at each time is answered as of it, also of films that were not there, or are there no longer. */
async function expectAnswersAsOf(api: FastifyInstance, answered: readonly Answered[]): Promise<void> {
  const ids = new Set(answered.flatMap(({ documents }) => [...documents.keys()]));
  for (const { at, documents } of answered) {
    for (const id of ids) {
      const then = documents.get(id);
      const answer = await api.inject(`/movies/${id}?as_of=${at}`);
      if (then === undefined)
        expect([at, id, [308, 404, 410]]).toEqual([at, id, expect.arrayContaining([answer.statusCode])]);
      else expect([at, id, answer.json()]).toEqual([at, id, detailIn(then)]);
    }
  }
}

/** What a film alone is answered with. */
function detailIn(document: Readonly<Record<string, unknown>>): object {
  const beside = ['credits', 'ratings', 'ratingsByYear', 'companies', 'keywords'];
  return Object.fromEntries(Object.entries(document).filter(([field]) => !beside.includes(field)));
}

/** Each film's ratings over time are those that were answered, one after the other, and its history says from what to what. */
async function expectHistories(api: FastifyInstance, answered: readonly Answered[]): Promise<void> {
  for (const id of answered.at(-1)?.documents.keys() ?? []) {
    const { data } = (await api.inject(`/movies/${id}/ratings/history`)).json<{ data: RatingSeries[] }>();
    const points = data.find(({ system }) => system === 'imdb')?.points ?? [];
    expect([id, points.map(({ rating }) => rating)]).toEqual([id, imdbRatings(id, answered)]);

    const history = (await api.inject(`/movies/${id}/history?limit=100`)).json<{ data: HistoryEntry[] }>();
    const titles = history.data
      .flatMap(({ fields }) => fields.filter(({ field }) => field === 'title'))
      .reverse();
    expect([id, titles.map(({ from, to }) => [from, to])]).toEqual([id, titleChanges(id, answered)]);
  }
}

interface HistoryEntry {
  readonly fields: readonly { readonly field: string; readonly from: unknown; readonly to: unknown }[];
}

/** The ratings that IMDb gave the film, each that differs from the one before with its votes; null: none any more. */
function imdbRatings(id: string, answered: readonly Answered[]): (number | null)[] {
  const given = answered.map(({ documents }) =>
    (documents.get(id)?.ratings as { system: string; rating: number; votes: number }[] | undefined)?.find(
      ({ system }) => system === 'imdb',
    ),
  );
  return given.filter((one, at) => !isDeepStrictEqual(one, given[at - 1])).map((one) => one?.rating ?? null);
}

function titleChanges(id: string, answered: readonly Answered[]): [unknown, unknown][] {
  return answered.slice(1).flatMap(({ documents }, at): [unknown, unknown][] => {
    const from = answered[at]?.documents.get(id)?.title;
    const to = documents.get(id)?.title;
    return from === undefined || to === undefined || from === to ? [] : [[from, to]];
  });
}
