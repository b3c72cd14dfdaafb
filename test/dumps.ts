import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

/** A title of a dump in IMDb's layout. */
export interface DumpTitle {
  readonly kind: string;
  readonly title: string;
  readonly originalTitle: string;
  readonly isAdult: boolean;
  readonly year: number | null;
  readonly endYear: number | null;
  readonly runtimeMinutes: number | null;
  readonly genres: readonly string[];
  /** 0 to 10, one decimal; null: the title has no line among the ratings. */
  readonly rating: number | null;
  readonly votes: number;
}

const BASICS =
  'tconst\ttitleType\tprimaryTitle\toriginalTitle\tisAdult\tstartYear\tendYear\truntimeMinutes\tgenres';
const RATINGS = 'tconst\taverageRating\tnumVotes';
const EPISODES = 'tconst\tparentTconst\tseasonNumber\tepisodeNumber';

const GENRES = ['Action', 'Comedy', 'Drama', 'Horror', 'Musical', 'Sci-Fi', 'War'];

/** The IMDb id of the generated film with this number. */
export function filmId(number: number): string {
  return `tt${String(1_000_000 + number)}`;
}

/** An empty dump, to be filled: `dump().films(100).title('tt0000007', { title: 'Seven' }).write(folder)`. */
export function dump(): Dump {
  return new Dump({ titles: new Map(), ratingLines: [], episodeLines: [] });
}

interface DumpContent {
  readonly titles: ReadonlyMap<string, DumpTitle>;
  /** Beside the ratings of titles. */
  readonly ratingLines: readonly string[];
  readonly episodeLines: readonly string[];
}

/** What IMDb would publish. Each method gives another dump and leaves this one as it is. */
export class Dump {
  readonly #content: DumpContent;

  constructor(content: DumpContent) {
    this.#content = content;
  }

  get ids(): string[] {
    return [...this.#content.titles.keys()];
  }

  /** Adds films of every sort, numbered from 1: with and without year, runtime, genres, rating; ties among them. */
  films(count: number, more: (number: number) => Partial<DumpTitle> = () => ({})): Dump {
    const added = Array.from({ length: count }, (_, at): [string, DumpTitle] => [
      filmId(at + 1),
      { ...generatedFilm(at + 1), ...more(at + 1) },
    ]);
    return this.#with({ titles: new Map([...this.#content.titles, ...added]) });
  }

  /** Adds the title, or changes these fields of it. */
  title(id: string, fields: Partial<DumpTitle>): Dump {
    const { titles } = this.#content;
    const before = titles.get(id) ?? plainFilm(id);
    return this.#with({ titles: new Map([...titles, [id, { ...before, ...fields }]]) });
  }

  without(...ids: readonly string[]): Dump {
    const left = [...this.#content.titles].filter(([id]) => !ids.includes(id));
    return this.#with({ titles: new Map(left) });
  }

  /** Adds a rating of a title that the dump may not have. */
  rating(id: string, rating: number, votes: number): Dump {
    const line = `${id}\t${rating.toFixed(1)}\t${votes}`;
    return this.#with({ ratingLines: [...this.#content.ratingLines, line] });
  }

  /** Adds where an episode stands, which the dump may not have, nor its series. */
  episode(id: string, series: string, season: number | null, number: number | null): Dump {
    const line = [id, series, season ?? '\\N', number ?? '\\N'].join('\t');
    return this.#with({ episodeLines: [...this.#content.episodeLines, line] });
  }

  #with(content: Partial<DumpContent>): Dump {
    return new Dump({ ...this.#content, ...content });
  }

  get basics(): string {
    return linesOf([BASICS, ...[...this.#content.titles].map(([id, title]) => basicsLine(id, title))]);
  }

  get ratings(): string {
    const rated = [...this.#content.titles].flatMap(([id, { rating, votes }]) =>
      rating === null ? [] : [`${id}\t${rating.toFixed(1)}\t${votes}`],
    );
    return linesOf([RATINGS, ...rated, ...this.#content.ratingLines]);
  }

  get episodes(): string {
    return linesOf([EPISODES, ...this.#content.episodeLines]);
  }

  /** Writes the files into `folder`, which is made, and gives it back; that of episodes if the dump has any. */
  write(folder: string): string {
    return writeFiles(folder, {
      'title.basics.tsv.gz': this.basics,
      'title.ratings.tsv.gz': this.ratings,
      ...(this.#content.episodeLines.length > 0 ? { 'title.episode.tsv.gz': this.episodes } : {}),
    });
  }
}

/** Writes a folder of files as given, for dumps that are not as they should be; names in `.gz` are compressed. */
export function writeFiles(folder: string, files: Readonly<Record<string, string | Buffer>>): string {
  mkdirSync(folder, { recursive: true });
  for (const [name, content] of Object.entries(files)) {
    const packed = name.endsWith('.gz') && typeof content === 'string' ? gzipSync(content) : content;
    writeFileSync(join(folder, name), packed);
  }
  return folder;
}

function generatedFilm(number: number): DumpTitle {
  const title = number % 11 === 0 ? `"Été" n° ${number}, la suite` : `Film ${number}`;
  return {
    kind: 'movie',
    title,
    originalTitle: number % 13 === 0 ? `Фильм ${number}` : title,
    isAdult: number % 17 === 0,
    year: number % 9 === 0 ? null : 1920 + (number % 100),
    endYear: null,
    runtimeMinutes: number % 7 === 0 ? null : 60 + (number % 90),
    genres: GENRES.filter((_, at) => (number + at) % 4 === 0),
    rating: number % 5 === 0 ? null : (10 + (number % 90)) / 10,
    votes: 5 + ((number * 7919) % 100_000),
  };
}

function plainFilm(id: string): DumpTitle {
  const title = `Film ${id}`;
  return {
    kind: 'movie',
    title,
    originalTitle: title,
    isAdult: false,
    year: 2000,
    endYear: null,
    runtimeMinutes: 100,
    genres: ['Drama'],
    rating: null,
    votes: 5,
  };
}

function basicsLine(id: string, title: DumpTitle): string {
  const { kind, isAdult, year, endYear, runtimeMinutes, genres } = title;
  return [
    id,
    kind,
    title.title,
    title.originalTitle,
    isAdult ? '1' : '0',
    year ?? '\\N',
    endYear ?? '\\N',
    runtimeMinutes ?? '\\N',
    genres.length === 0 ? '\\N' : genres.join(','),
  ].join('\t');
}

function linesOf(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join('');
}
