import { FilmbaseError } from '../../model/errors.ts';
import type { DocumentFile, DocumentRequest } from '../../model/source.ts';
import { DocumentChoice } from './choose-documents.ts';
import { judgeDocument } from './judge-document.ts';
import { readDocuments } from './known-documents.ts';
import { parseObject } from './omdb-document.ts';
import type { SeasonClaims } from './season-claims.ts';
import type { TitleClaims } from './title-claims.ts';

/** An answer that speaks of a title, as it came. */
interface Answer<T> {
  readonly claims: T;
  readonly text: string;
}

interface Answers {
  readonly titles: ReadonlyMap<string, Answer<TitleClaims>>;
  readonly seasons: readonly Answer<SeasonClaims>[];
}

/**
 * The documents of the series that `about` names by title or IMDb id: `titledata.json`, `seasondata-<n>.json`,
 * `episodedata-<id>.json`, each as OMDb gave it; and `alldata.json`: the title with `Seasons`, each with its `Episodes`
 * in full, or as the season lists them where they have no document. Errors: `usage_invalid`, those of `readDocuments`.
 */
export async function seriesFiles({ about, files, rawFolder }: DocumentRequest): Promise<DocumentFile[]> {
  const { titles, seasons } = await readAnswers(
    rawFolder,
    files.map(({ name }) => name),
  );
  const series = [...titles.values()].filter(({ claims }) => claims.isSeries);
  const asked = about.toLowerCase();
  const found = series.filter(({ claims: { key, name } }) => key === asked || name.toLowerCase() === asked);
  const [one] = found;
  if (one === undefined || found.length > 1) throw notOne(about, series, found.length);
  const lists = seasons
    .filter(({ claims }) => claims.seriesKey === one.claims.key)
    .sort((a, b) => (a.claims.season ?? 0) - (b.claims.season ?? 0));
  const episodes = [...titles.values()].filter(({ claims }) => claims.episode?.series_key === one.claims.key);
  const all = {
    ...parseObject(one.text),
    Seasons: lists.map(({ claims, text }) => ({
      ...parseObject(text),
      Episodes: episodesOf(claims, text, episodes),
    })),
  };
  return [
    { name: 'titledata.json', text: one.text },
    ...lists.map(({ claims, text }) => ({ name: `seasondata-${claims.season ?? 0}.json`, text })),
    ...episodes.map(({ claims, text }) => ({ name: `episodedata-${claims.key}.json`, text })),
    { name: 'alldata.json', text: JSON.stringify(all, null, 2) },
  ];
}

async function readAnswers(folder: string, names: readonly string[]): Promise<Answers> {
  const choice = new DocumentChoice();
  for await (const { file, line, document } of readDocuments(folder, names))
    choice.add(document, { file, line }, judgeDocument(document));
  const chosen = choice.choose();
  const titles = new Map<string, Answer<TitleClaims>>();
  const seasons: Answer<SeasonClaims>[] = [];
  for await (const { file, line, document } of readDocuments(folder, names)) {
    if (document === null || !chosen.speaks({ file, line })) continue;
    const verdict = judgeDocument(document);
    const { text } = document;
    if (verdict.is === 'season') {
      const seriesKey = verdict.claims.seriesKey ?? chosen.seriesOf(verdict.claims.seriesName);
      seasons.push({ claims: { ...verdict.claims, seriesKey }, text });
    }
    // Of films nothing is needed, and there are many.
    if (verdict.is === 'title' && (verdict.claims.isSeries || verdict.claims.episode !== null))
      titles.set(verdict.claims.key, { claims: verdict.claims, text });
  }
  return { titles, seasons };
}

/** In the order of their numbers; those that the list leaves out too. */
function episodesOf(
  { season }: SeasonClaims,
  text: string,
  episodes: readonly Answer<TitleClaims>[],
): unknown[] {
  const own = episodes.filter(({ claims }) => claims.episode?.season_number === season);
  const keys = new Set<unknown>(own.map(({ claims }) => claims.key));
  const lines = parseObject(text)?.Episodes;
  const listed = (Array.isArray(lines) ? (lines as { imdbID?: unknown; Episode?: unknown }[]) : []).filter(
    ({ imdbID }) => !keys.has(imdbID),
  );
  const full = own.map(({ claims, text: whole }) => ({
    number: Number(claims.episode?.episode_number ?? 0),
    whole: parseObject(whole),
  }));
  return [...full, ...listed.map((line) => ({ number: Number(line.Episode), whole: line }))]
    .sort((a, b) => a.number - b.number)
    .map(({ whole }) => whole);
}

function notOne(about: string, series: readonly Answer<TitleClaims>[], found: number): FilmbaseError {
  const known = series.map(({ claims: { name, key } }) => `${name} (${key})`).join(', ') || 'none';
  const what = found > 1 ? 'are several series: give the IMDb id' : 'is no series that was read';
  return new FilmbaseError('usage_invalid', `--series: '${about}' ${what}. There are: ${known}.`);
}
