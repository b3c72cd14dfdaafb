/** How an error ends a command: 1 the work failed, 2 the command was wrong. */
type ExitCode = 1 | 2;

interface ErrorEntry {
  /** HTTP status of the problem document. */
  readonly status: number;
  readonly exit: ExitCode;
  /** The problem's title: the same words each time, in a sentence a person understands. */
  readonly title: string;
  /** What to do about it, for the error's page. */
  readonly mend: string;
}

/**
 * Every error that Filmbase names, once: code → HTTP status, exit code, words. Problem documents, the
 * command line, the pages under `/problems/{code}` and the docs read this table.
 */
export const ERRORS = {
  setting_invalid: {
    status: 500,
    exit: 2,
    title: 'A setting has a value that is not allowed.',
    mend: 'Correct the named setting; `filmbase config` lists each with what it allows.',
  },
  usage_invalid: {
    status: 400,
    exit: 2,
    title: 'The command was not understood.',
    mend: 'See `filmbase help` or `filmbase help <verb>`.',
  },
  parameter_invalid: {
    status: 400,
    exit: 2,
    title: 'A parameter is not valid.',
    mend: 'Each entry of `errors` names the field and what it allows. The API reference is at `/docs`.',
  },
  cursor_invalid: {
    status: 400,
    exit: 2,
    title: 'The cursor is not one of ours, or belongs to another list.',
    mend: 'Use `page.next` and `page.prev` as given, with the same filters and sort; else start without a cursor.',
  },
  body_invalid: {
    status: 400,
    exit: 2,
    title: 'The body is not what this resource takes.',
    mend: 'Each entry of `errors` names the field and what it allows. The API reference is at `/docs`.',
  },
  key_missing: {
    status: 401,
    exit: 1,
    title: 'Writing needs an API key.',
    mend: 'Send `Authorization: Bearer <key>`. `filmbase keys create` makes one.',
  },
  key_unknown: {
    status: 401,
    exit: 1,
    title: 'The API key is unknown or revoked.',
    mend: 'Create a new one with `filmbase keys create`.',
  },
  role_missing: {
    status: 403,
    exit: 1,
    title: 'The API key does not have the role that this needs.',
    mend: 'Use a key with the named role: `filmbase keys create --role <role>`.',
  },
  not_author: {
    status: 403,
    exit: 1,
    title: 'Someone else wrote this.',
    mend: 'Send the key that wrote it, its edit token, or a key with the role admin.',
  },
  foreign_form: {
    status: 403,
    exit: 1,
    title: 'A form came from another site.',
    mend: 'Send it from the page that shows it; programs send JSON to the addresses of the API.',
  },
  not_found: {
    status: 404,
    exit: 1,
    title: 'There is nothing at this address.',
    mend: 'The API reference at `/docs` lists every address.',
  },
  title_not_found: {
    status: 404,
    exit: 1,
    title: 'No title has this id.',
    mend: 'An id is a UUID of this installation or an IMDb id such as tt0133093. It may be of a kind that the settings leave out.',
  },
  person_not_found: {
    status: 404,
    exit: 1,
    title: 'No person has this id.',
    mend: 'The credits of a film, `GET /movies/{id}/credits`, have the ids of its people.',
  },
  company_not_found: {
    status: 404,
    exit: 1,
    title: 'No company has this id.',
    mend: '`GET /companies` lists them, and with `name` finds those of a name.',
  },
  collection_not_found: {
    status: 404,
    exit: 1,
    title: 'No collection has this id.',
    mend: 'A film that belongs to a collection has its id.',
  },
  comment_not_found: {
    status: 404,
    exit: 1,
    title: 'No comment has this id.',
    mend: 'It may have been deleted. `GET /movies/{id}/comments` lists those of a film.',
  },
  match_not_found: {
    status: 404,
    exit: 1,
    title: 'No match has this id.',
    mend: '`GET /matches` or `filmbase matches` lists those that are open. Any other id of a key that a source but imdb has for a title can be decided of, too.',
  },
  decision_invalid: {
    status: 422,
    exit: 2,
    title: 'The decision names no title, or one that cannot be meant.',
    mend: '`same` takes the id of one title; `different` those of any number, or none where it is of all that are listed.',
  },
  match_conflict: {
    status: 409,
    exit: 1,
    title: 'The title has another key of that source, or was itself decided to be the same.',
    mend: 'One title never holds two keys of one source: decide that the other is different first, and this once that is served.',
  },
  source_not_found: {
    status: 404,
    exit: 2,
    title: 'No source has this name.',
    mend: '`GET /sources` or `filmbase sources` lists them.',
  },
  run_not_found: {
    status: 404,
    exit: 2,
    title: 'No run has this name.',
    mend: '`filmbase runs` lists the runs.',
  },
  report_not_found: {
    status: 404,
    exit: 2,
    title: 'No report has this name.',
    mend: '`GET /reports` or `filmbase reports` lists them.',
  },
  title_gone: {
    status: 410,
    exit: 1,
    title: 'Every source has dropped this title.',
    mend: 'It comes back at the same address if a source lists it again.',
  },
  changes_gone: {
    status: 410,
    exit: 1,
    title: 'What changed then is kept no longer.',
    mend: 'Take the whole catalogue again, and follow from the number that `filmbase export` states, or from `since=latest`. `keep.changeDays` says how long changes are kept.',
  },
  method_not_allowed: {
    status: 405,
    exit: 2,
    title: 'This address does not take this method.',
    mend: 'The `Allow` header lists the methods that it takes.',
  },
  title_exists: {
    status: 409,
    exit: 1,
    title: 'A title with this IMDb id exists.',
    mend: 'The problem document links to it.',
  },
  request_in_flight: {
    status: 409,
    exit: 1,
    title: 'A request with this `Idempotency-Key` is under way.',
    mend: 'Send it again, with the same key, after the time in `Retry-After`.',
  },
  idempotency_mismatch: {
    status: 422,
    exit: 2,
    title: 'This `Idempotency-Key` was used for another request.',
    mend: 'Make a new key for each request; send the same key only with the same method, path and body.',
  },
  rate_limited: {
    status: 429,
    exit: 1,
    title: 'There were too many writes within a minute.',
    mend: 'Go on after the time in `Retry-After`. `limits` in filmbase.yaml says how many are allowed. Reading has no limit.',
  },
  precondition_failed: {
    status: 412,
    exit: 1,
    title: 'What `If-Match` names is not what is there now.',
    mend: 'Read it again, decide again, and send the `ETag` of that answer.',
  },
  body_too_large: {
    status: 413,
    exit: 2,
    title: 'The body is too large.',
    mend: 'Send at most the stated number of bytes.',
  },
  media_type_unsupported: {
    status: 415,
    exit: 2,
    title: 'The body has a media type that this resource does not take.',
    mend: 'Send JSON, with `Content-Type: application/json`.',
  },
  not_acceptable: {
    status: 406,
    exit: 2,
    title: 'This resource has no form that the request accepts.',
    mend: 'Accept `application/json`.',
  },
  internal: {
    status: 500,
    exit: 1,
    title: 'Something went wrong on our side.',
    mend: 'The log has the details under the request id.',
  },
  overloaded: {
    status: 503,
    exit: 1,
    title: 'The query took too long and was stopped.',
    mend: 'Try again after the time in `Retry-After`, or narrow the filters.',
  },
  not_ready: {
    status: 503,
    exit: 1,
    title: 'The catalogue is not ready to be served.',
    mend: 'Wait for the first load to end, or see `filmbase sources`.',
  },
  database_unreachable: {
    status: 503,
    exit: 1,
    title: 'The database cannot be reached.',
    mend: 'Check DATABASE_URL and that the server runs; `filmbase doctor` says more.',
  },
  schema_mismatch: {
    status: 503,
    exit: 1,
    title: "The database's schema is not one that this version knows.",
    mend: 'Run the version of Filmbase that made it, or a newer one.',
  },
  address_in_use: {
    status: 503,
    exit: 1,
    title: 'The address to listen on is taken.',
    mend: 'Choose another with --port or PORT, or stop the program that has it.',
  },
  data_locked: {
    status: 503,
    exit: 1,
    title: 'Another process holds the data folder.',
    mend: 'Wait for it to end, or stop it. A running `filmbase serve` takes verbs through its socket.',
  },
  data_mismatch: {
    status: 503,
    exit: 1,
    title: 'The data folder and the database do not belong together.',
    mend: 'Their id salts differ. Point FILMBASE_DATA and DATABASE_URL at the same installation, or restore its backup.',
  },
  version_missing: {
    status: 503,
    exit: 1,
    title: 'The lake does not hold the catalogue version that is served.',
    mend: 'Run this where the lake is, or `filmbase sync` to have a version merged here.',
  },
  backup_invalid: {
    status: 400,
    exit: 1,
    title: 'The file is no whole backup of Filmbase.',
    mend: 'Take another backup; this one was cut off or changed, or is of a format that this release does not know.',
  },
  backup_foreign: {
    status: 409,
    exit: 1,
    title: 'The backup is of another installation.',
    mend: 'Restore it with the data folder that it was made with, or into an empty data folder.',
  },
  backup_outdated: {
    status: 409,
    exit: 1,
    title: 'The backup is of another schema than the database.',
    mend: 'Restore it with the release that wrote it, then start the newer one, which brings the schema up to date.',
  },
  database_not_empty: {
    status: 409,
    exit: 1,
    title: 'The database is not empty.',
    mend: 'Restore into an empty database, or say `--force`, by which what is in it goes.',
  },
  version_not_found: {
    status: 404,
    exit: 1,
    title: 'The lake has no catalogue version of this number.',
    mend: '`filmbase lake files catalogue/title` lists those that it has; the setting `keep.versions` says how many are kept.',
  },
  version_outdated: {
    status: 409,
    exit: 1,
    title: 'The catalogue version was merged by another release of Filmbase, which lays it out otherwise.',
    mend: 'Serve it with the release that merged it, or merge anew with `filmbase sync`.',
  },
  source_not_configured: {
    status: 409,
    exit: 2,
    title: 'The settings do not say where to read this source.',
    mend: 'Set its address, key or sellers: `docs/settings.md` lists what each source takes.',
  },
  sync_running: {
    status: 409,
    exit: 1,
    title: 'Another sync is running.',
    mend: 'Wait for it to end; `filmbase sources` shows its state.',
  },
  answer_invalid: {
    status: 502,
    exit: 1,
    title: 'A provider answered what cannot be what it has.',
    mend: 'Look at the message and at the provider. What was read before is kept; the next run tries again.',
  },
  limit_reached: {
    status: 503,
    exit: 1,
    title: 'The provider answers no more requests today, or the settings allow none.',
    mend: 'What came is kept, and the next run goes on. A larger plan of the provider and `perDay` in the settings raise the limit.',
  },
  sellers_failed: {
    status: 502,
    exit: 1,
    title: 'Some sellers did not answer.',
    mend: 'Their last prices stay and are marked stale. `filmbase prices` and `GET /offers` name who failed.',
  },
  run_timeout: {
    status: 504,
    exit: 1,
    title: 'A run took too long and was cut off.',
    mend: 'What was served before stays; the next run tries again. See what the provider was doing in `filmbase runs`.',
  },
  source_unreachable: {
    status: 502,
    exit: 1,
    title: 'The source could not be read.',
    mend: 'Check the address and the network; a broken transfer is resumed by the next sync.',
  },
  file_missing: {
    status: 502,
    exit: 1,
    title: 'A file that this needs is not there.',
    mend: 'Check the place given to --from and the file names in it.',
  },
  file_truncated: {
    status: 502,
    exit: 1,
    title: 'A file ends before its end.',
    mend: 'Fetch it again: the transfer was cut off.',
  },
  file_corrupt: {
    status: 502,
    exit: 1,
    title: 'A compressed file is damaged.',
    mend: 'Fetch it again.',
  },
  file_empty: {
    status: 502,
    exit: 1,
    title: 'A file that should have rows has none.',
    mend: 'Check what the provider sent; the served catalogue is as it was.',
  },
  file_not_csv: {
    status: 502,
    exit: 1,
    title: 'A file that should be CSV is something else.',
    mend: 'Look into it: a server that wants a login often sends a page in its place. Fetch the file again.',
  },
  record_too_long: {
    status: 502,
    exit: 1,
    title: 'A file has a record that is longer than any can be.',
    mend: 'Look at the named line: a quote was left open, or it is not the right file.',
  },
  archive_invalid: {
    status: 502,
    exit: 1,
    title: 'A zip archive cannot be read.',
    mend: 'Fetch it again; if it stays so, unpack it yourself and give the folder.',
  },
  columns_missing: {
    status: 502,
    exit: 1,
    title: 'A file lacks columns that its source declares.',
    mend: 'Check that it is the right file; if the provider changed its format, the source must learn it.',
  },
  rejects_too_many: {
    status: 502,
    exit: 1,
    title: 'Too large a share of the records could not be understood.',
    mend: '`filmbase runs <run> --rejects` shows them. The served catalogue is as it was.',
  },
  count_mismatch: {
    status: 500,
    exit: 1,
    title: 'The counts of a run do not add up.',
    mend: 'This is a fault of ours: read must equal claimed + unchanged + outside + rejected. Please report it with the manifest.',
  },
  tables_held: {
    status: 503,
    exit: 1,
    title: 'The served tables could not be locked for the swap.',
    mend: 'A long transaction reads them, such as a dump of the database: see pg_stat_activity, and sync again after it.',
  },
  shrink_refused: {
    status: 409,
    exit: 1,
    title: 'The new catalogue would lose too many titles, so it was not published.',
    mend: 'If that is right, run the sync again with --allow-shrink.',
  },
  cancelled: {
    status: 503,
    exit: 1,
    title: 'The work was stopped before its end.',
    mend: 'Run it again: it goes on from what is whole.',
  },
} as const satisfies Record<string, ErrorEntry>;

export type ErrorCode = keyof typeof ERRORS;

/** One field that was wrong, as problem documents list it. */
export interface FieldError {
  /** Where: a query parameter, a path parameter, a header, or the dotted path within a body. */
  readonly field: string;
  /** What is wrong and what is allowed. */
  readonly message: string;
}

/** An error with a code from the table; `message` names the thing and says what is wrong with it. */
export class FilmbaseError extends Error {
  readonly code: ErrorCode;
  readonly fields: readonly FieldError[];
  /** Extra members of the problem document, such as the link to a title that exists. */
  readonly extra: Readonly<Record<string, unknown>>;

  constructor(
    code: ErrorCode,
    message: string,
    options: { cause?: unknown; fields?: readonly FieldError[]; extra?: Record<string, unknown> } = {},
  ) {
    super(message, options.cause === undefined ? {} : { cause: options.cause });
    this.name = 'FilmbaseError';
    this.code = code;
    this.fields = options.fields ?? [];
    this.extra = options.extra ?? {};
  }

  /** `code: message` and the way out, as the command line prints it. */
  describe(): string {
    return `${this.code}: ${this.message} ${ERRORS[this.code].mend}`;
  }
}
