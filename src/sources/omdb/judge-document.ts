import { FieldReader } from './field-reader.ts';
import type { Fault } from '../../model/fault.ts';
import { parseObject } from './omdb-document.ts';
import type { OmdbDocument } from './omdb-document.ts';
import { providerErrorOf } from './provider-error.ts';
import { readSeason } from './season-claims.ts';
import type { SeasonClaims } from './season-claims.ts';
import { readTitle } from './title-claims.ts';
import type { TitleClaims } from './title-claims.ts';

/** What a document comes to. */
export type Verdict =
  | { readonly is: 'title'; readonly claims: TitleClaims }
  | { readonly is: 'season'; readonly claims: SeasonClaims }
  /** OMDb says that it has no such thing. */
  | { readonly is: 'nothing' }
  /** Another error, or the result of a search. */
  | { readonly is: 'outside' }
  | { readonly is: 'rejected'; readonly fault: Fault };

/** Whatever the document holds, it is one of these; null is a line that is no document. */
export function judgeDocument(document: OmdbDocument | null): Verdict {
  if (document === null) return rejected('line_invalid', 'the line is no document');
  const answer = parseObject(document.text);
  if (answer === undefined) return rejected('json_invalid', 'the answer is no JSON object');
  const error = providerErrorOf(document.text);
  if (error !== null) return { is: error === 'unknown' ? 'nothing' : 'outside' };
  if (Array.isArray(answer.Search)) return { is: 'outside' };
  const fields = new FieldReader(answer);
  if (Array.isArray(answer.Episodes)) {
    const claims = readSeason(fields, document.request);
    return claims === null ? faulty(fields) : { is: 'season', claims };
  }
  const claims = readTitle(fields);
  return claims === null ? faulty(fields) : { is: 'title', claims };
}

function faulty({ fault }: FieldReader): Verdict {
  if (fault === null) throw new Error('A document that gives no claims has no fault.');
  return { is: 'rejected', fault };
}

function rejected(reason: string, detail: string): Verdict {
  return { is: 'rejected', fault: { reason, detail } };
}
