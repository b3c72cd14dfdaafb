import type { ImdbId } from '../../model/title-key.ts';
import { FieldReader, nullForZero } from './field-reader.ts';
import { countryCode, languageCode } from './place-names.ts';

/** Rows of claim tables, by the names of their columns; a column that is not there is null. */
export type ClaimRow = Readonly<Record<string, string | number | null>>;

/** What a document about one title says. */
export interface TitleClaims {
  readonly key: ImdbId;
  readonly isSeries: boolean;
  readonly name: string;
  readonly title: ClaimRow;
  readonly ratings: readonly ClaimRow[];
  /** The series that it belongs to; null where it says none. */
  readonly episode: ClaimRow | null;
  readonly credits: readonly ClaimRow[];
  readonly countries: readonly ClaimRow[];
  readonly languages: readonly ClaimRow[];
}

const KINDS: Readonly<Record<string, string>> = {
  movie: 'movie',
  series: 'tvSeries',
  episode: 'tvEpisode',
  game: 'videoGame',
};

/** Names are joined by commas, and served as the words of a filter: at most 50 characters. */
const GENRE = /^[^,]{1,50}$/u;

/** More than any title has. */
const GENRES_MOST = 50;

/** A person is known by the name, and an index takes no longer ones; names are served to their 300th character. */
const NAME_CHARACTERS = 300;

/** The name of a system in `Ratings`, and how it writes its highest figure. */
const SYSTEMS = {
  imdb: { name: 'Internet Movie Database', most: 10, unit: '/10' },
  metacritic: { name: 'Metacritic', most: 100, unit: '/100' },
  'rotten-tomatoes': { name: 'Rotten Tomatoes', most: 100, unit: '%' },
} as const;

/** The claims of a document; null where `fields` has a fault. */
export function readTitle(fields: FieldReader): TitleClaims | null {
  const key = fields.imdbId('imdbID');
  if (key === null) fields.refuse('id_missing', 'imdbID is missing');
  const type = fields.text('Type');
  const kind = Object.hasOwn(KINDS, type ?? '') ? KINDS[type ?? ''] : undefined;
  if (kind === undefined) fields.refuseValue('kind_unknown', 'Type', type ?? 'N/A');
  const name = fields.text('Title');
  if (name === null) fields.refuse('title_missing', 'Title is missing');
  const years = fields.years('Year');
  const claims = {
    title: {
      title_key: key,
      imdb_id: key,
      kind: kind ?? null,
      title: name,
      year: years.first,
      end_year: years.last,
      release_date: fields.date('Released'),
      runtime_minutes: fields.minutes('Runtime'),
      genres: readGenres(fields),
      certificate: fields.text('Rated'),
      poster_url: fields.text('Poster'),
      overview: fields.text('Plot'),
      homepage: fields.text('Website'),
    },
    ratings: readRatings(fields, key),
    episode: kind === 'tvEpisode' ? readEpisode(fields, key) : null,
    credits: readCredits(fields, key),
    countries: readCoded(fields, key, 'Country', 'country_code', countryCode),
    languages: readCoded(fields, key, 'Language', 'language_code', languageCode),
  };
  if (key === null || name === null || fields.fault !== null) return null;
  return { key, name, isSeries: kind === 'tvSeries', ...claims };
}

function readEpisode(fields: FieldReader, key: string | null): ClaimRow | null {
  const series = fields.imdbId('seriesID');
  const [season, episode] = [fields.wholeNumber('Season'), fields.wholeNumber('Episode')];
  if (series === null) return null;
  return { title_key: key, series_key: series, season_number: season, episode_number: episode };
}

function readGenres(fields: FieldReader): string | null {
  const names = new Map<string, string>();
  for (const name of namesIn(fields.text('Genre'))) {
    if (!GENRE.test(name)) fields.refuseValue('genre_invalid', 'Genre', name);
    if (!names.has(name.toLowerCase())) names.set(name.toLowerCase(), name);
  }
  if (names.size > GENRES_MOST) return fields.refuse('genre_invalid', `Genre has more than ${GENRES_MOST}`);
  return names.size === 0 ? null : [...names.values()].join(',');
}

