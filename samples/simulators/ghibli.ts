import { openSimulator } from './simulator.ts';
import type { SimulatedAnswer, Simulator } from './simulator.ts';

/** The lists of the provider; a test may change them while they are served. */
export interface GhibliData {
  films: unknown[];
  people: unknown[];
  locations?: unknown[];
  species?: unknown[];
  vehicles?: unknown[];
}

const LISTS = ['films', 'people', 'locations', 'species', 'vehicles'] as const;

/** Records of a page where the request does not say, and at most: https://ghibliapi.vercel.app */
const PAGE_DEFAULT = 50;
const PAGE_MOST = 250;

/** Simulates the Studio Ghibli API: `/films`, `/people` and the others, each a list, by `limit` and `page`. */
export function openGhibliSimulator(data: GhibliData): Promise<Simulator> {
  return openSimulator((url) => answer(data, url));
}

function answer(data: GhibliData, { pathname, searchParams }: URL): SimulatedAnswer {
  const [, name, id] = pathname.split('/');
  const list = LISTS.find((one) => one === name);
  if (list === undefined) return { status: 404, json: { message: 'Not Found' } };
  const records = data[list] ?? [];
  if (id !== undefined && id !== '') {
    const record = records.find((one) => (one as { id?: unknown }).id === id);
    return record === undefined ? { status: 404, json: { message: 'Not Found' } } : { json: record };
  }
  const limit = Math.min(Number(searchParams.get('limit') ?? PAGE_DEFAULT), PAGE_MOST);
  const page = Number(searchParams.get('page') ?? 1);
  return { json: records.slice((page - 1) * limit, page * limit) };
}
