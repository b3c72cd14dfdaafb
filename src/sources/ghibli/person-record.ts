import { LINE_MOST } from './film-record.ts';
import type { RecordReader } from './record-reader.ts';

export type PersonRecord = ReturnType<typeof readPerson>;

/** One of a story's people as a record of `/people` says it. Only `films` says whose they are. */
export function readPerson(fields: RecordReader) {
  const references = fields.texts('films');
  const films = references.flatMap((reference) => filmKey(reference) ?? []);
  return {
    key: fields.key('id'),
    name: fields.name('name', 'name_missing', LINE_MOST),
    /** Keys of films, each once. */
    films: [...new Set(films)],
    /** References that name no film, such as `TODO`. */
    dangling: references.length - films.length,
  };
}

const REFERENCE = /\/films\/([\w.-]{1,100})\/*$/;

/** The key that a reference such as `https://host/films/<id>/` names; null if it names none. */
export function filmKey(reference: string): string | null {
  return REFERENCE.exec(reference)?.[1] ?? null;
}
