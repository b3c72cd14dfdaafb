import { DuckDBInstance } from '@duckdb/node-api';
import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

import { literal } from '../src/model/lake-engine.ts';

/** What a dump is made of; the same request always gives the same dump. */
export interface MoviesDatasetRequest {
  readonly folder: string;
  /** The dataset has about 45,000. */
  readonly films: number;
  /** Users who rate; the dataset has about 270,000, and 26 million ratings of theirs. */
  readonly users: number;
}

const MOST_PLACES = 26;
const GENRES = ['Action', 'Comedy', 'Drama', 'Horror', 'Romance', 'Thriller', 'Western'];
const JOBS = ['Director', 'Screenplay', 'Producer', 'Editor', 'Original Music Composer', 'Casting', 'Gaffer'];
const SYLLABLES = ['ka', 'lo', 'mer', 'ta', 'vin', 'os', 'del', 'ri', 'an', 'sho'];

/**
 * Writes all five files in the layout of The Movies Dataset, with its proportions: of each film about 4 KB of credits,
 * of each user about 97 ratings.
 */
export async function generateMoviesDataset({ folder, films, users }: MoviesDatasetRequest): Promise<void> {
  await mkdir(folder, { recursive: true });
  await write(folder, 'movies_metadata.csv', METADATA_HEADER, films, metadataLine);
  await write(folder, 'credits.csv', 'cast,crew,id', films, creditsLine);
  await write(folder, 'keywords.csv', 'id,keywords', films, keywordsLine);
  await write(folder, 'links.csv', 'movieId,imdbId,tmdbId', films, linksLine);
  await writeRatings(folder, films, users);
}

const METADATA_HEADER =
  'adult,belongs_to_collection,budget,genres,homepage,id,imdb_id,original_language,original_title,overview,popularity,poster_path,production_companies,production_countries,release_date,revenue,runtime,spoken_languages,status,tagline,title,video,vote_average,vote_count';

async function write(
  folder: string,
  name: string,
  header: string,
  films: number,
  line: (film: number, draw: Draw) => string,
): Promise<void> {
  const lines = function* () {
    yield `${header}\n`;
    for (let film = 1; film <= films; film++) yield `${line(film, drawFrom(film))}\n`;
  };
  await pipeline(Readable.from(blocks(lines())), createWriteStream(join(folder, name)));
}

/** Lines joined to pieces that are worth a write. */
function* blocks(lines: Iterable<string>): Generator<string> {
  let block = '';
  for (const line of lines) {
    block += line;
    if (block.length < 1 << 20) continue;
    yield block;
    block = '';
  }
  yield block;
}

/** A whole number from 0 to below `size`. */
type Draw = (size: number) => number;

/** A linear congruential generator; its high bits are even enough for a bench. */
function drawFrom(seed: number): Draw {
  let state = (seed * 2_654_435_761) % 4_294_967_296;
  return (size) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 4_294_967_296) * size);
  };
}

function metadataLine(film: number, draw: Draw): string {
  const title = words(draw, 3);
  const many = (most: number, item: () => string) => list(Array.from({ length: 1 + draw(most) }, item));
  const year = 1920 + draw(98);
  return [
    'False',
    draw(10) === 0
      ? quoted(`{'id': ${draw(500)}, 'name': '${words(draw, 2)} Collection', 'poster_path': None}`)
      : '',
    draw(2) * draw(100_000_000),
    quoted(many(3, () => `{'id': ${draw(20)}, 'name': '${pick(draw, GENRES)}'}`)),
    '',
    tmdbId(film),
    imdbId(film),
    'en',
    title,
    quoted(`${words(draw, 40)}, ""${words(draw, 8)}"".`),
    draw(1_000_000) / 100_000,
    `/${words(draw, 1)}.jpg`,
    quoted(many(4, () => `{'name': '${words(draw, 2)}', 'id': ${draw(20_000)}}`)),
    quoted(`[{'iso_3166_1': 'US', 'name': 'United States of America'}]`),
    `${year}-0${1 + draw(9)}-1${draw(9)}`,
    draw(2) * draw(300_000_000),
    `${60 + draw(90)}.0`,
    quoted(`[{'iso_639_1': 'en', 'name': 'English'}]`),
    'Released',
    words(draw, 5),
    title,
    'False',
    draw(100) / 10,
    draw(3_000),
  ].join(',');
}

function creditsLine(film: number, draw: Draw): string {
  const cast = Array.from({ length: draw(MOST_PLACES) }, (_, order) => castPlace(order, draw));
  const crew = Array.from({ length: draw(MOST_PLACES - 4) }, () => crewPlace(draw));
  return `${quoted(list(cast))},${quoted(list(crew))},${tmdbId(film)}`;
}

function castPlace(order: number, draw: Draw): string {
  const character = draw(5) === 0 ? `"${words(draw, 1)}'s ${words(draw, 1)} (voice)"` : `'${words(draw, 2)}'`;
  return `{'cast_id': ${order + 1}, 'character': ${character}, 'credit_id': '${creditId(draw)}', 'gender': ${draw(3)}, 'id': ${draw(200_000)}, 'name': '${words(draw, 2)}', 'order': ${order}, 'profile_path': '/${creditId(draw)}.jpg'}`;
}

function crewPlace(draw: Draw): string {
  return `{'credit_id': '${creditId(draw)}', 'department': 'Directing', 'gender': ${draw(3)}, 'id': ${draw(200_000)}, 'job': '${pick(draw, JOBS)}', 'name': '${words(draw, 2)}', 'profile_path': None}`;
}

function keywordsLine(film: number, draw: Draw): string {
  const keywords = Array.from(
    { length: draw(8) },
    () => `{'id': ${draw(20_000)}, 'name': '${words(draw, 1)}'}`,
  );
  return `${tmdbId(film)},${quoted(list(keywords))}`;
}

function linksLine(film: number): string {
  return `${film},${imdbId(film).slice(2)},${tmdbId(film)}`;
}

function tmdbId(film: number): number {
  return film * 3;
}

function imdbId(film: number): string {
  return `tt${String(film * 7).padStart(7, '0')}`;
}

function creditId(draw: Draw): string {
  return Array.from({ length: 3 }, () => (0x10000000 + draw(0x7fffffff)).toString(16)).join('');
}

function words(draw: Draw, count: number): string {
  return Array.from(
    { length: count },
    () => `${pick(draw, SYLLABLES)}${pick(draw, SYLLABLES)}${pick(draw, SYLLABLES)}`,
  ).join(' ');
}

function pick(draw: Draw, from: readonly string[]): string {
  return from[draw(from.length)] ?? '';
}

function list(items: readonly string[]): string {
  return `[${items.join(', ')}]`;
}

function quoted(text: string): string {
  return `"${text.includes('""') ? text : text.replaceAll('"', '""')}"`;
}

/** Users in order, each one's films in order, as the dataset has them; few users give most ratings. */
async function writeRatings(folder: string, films: number, users: number): Promise<void> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  await connection.run(`
copy (
  select
    u as userId,
    1 + k * stride + hash(u, k) % stride as movieId,
    printf('%.1f', 0.5 + (hash(k, u) % 10) / 2) as rating,
    800000000 + hash(u) % 700000000 + k * 60 as timestamp
  from (
    select u, ${films} // n as stride, unnest(range(n)) as k
    from (
      select u + 1 as u, least(${films}, 20 + cast(floor(power(hash(u) % 100000 / 100000.0, 8) * 700) as integer)) as n
      from range(${users}) as t(u)
    )
  )
) to ${literal(join(folder, 'ratings.csv'))} (format csv, header true)`);
  instance.closeSync();
}
