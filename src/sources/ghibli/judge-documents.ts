import { isDeep } from '../../lib/is-deep.ts';
import { firstCharacters } from '../../lib/shown-text.ts';
import type { FileCounts } from '../../model/source.ts';
import type { RawDocument } from './documents.ts';
import { readFilm } from './film-record.ts';
import type { FilmRecord } from './film-record.ts';
import { readPerson } from './person-record.ts';
import type { PersonRecord } from './person-record.ts';
import { RecordReader } from './record-reader.ts';
import type { Fault } from '../../model/fault.ts';

/** Characters of a record that are kept for rejects. */
const RAW_CHARACTERS = 2_000;

export interface Reject extends Fault {
  readonly file: string;
  /** Its place among the records of its list in the file, from 1. */
  readonly line: number;
  readonly raw: string;
}

/** What becomes of each record. */
export interface Judged {
  readonly films: readonly FilmRecord[];
  /** Of people whose every film a limit leaves out, none. */
  readonly people: readonly PersonRecord[];
  readonly rejects: readonly Reject[];
  readonly rejectedFilms: number;
  /** References of people that name no film. */
  readonly dangling: number;
  readonly counts: readonly FileCounts[];
}

/** Of several records of one id the first that is good counts. With `limit`, so many films count, and their people. */
export function judgeDocuments(documents: readonly RawDocument[], limit: number | null): Judged {
  const filmList = new Keyed<FilmRecord>(readFilm);
  const personList = new Keyed<PersonRecord>(readPerson);
  for (const { file, films, people } of documents) {
    filmList.take(file, films);
    personList.take(file, people);
  }
  const films = filmList.good.slice(0, limit ?? undefined);
  const beyond = new Set(filmList.good.slice(films.length).map(({ record }) => record.key));
  const people = personList.good
    .map((one) => ({ ...one, record: within(one.record, beyond) }))
    .filter(({ record }, at) => limit === null || record.films.length > 0 || !hadFilms(personList, at));
  const claimed = [...films, ...people];
  const rejects = [...filmList.rejects, ...personList.rejects];
  return {
    films: films.map(({ record }) => record),
    people: people.map(({ record }) => record),
    rejects,
    rejectedFilms: filmList.rejects.length,
    dangling: people.reduce((sum, { record }) => sum + record.dangling, 0),
    counts: documents.map((document) => countsOf(document, claimed, rejects)),
  };
}

function within(person: PersonRecord, beyond: ReadonlySet<string>): PersonRecord {
  return { ...person, films: person.films.filter((key) => !beyond.has(key)) };
}

function hadFilms({ good }: Keyed<PersonRecord>, at: number): boolean {
  return (good[at]?.record.films.length ?? 0) > 0;
}

interface Placed<T> {
  readonly file: string;
  readonly record: T;
}

/** Records by their keys, as they come. */
class Keyed<T extends { readonly key: string }> {
  readonly good: Placed<T>[] = [];
  readonly rejects: Reject[] = [];
  readonly #keys = new Set<string>();
  readonly #read: (fields: RecordReader) => T;

  constructor(read: (fields: RecordReader) => T) {
    this.#read = read;
  }

  take(file: string, records: readonly unknown[]): void {
    for (const [at, raw] of records.entries()) {
      const fields = new RecordReader(raw);
      const record = this.#read(fields);
      const fault = fields.fault ?? this.#repeated(record.key);
      if (fault === null) {
        this.#keys.add(record.key);
        this.good.push({ file, record });
      } else {
        this.rejects.push({ file, line: at + 1, ...fault, raw: shown(raw) });
      }
    }
  }

  #repeated(key: string): Fault | null {
    return this.#keys.has(key)
      ? { reason: 'duplicate_key', detail: `id is '${key}' in an earlier record too` }
      : null;
  }
}

/** As JSON, which writes half a character and NUL as escapes. */
function shown(record: unknown): string {
  if (isDeep(record)) return '(nested too deeply to be shown)';
  return firstCharacters(JSON.stringify(record), RAW_CHARACTERS);
}

function countsOf(
  { file, films, people, others }: RawDocument,
  claimed: readonly Placed<unknown>[],
  rejects: readonly Reject[],
): FileCounts {
  const here = rejects.filter((reject) => reject.file === file);
  const reasons: Record<string, number> = {};
  for (const { reason } of here) reasons[reason] = (reasons[reason] ?? 0) + 1;
  const read = films.length + people.length + others;
  const taken = claimed.filter((one) => one.file === file).length;
  const outside = read - taken - here.length;
  return { file, read, claimed: taken, unchanged: 0, outside, rejected: here.length, reasons };
}
