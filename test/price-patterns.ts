import { FAULTS } from '../samples/simulators/simulator.ts';
import type { Fault } from '../samples/simulators/simulator.ts';
import { openSellerSimulator } from '../samples/simulators/sellers.ts';
import type { SellerSimulator, SoldFilm } from '../samples/simulators/sellers.ts';
import type { Poll, PriceLab, Unclaimed } from './price-lab.ts';
import { sellerAt } from './price-lab.ts';

// Seeded patterns of failure: what three sellers truly ask, and several runs in which a share of the requests fails.

/** The shares of requests that fail, in percent. */
export const RATES = [0, 10, 30, 50, 100] as const;

/** What is truly asked: seller → film number → the cents of each listing. */
export type Truth = ReadonlyMap<string, ReadonlyMap<number, readonly number[]>>;

export interface Pattern {
  readonly seed: number;
  readonly rate: number;
  readonly truth: Truth;
  readonly polls: readonly (Poll & { readonly at: Date })[];
}

/** Between two runs. */
const POLL_MS = 5 * 60_000;
const START = Date.parse('2026-11-21T12:00:00Z');

/** Runs of a pattern at most; it ends when every price was seen, and one run more. */
const MOST_POLLS = 5;

const AT_ONCE = 12;

/** Plays the patterns against simulated sellers, many at once, then claims what was read. */
export async function playPatterns(lab: PriceLab, count: number): Promise<Pattern[]> {
  const played: (Omit<Pattern, 'polls'> & { reads: { read: Unclaimed; at: Date }[] })[] = [];
  const seeds = Array.from({ length: count }, (_, seed) => seed);
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (let seed = seeds.shift(); seed !== undefined; seed = seeds.shift())
        played.push(await play(lab, seed));
    }),
  );
  const patterns: Pattern[] = [];
  for (const { reads, ...pattern } of played.sort((a, b) => a.seed - b.seed)) {
    const polls = [];
    for (const { read, at } of reads) polls.push({ ...(await lab.claim(read)), at });
    patterns.push({ ...pattern, polls });
  }
  return patterns;
}

async function play(lab: PriceLab, seed: number) {
  const random = randomOf(seed);
  const rate = RATES[seed % RATES.length] ?? 0;
  const truth = truthOf(random);
  const sellers = await Promise.all(
    [...truth].map(([name, prices]) => openSellerSimulator({ name, films: soldFilms(name, prices) })),
  );
  const poller = lab.poller(sellers.map((seller) => sellerAt(seller)));
  const listings = sellers.reduce((sum, { films }) => sum + films.length, 0);
  const seen = new Set<string>();
  const reads: { read: Unclaimed; at: Date }[] = [];
  // Of those that fail wholly, every other begins with a good run.
  const beginsWell = rate === 100 && seed % 2 === 0;
  for (let poll = 0, more = true; more && poll < MOST_POLLS; poll += 1) {
    const before = seen.size;
    const share = beginsWell && poll === 0 ? 0 : rate / 100;
    const failed = sellers.map((seller) => failAtRandom(seller, random, share));
    const at = new Date(START + poll * POLL_MS);
    const read = await poller.read({ now: at });
    checkFaults(sellers, failed, read);
    reads.push({ read, at });
    for (const { seller, listing, asked } of read.documents.details)
      if ('text' in asked) seen.add(`${seller}/${listing}`);
    more = before < listings && (rate < 100 || poll < 2);
  }
  await poller.close();
  await Promise.all(sellers.map((seller) => seller.close()));
  return { seed, rate, truth, reads };
}

/** Gives the listings that were made to fail. */
function failAtRandom(seller: SellerSimulator, random: () => number, share: number): Set<string> {
  const failed = new Set<string>();
  seller.failWhen(({ url }) => {
    const fault = random() < share ? faultAt(random()) : null;
    if (fault !== null) failed.add(url);
    return fault;
  });
  return failed;
}

/** What was made to fail must have failed, so that the simulation is one. */
function checkFaults(
  sellers: readonly SellerSimulator[],
  failed: readonly ReadonlySet<string>[],
  { documents }: Unclaimed,
): void {
  sellers.forEach(({ name }, at) => {
    for (const { seller, listing, asked } of documents.details)
      if (seller === name && failed[at]?.has(`/movie/${listing}`) === true && 'text' in asked)
        throw new Error(`${name} failed for ${listing}, and answered.`);
  });
}

/** Prices in few steps, so that ties are common; `third` has no IMDb ids, and `first` one film twice. */
function truthOf(random: () => number): Truth {
  const cents = () => 500 + 25 * Math.floor(random() * 12);
  const sells = (name: string, films: readonly number[]): [string, Map<number, number[]>] => [
    name,
    new Map(films.map((film) => [film, name === 'first' && film === 1 ? [cents(), cents()] : [cents()]])),
  ];
  return new Map([sells('first', [1, 2, 3, 4]), sells('second', [2, 3, 4, 5]), sells('third', [2, 3, 6])]);
}

function soldFilms(seller: string, prices: ReadonlyMap<number, readonly number[]>): SoldFilm[] {
  return [...prices].flatMap(([film, cents]) =>
    cents.map((price, place) => ({
      ID: seller === 'third' ? `t-${film}` : `${'xy'.charAt(place)}000000${film}`,
      Title: titleOf(film),
      Year: String(1990 + film),
      Type: 'movie',
      Price: price % 2 === 0 ? (price / 100).toFixed(2) : price / 100,
    })),
  );
}

export function titleOf(film: number): string {
  return `Film Number ${film}`;
}

/** Numbers from 0 to 1 that hang on the seed alone (mulberry32). */
function randomOf(seed: number): () => number {
  let state = (seed + 1) * 0x9e3779b9;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

function faultAt(place: number): Fault {
  return FAULTS[Math.floor(place * FAULTS.length)] ?? 'error';
}
