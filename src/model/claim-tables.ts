/** A column of a claim table; types are DuckDB's. */
type ColumnType =
  | 'varchar'
  | 'integer'
  | 'smallint'
  | 'bigint'
  | 'double'
  | 'decimal(18, 4)'
  | 'boolean'
  | 'date'
  | 'timestamp';

export type ClaimTable = keyof typeof CLAIM_TABLES;

/**
 * The claim tables and their columns, declared once. Every file of a table has `source`, `run` (both varchar)
 * and then exactly these; a source that lacks one writes null. `title_key` is the source's own key of the title
 * that the claim is about, without the source's name.
 */
export const CLAIM_TABLES = {
  /** A film, series or episode is described. */
  title: {
    title_key: 'varchar',
    /** The title's IMDb id, where the source says it (for imdb: the key itself). */
    imdb_id: 'varchar',
    kind: 'varchar',
    title: 'varchar',
    original_title: 'varchar',
    year: 'smallint',
    /** A series' last year. */
    end_year: 'smallint',
    release_date: 'date',
    runtime_minutes: 'integer',
    is_adult: 'boolean',
    /** Genre names joined by commas, in the source's order. */
    genres: 'varchar',
    certificate: 'varchar',
    poster_url: 'varchar',
    /** Rumored, Planned, In Production, Post Production, Released or Canceled: TMDB's words. */
    status: 'varchar',
    /** ISO 639-1, or a code of the source for what that does not know. */
    original_language: 'varchar',
    /** US dollars; never 0, which providers write for what they do not know. */
    budget: 'bigint',
    /** US dollars, of cinemas all over the world; never 0. */
    revenue: 'bigint',
    /** On the source's own scale, from 0. */
    popularity: 'double',
    tagline: 'varchar',
    overview: 'varchar',
    homepage: 'varchar',
    /** The series of films that it belongs to, such as a trilogy. */
    collection_key: 'varchar',
    collection_name: 'varchar',
  },
  /** A person has set a value of a title by hand, or withdrawn it. Said by `local` alone. */
  hand_set: {
    /** The title's whole key when that was done: imdb:tt0133093. */
    about: 'varchar',
    /** As the API names it: runtimeMinutes. */
    field: 'varchar',
    /** As the column of `title` or `rating` has it, as text; null: withdrawn. */
    value: 'varchar',
    /** The journal's number of it: where several keys are one title, the latest counts. */
    entry: 'bigint',
  },
  /** A person has decided whether two keys are of one title. Said by `local` alone. */
  match: {
    /** The whole key of a source's claim: ghibli:2baf70d1. */
    about: 'varchar',
    /** The whole key that the other title had when that was decided. */
    other: 'varchar',
    /** Whether they are one title; of one claim, with one other at most. */
    is_same: 'boolean',
    /** The journal's number of it. */
    entry: 'bigint',
  },
  /** A title's id at another system. */
  external_id: {
    title_key: 'varchar',
    /** imdb, tmdb, movielens, … */
    system: 'varchar',
    /** As that system writes it: tt0114709, 862. */
    value: 'varchar',
  },
  /** A rating system's figure for a title. */
  rating: {
    title_key: 'varchar',
    /** imdb, metacritic, rotten-tomatoes, tmdb, movielens, or local. */
    system: 'varchar',
    /** 0 to 10, whatever scale the provider uses. */
    rating: 'double',
    votes: 'integer',
  },
  /** The ratings that a system's users gave a title within one year, summed up. */
  rating_year: {
    title_key: 'varchar',
    system: 'varchar',
    year: 'smallint',
    /** The mean, 0 to 10. */
    rating: 'double',
    votes: 'integer',
  },
  /** One user's rating of a title. Kept in the lake alone; `rating` and `rating_year` sum it up. */
  user_rating: {
    title_key: 'varchar',
    system: 'varchar',
    /** The user's number there. */
    user_key: 'varchar',
    /** 0 to 10. */
    rating: 'double',
    /** In UTC. */
    rated_at: 'timestamp',
  },
  /** A company took part in producing a title. */
  title_company: {
    title_key: 'varchar',
    company_key: 'varchar',
    name: 'varchar',
    /** The source's order within the title, from 1; so in the tables that follow. */
    ordering: 'integer',
  },
  /** A title was produced in a country. */
  title_country: {
    title_key: 'varchar',
    /** ISO 3166-1 alpha-2. */
    country_code: 'varchar',
    name: 'varchar',
    ordering: 'integer',
  },
  /** A language is spoken in a title. */
  title_language: {
    title_key: 'varchar',
    /** ISO 639-1, or a code of the source for what that does not know. */
    language_code: 'varchar',
    name: 'varchar',
    ordering: 'integer',
  },
  /** A keyword describes what a title is about. */
  title_keyword: {
    title_key: 'varchar',
    keyword_key: 'varchar',
    name: 'varchar',
    ordering: 'integer',
  },
  /** Another name of a title, somewhere or somewhen. */
  aka: {
    title_key: 'varchar',
    /** The source's order, from 1. */
    ordering: 'integer',
    title: 'varchar',
    /** ISO 3166-1 alpha-2, or a word of the source for what is no country (XWW). */
    region: 'varchar',
    /** ISO 639-1. */
    language: 'varchar',
    types: 'varchar',
    attributes: 'varchar',
    is_original: 'boolean',
  },
  /** An episode belongs to a series. */
  episode: {
    title_key: 'varchar',
    series_key: 'varchar',
    season_number: 'integer',
    episode_number: 'integer',
  },
  /** A person is described. */
  person: {
    person_key: 'varchar',
    name: 'varchar',
    birth_year: 'smallint',
    death_year: 'smallint',
    /** Professions joined by commas. */
    professions: 'varchar',
    /** Keys of titles joined by commas. */
    known_for: 'varchar',
  },
  /** A person worked on a title. */
  credit: {
    title_key: 'varchar',
    person_key: 'varchar',
    /** director, writer, actor, actress, producer, …; `character` for one of the story's people. */
    category: 'varchar',
    /** The source's order within the title, from 1; null where it has none. */
    ordering: 'integer',
    /** Directing, Camera, Sound, …: TMDB's words. */
    department: 'varchar',
    job: 'varchar',
    /** Characters as a JSON array of names. */
    characters: 'varchar',
  },
  /** What a seller asked for a title at a moment. */
  offer: {
    title_key: 'varchar',
    /** The seller's name in the settings. */
    seller: 'varchar',
    /** The seller's own id of what it sells. */
    listing_key: 'varchar',
    /** The title as the seller writes it. */
    title: 'varchar',
    year: 'smallint',
    price: 'decimal(18, 4)',
    /** ISO 4217. */
    currency: 'varchar',
    /** When the answer came, in UTC. */
    observed_at: 'timestamp',
  },
  /** A seller was asked, and what came of it where that was no offer. */
  poll: {
    seller: 'varchar',
    /** Whose details were asked for in vain; null: the row is of the seller's list. */
    listing_key: 'varchar',
    /** The film of that listing, as far as the source knows now; null of a list. */
    title_key: 'varchar',
    /** In UTC. */
    polled_at: 'timestamp',
    /** Null: it answered. */
    error_code: 'varchar',
    error_message: 'varchar',
  },
} as const satisfies Record<string, Record<string, ColumnType>>;

/**
 * The tables of what was observed at a moment. Each run adds to them, and they are kept for ever; in every other table a
 * run says all that its source knows.
 */
export const STREAM_TABLES = ['offer', 'poll'] as const satisfies readonly ClaimTable[];

/** The columns of every file of rejects: a record that could not become a claim. */
export const REJECT_COLUMNS = {
  source: 'varchar',
  run: 'varchar',
  /** The raw file's name. */
  file: 'varchar',
  /** Counted from 1, the header included; for a document without lines, its place. */
  line: 'bigint',
  /** A stable reason code, such as `row_short` or `number_invalid`. */
  reason: 'varchar',
  /** What is wrong, for a person: "startYear is 'abcd'". */
  detail: 'varchar',
  /** The record as it came, at most 2,000 characters. */
  raw: 'varchar',
} as const;
