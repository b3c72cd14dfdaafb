import { crewCategory } from './crew-categories.ts';
import type { Dict, FieldReader } from './field-reader.ts';

/** A person's work on a film. */
export interface CreditEntry {
  readonly person_key: string;
  readonly name: string | null;
  readonly category: string;
  /** Within the cast, or within the crew, from 1. */
  readonly ordering: number;
  readonly department: string | null;
  readonly job: string | null;
  /** A JSON array of names, as text. */
  readonly characters: string | null;
}

/** TMDB's number for a woman: https://developer.themoviedb.org/reference/person-details */
const WOMAN = 1;

/** Who took part in a film, as a record of credits.csv says it. A person stands as often as the record names them. */
export function readCredits(fields: FieldReader) {
  const cast = inOrder(fields.dicts('cast')).map((entry, at) => readCast(fields, entry, at + 1));
  const crew = fields.dicts('crew').map((entry, at) => readCrew(fields, entry, at + 1));
  return { title_key: fields.key('id'), credits: [...cast, ...crew] };
}

/** By their `order`; those without one last, as they come. */
function inOrder(cast: readonly Dict[]): Dict[] {
  const place = (entry: Dict) => {
    const order = entry.get('order');
    return typeof order === 'number' ? order : Number.MAX_VALUE;
  };
  return [...cast].sort((a, b) => place(a) - place(b));
}

function readCast(fields: FieldReader, entry: Dict, ordering: number): CreditEntry {
  return {
    person_key: fields.entryKey('cast', entry, 'id'),
    name: fields.entryText('cast', entry, 'name'),
    category: entry.get('gender') === WOMAN ? 'actress' : 'actor',
    ordering,
    department: null,
    job: null,
    characters: charactersOf(fields.entryText('cast', entry, 'character')),
  };
}

function readCrew(fields: FieldReader, entry: Dict, ordering: number): CreditEntry {
  const job = fields.entryText('crew', entry, 'job');
  return {
    person_key: fields.entryKey('crew', entry, 'id'),
    name: fields.entryText('crew', entry, 'name'),
    category: crewCategory(job),
    ordering,
    department: fields.entryText('crew', entry, 'department'),
    job,
    characters: null,
  };
}

/** "Maya / The Nurse" is two. */
function charactersOf(text: string | null): string | null {
  const names = (text ?? '').split(' / ').flatMap((name) => (name.trim() === '' ? [] : [name.trim()]));
  return names.length === 0 ? null : JSON.stringify(names);
}
