import { expect, it } from 'vitest';

import type { ImdbId } from '../src/model/title-key.ts';
import { openTestApi } from './api.ts';
import { readFeed, saidBy } from './change-feed.ts';
import { describeOnEachDatabase } from './databases.ts';
import { dump, filmId } from './dumps.ts';
import { changesBetween, servedDocuments } from './served-documents.ts';
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
    }
    expect(since).toBeGreaterThan(FILMS);
  }, 180_000);
});
