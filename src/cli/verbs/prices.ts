import { listCheapestOffers } from '../../catalogue/queries/list-cheapest-offers.ts';
import { titleSort } from '../../model/title-sort.ts';
import { table } from '../table.ts';
import type { Verb } from '../verb.ts';

/** Films of a table, which is for the eye. */
const SHOWN = 100;

interface CheapestRow {
  readonly title: string;
  readonly currency: string;
  readonly price: number;
  readonly offers: readonly {
    readonly seller: string;
    readonly state: string;
    readonly observedAt: string;
  }[];
}

interface SellerRow {
  readonly name: string;
  readonly state: string;
  readonly checkedAt: string | null;
  readonly error: { readonly code: string; readonly message: string } | null;
}

export const verb: Verb = {
  name: 'prices',
  inServer: true,
  declare: (command) =>
    command
      .summary('the cheapest offers, and who did not answer')
      .description(
        `Prints the cheapest offers of each film in each currency, of the first ${SHOWN} films whose title has the words, and the sellers that did not answer.`,
      )
      .argument('[title...]', 'words that the title has')
      .addHelpText('after', '\nExample:\n  filmbase prices\n  filmbase prices empire strikes back'),
  run: async ({ installation, out }, args) => {
    const { db, syncWorld } = await installation();
    const { now } = syncWorld(new AbortController().signal, () => undefined);
    const words = titleSort(args.flat().join(' ')).split(' ').filter(Boolean);
    const page = await listCheapestOffers(db, {
      title: null,
      words,
      now: now(),
      position: { direction: 'forward', beyond: null },
      limit: SHOWN,
    });
    const rows = JSON.parse(page.itemsJson) as CheapestRow[];
    const sellers = JSON.parse(page.sellersJson) as SellerRow[];
    out.say('prices', { offers: rows, more: page.more }, shown(rows, page.more));
    const silent = sellers.filter(({ state }) => state !== 'answered');
    if (silent.length > 0) out.say('sellers', { sellers: silent }, silent.map(wordsOf).join('\n'));
    return 0;
  },
};

function shown(rows: readonly CheapestRow[], more: boolean): string {
  if (rows.length === 0) return 'No offers.';
  const lines = rows.flatMap(({ title, currency, price, offers }) =>
    offers.map(({ seller, state, observedAt }) => [
      title,
      String(price),
      currency,
      seller,
      state,
      observedAt,
    ]),
  );
  const end = more ? '\n… and more: name words of the title.' : '';
  return table(['title', 'price', 'currency', 'seller', 'state', 'observed'], lines) + end;
}

function wordsOf({ name, state, error }: SellerRow): string {
  return state === 'never' || error === null
    ? `${name} was not asked yet.`
    : `${name} did not answer in full: ${error.code}: ${error.message}`;
}
