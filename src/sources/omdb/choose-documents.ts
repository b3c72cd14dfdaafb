import type { Verdict } from './judge-document.ts';
import type { OmdbDocument } from './omdb-document.ts';

/** Where a document stands in raw. */
export interface Place {
  readonly file: string;
  readonly line: number;
}

/** Which of all documents speak. */
export interface Chosen {
  readonly speaks: (place: Place) => boolean;
  /** Titles that a document of their own describes. */
  readonly hasDocument: (key: string) => boolean;
  /** Those of them whose document names the series that they belong to. */
  readonly hasSeries: (key: string) => boolean;
  /** The series of this name, if only one has it. */
  readonly seriesOf: (name: string | null) => string | null;
}

interface Candidate {
  readonly place: string;
  readonly requestedAt: number;
  /** What it is about; null: of what is not there. */
  readonly about: string | null;
  readonly title: { readonly key: string; readonly series: string | null; readonly named: boolean } | null;
}

/**
 * Finds the documents that speak. Of the documents of one request the latest does, and of those about one title or one
 * season again the latest; one that could not be understood, or says only that OMDb failed, takes nobody's place.
 */
export class DocumentChoice {
  readonly #ofRequest = new Map<string, Candidate>();

  add(document: OmdbDocument | null, place: Place, verdict: Verdict): void {
    if (document === null) return;
    const candidate = candidateOf(document, place, verdict);
    if (candidate !== null) keepLatest(this.#ofRequest, document.request, candidate);
  }

  choose(): Chosen {
    const ofThing = new Map<string, Candidate>();
    for (const candidate of this.#ofRequest.values())
      if (candidate.about !== null) keepLatest(ofThing, candidate.about, candidate);
    const chosen = [...ofThing.values()];
    const places = new Set(chosen.map(({ place }) => place));
    const titles = chosen.flatMap(({ title }) => title ?? []);
    const keys = new Set(titles.map(({ key }) => key));
    const named = new Set(titles.filter((title) => title.named).map(({ key }) => key));
    const series = seriesByName(titles);
    return {
      speaks: (place) => places.has(textOf(place)),
      hasDocument: (key) => keys.has(key),
      hasSeries: (key) => named.has(key),
      seriesOf: (name) => series.get(name?.toLowerCase() ?? '') ?? null,
    };
  }
}

function candidateOf({ request, requestedAt }: OmdbDocument, at: Place, verdict: Verdict): Candidate | null {
  const known = { place: textOf(at), requestedAt: Date.parse(requestedAt) };
  switch (verdict.is) {
    case 'title': {
      const { key, isSeries, name, episode } = verdict.claims;
      const title = { key, series: isSeries ? name : null, named: episode !== null };
      return { ...known, about: key, title };
    }
    case 'season': {
      const { seriesKey, season } = verdict.claims;
      const about = seriesKey === null || season === null ? request : `${seriesKey} ${season}`;
      return { ...known, about, title: null };
    }
    case 'nothing':
      return { ...known, about: null, title: null };
    default:
      return null;
  }
}

function keepLatest(map: Map<string, Candidate>, key: string, candidate: Candidate): void {
  const other = map.get(key);
  if (other === undefined || other.requestedAt <= candidate.requestedAt) map.set(key, candidate);
}

function textOf({ file, line }: Place): string {
  return `${file}:${line}`;
}

/** Lower-case name → key; null where several series have it. */
function seriesByName(
  titles: readonly { readonly key: string; readonly series: string | null }[],
): ReadonlyMap<string, string | null> {
  const byName = new Map<string, string | null>();
  for (const { key, series } of titles) {
    const name = series?.toLowerCase();
    if (name !== undefined) byName.set(name, byName.has(name) ? null : key);
  }
  return byName;
}
