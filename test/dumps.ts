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

const GENRES = ['Action', 'Comedy', 'Drama', 'Horror', 'Musical', 'Sci-Fi', 'War'];

/** The IMDb id of the generated film with this number. */
export function filmId(number: number): string {
  return `tt${String(1_000_000 + number)}`;
}

/** An empty dump, to be filled: `dump().films(100).title('tt0000007', { title: 'Seven' }).write(folder)`. */
export function dump(): Dump {
  return new Dump(new Map(), []);
}

/** What IMDb would publish. Each method gives another dump and leaves this one as it is. */
export class Dump {
  readonly #titles: ReadonlyMap<string, DumpTitle>;
  readonly #ratingLines: readonly string[];

  constructor(titles: ReadonlyMap<string, DumpTitle>, ratingLines: readonly string[]) {
    this.#titles = titles;
    this.#ratingLines = ratingLines;
  }

  get ids(): string[] {
    return [...this.#titles.keys()];
  }

  /** Adds films of every sort, numbered from 1: with and without year, runtime, genres, rating; ties among them. */
  films(count: number, more: (number: number) => Partial<DumpTitle> = () => ({})): Dump {
    const added = Array.from({ length: count }, (_, at): [string, DumpTitle] => [
      filmId(at + 1),
      { ...generatedFilm(at + 1), ...more(at + 1) },
    ]);
    return new Dump(new Map([...this.#titles, ...added]), this.#ratingLines);
  }

  /** Adds the title, or changes these fields of it. */
  title(id: string, fields: Partial<DumpTitle>): Dump {
    const before = this.#titles.get(id) ?? plainFilm(id);
    return new Dump(new Map([...this.#titles, [id, { ...before, ...fields }]]), this.#ratingLines);
  }

  without(...ids: readonly string[]): Dump {
    const left = [...this.#titles].filter(([id]) => !ids.includes(id));
    return new Dump(new Map(left), this.#ratingLines);
  }

  /** Adds a rating of a title that the dump may not have. */
  rating(id: string, rating: number, votes: number): Dump {
    return new Dump(this.#titles, [...this.#ratingLines, `${id}\t${rating.toFixed(1)}\t${votes}`]);
  }

  get basics(): string {
    return linesOf([BASICS, ...[...this.#titles].map(([id, title]) => basicsLine(id, title))]);
  }

  get ratings(): string {
    const rated = [...this.#titles].flatMap(([id, { rating, votes }]) =>
      rating === null ? [] : [`${id}\t${rating.toFixed(1)}\t${votes}`],
    );
    return linesOf([RATINGS, ...rated, ...this.#ratingLines]);
  }

  /** Writes the files into `folder`, which is made, and gives it back. */
  write(folder: string): string {
    return writeFiles(folder, { 'title.basics.tsv.gz': this.basics, 'title.ratings.tsv.gz': this.ratings });
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
