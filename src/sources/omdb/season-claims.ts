import { parseImdbId } from '../../model/title-key.ts';
import type { ImdbId } from '../../model/title-key.ts';
import { FieldReader } from './field-reader.ts';
import { parameterOf } from './omdb-request.ts';
import type { ClaimRow } from './title-claims.ts';

/** A line of a season's list. */
export interface SeasonLine {
  readonly key: ImdbId;
  readonly episodeNumber: number | null;
  /** What the line says of the episode, where that has no document of its own. */
  readonly title: ClaimRow;
  readonly rating: ClaimRow | null;
}

/** The list of a season's episodes. */
export interface SeasonClaims {
  /** Null where the request asked by title. */
  readonly seriesKey: string | null;
  readonly seriesName: string | null;
  readonly season: number | null;
  /** Without lines that have no id or no title: what they mean cannot be told. */
  readonly lines: readonly SeasonLine[];
}

/** The claims of a season's list; null where `fields` has a fault. */
export function readSeason(fields: FieldReader, request: string): SeasonClaims | null {
  const seriesKey = parseImdbId(parameterOf(request, 'i') ?? '');
  const seriesName = fields.text('Title');
  const season = fields.wholeNumber('Season');
  const lines: SeasonLine[] = [];
  for (const entry of fields.objects('Episodes')) {
    const reader = new FieldReader(entry);
    const line = readLine(reader);
    if (reader.fault !== null) fields.refuse(reader.fault.reason, `Episodes: ${reader.fault.detail}`);
    if (line !== null) lines.push(line);
  }
  return fields.fault === null ? { seriesKey, seriesName, season, lines } : null;
}

function readLine(fields: FieldReader): SeasonLine | null {
  const key = fields.imdbId('imdbID');
  const name = fields.text('Title');
  const released = fields.date('Released');
  const rating = fields.decimal('imdbRating', 10);
  const episodeNumber = fields.wholeNumber('Episode');
  if (key === null || name === null) return null;
  return {
    key,
    episodeNumber,
    title: {
      title_key: key,
      imdb_id: key,
      kind: 'tvEpisode',
      title: name,
      year: released === null ? null : Number(released.slice(0, 4)),
      release_date: released,
    },
    rating: rating === null ? null : { title_key: key, system: 'imdb', rating, votes: null },
  };
}
