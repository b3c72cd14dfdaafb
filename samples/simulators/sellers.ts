import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';

import { openSimulator } from './simulator.ts';
import type { AskedRequest, SimulatedAnswer, Simulator } from './simulator.ts';

/** Something that a simulated seller sells; more fields of its detail as they are to be sent. */
export interface SoldFilm {
  readonly ID: string | number;
  readonly Title?: string;
  readonly Year?: string | number;
  /** Null: it is sent without. */
  readonly Price: string | number | null;
  readonly [field: string]: unknown;
}

/** A seller, simulated: `GET /movies`, `GET /movie/<id>`. */
export interface SellerSimulator extends Simulator {
  readonly name: string;
  /** What it sells; may be changed while it runs. */
  films: readonly SoldFilm[];
}

export interface SimulatedSeller {
  readonly name: string;
  readonly films: readonly SoldFilm[];
  /** Has to be sent as `x-access-token`; without it, anyone is answered. */
  readonly token?: string;
  /** Whether each answer holds the headers that were sent. */
  readonly repeatsHeaders?: boolean;
}

const LISTED = ['ID', 'Title', 'Year', 'Type', 'Poster'];

export async function openSellerSimulator({
  name,
  films,
  token,
  repeatsHeaders = false,
}: SimulatedSeller): Promise<SellerSimulator> {
  const simulator = await openSimulator((url, request) => {
    const { json, ...rest } = answer(seller.films, token, url, request);
    return { ...rest, json: repeatsHeaders ? { ...json, headers: request.headers } : json };
  });
  const seller: SellerSimulator = Object.assign(simulator, { name, films });
  return seller;
}

function answer(
  films: readonly SoldFilm[],
  token: string | undefined,
  { pathname }: URL,
  { headers }: AskedRequest,
): SimulatedAnswer & { readonly json: object } {
  if (token !== undefined && headers['x-access-token'] !== token)
    return { status: 401, json: { message: 'The token is missing or wrong.' } };
  if (pathname === '/movies') return { json: { Movies: films.map(listed) } };
  const id = /^\/movie\/([^/]+)$/.exec(pathname)?.[1];
  const film = id && films.find(({ ID }) => String(ID) === decodeURIComponent(id));
  if (!film) return { status: 404, json: { message: 'Not found.' } };
  const { Price, ...rest } = film;
  return { json: Price === null ? rest : { ...rest, Price } };
}

function listed(film: SoldFilm): Record<string, unknown> {
  return Object.fromEntries(Object.entries(film).filter(([field]) => LISTED.includes(field)));
}

/** What a seller sells by its files: `movie/<id>.json`, as in `samples/prices/<seller>`. */
export async function readSoldFilms(folder: string): Promise<SoldFilm[]> {
  const names = (await readdir(join(folder, 'movie'))).sort();
  return Promise.all(
    names.map(async (name) => JSON.parse(await readFile(join(folder, 'movie', name), 'utf8')) as SoldFilm),
  );
}