/** Each system once: its own field before the list of all. */
function readRatings(fields: FieldReader, key: string | null): ClaimRow[] {
  const listed = readRatingList(fields);
  const metascore = fields.decimal('Metascore', SYSTEMS.metacritic.most);
  const ratings = [
    { system: 'imdb', rating: fields.decimal('imdbRating', SYSTEMS.imdb.most) ?? listed.get('imdb') },
    {
      system: 'metacritic',
      rating: metascore === null ? listed.get('metacritic') : onTen(metascore, SYSTEMS.metacritic.most),
    },
    { system: 'rotten-tomatoes', rating: listed.get('rotten-tomatoes') },
  ];
  const votes = nullForZero(fields.wholeNumber('imdbVotes'));
  return ratings.flatMap(({ system, rating }) =>
    rating === undefined ? [] : [{ title_key: key, system, rating, votes: system === 'imdb' ? votes : null }],
  );
}

/** Systems that we have no word for stay in raw. */
function readRatingList(fields: FieldReader): ReadonlyMap<string, number> {
  const ratings = new Map<string, number>();
  for (const entry of fields.objects('Ratings')) {
    const reader = new FieldReader(entry);
    const source = reader.text('Source');
    for (const [system, { name, most, unit }] of Object.entries(SYSTEMS)) {
      if (source !== name || ratings.has(system)) continue;
      const rating = reader.decimal('Value', most, unit);
      if (rating !== null) ratings.set(system, onTen(rating, most));
    }
    if (reader.fault !== null) fields.refuse(reader.fault.reason, `Ratings: ${reader.fault.detail}`);
  }
  return ratings;
}

/** On a scale to 10, with one more decimal than it has on its own. */
function onTen(rating: number, most: number): number {
  return Math.round((rating * 1000) / most) / 100;
}

/** Actors are the cast; directors, then writers, the crew: each numbered by itself. */
function readCredits(fields: FieldReader, key: string | null): ClaimRow[] {
  const cast = readNames(fields, 'Actors').map((person) => ({ ...person, category: 'actor' }));
  const crew = [
    ...readNames(fields, 'Director').map((person) => ({ ...person, category: 'director' })),
    ...readNames(fields, 'Writer').map((person) => ({ ...person, category: 'writer' })),
  ];
  return [cast, crew].flatMap((part) =>
    part.map((person, at) => ({ title_key: key, ...person, ordering: at + 1 })),
  );
}

/** `David Benioff (created by)` is a name and what the person did; each pair of them once. */
function readNames(fields: FieldReader, field: string): { person_key: string; job: string | null }[] {
  const people = new Map<string, { person_key: string; job: string | null }>();
  for (const entry of namesIn(fields.text(field))) {
    const [, name = entry, job = null] = /^([^(]*[^(\s])\s*\((.*)\)$/s.exec(entry) ?? [];
    if (name.length > NAME_CHARACTERS)
      fields.refuse('name_too_long', `${field} has a name of ${name.length} characters`);
    people.set(JSON.stringify([name, job]), { person_key: name, job });
  }
  return [...people.values()];
}

function readCoded(
  fields: FieldReader,
  key: string | null,
  field: string,
  column: string,
  codeOf: (name: string) => string | null,
): ClaimRow[] {
  const rows = new Map<string, ClaimRow>();
  for (const name of namesIn(fields.text(field))) {
    const code = codeOf(name);
    if (code === null || rows.has(code)) continue;
    rows.set(code, { title_key: key, [column]: code, name, ordering: rows.size + 1 });
  }
  return [...rows.values()];
}

/** The parts of a text between commas, but for commas in brackets. */
function namesIn(text: string | null): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  const whole = text ?? '';
  for (let at = 0; at <= whole.length; at += 1) {
    if (whole[at] === '(') depth += 1;
    if (whole[at] === ')') depth = Math.max(0, depth - 1);
    if (at < whole.length && (whole[at] !== ',' || depth > 0)) continue;
    parts.push(whole.slice(start, at).trim());
    start = at + 1;
  }
  return parts.filter((part) => part !== '' && part !== 'N/A');
}
