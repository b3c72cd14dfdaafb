import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { openMergeLab } from '../../../test/merge-lab.ts';
import type { MergeLab } from '../../../test/merge-lab.ts';
import type { StatedClaim } from '../../../test/claims.ts';

/** A title of imdb's, and a claim of another source that may be of it. */
interface Case {
  readonly what: string;
  readonly said: StatedClaim;
  readonly titles: readonly StatedClaim[];
  /** The number of the title that it is, counted from 1; or why it was left alone; null: nobody is asked. */
  readonly is: number | string | null;
}

const HEAT = { title: 'Heat', year: 1995, kind: 'movie', runtime_minutes: 170 };
const NO_RUNTIME = { title: 'Heat', year: 1995, kind: 'movie' };
const DREI = { title: 'Three', original_title: 'Drei', year: 2010, kind: 'movie' };

const CASES: readonly Case[] = [
  { what: 'name, year and running time', said: HEAT, titles: [{ ...HEAT, runtime_minutes: 160 }], is: 1 },
  {
    what: 'another running time',
    said: HEAT,
    titles: [{ ...HEAT, runtime_minutes: 159 }],
    is: 'runtimes_differ',
  },
  {
    what: 'the only one of its name, where one has no running time',
    said: NO_RUNTIME,
    titles: [HEAT],
    is: 1,
  },
  {
    what: 'no running time, and one of its name in another year',
    said: NO_RUNTIME,
    titles: [HEAT, { ...HEAT, year: 1950 }],
    is: 'unconfirmed',
  },
  {
    what: 'one of its name two years on',
    said: HEAT,
    titles: [HEAT, { ...HEAT, year: 1997 }],
    is: 'unconfirmed',
  },
  {
    what: 'the same running time, and a rival of another',
    said: HEAT,
    titles: [
      { ...HEAT, runtime_minutes: 171 },
      { ...HEAT, runtime_minutes: 90 },
    ],
    is: 1,
  },
  {
    what: 'a rival whose running time is not known',
    said: HEAT,
    titles: [HEAT, NO_RUNTIME],
    is: 'several_titles',
  },
  { what: 'the year before, to the minute', said: HEAT, titles: [{ ...HEAT, year: 1994 }], is: 1 },
  {
    what: 'the year before, and nearly so, where there is no other of its name',
    said: HEAT,
    titles: [{ ...HEAT, year: 1994, runtime_minutes: 165 }],
    is: 1,
  },
  {
    what: 'the year before, and a running time that is less alike',
    said: HEAT,
    titles: [{ ...HEAT, year: 1994, runtime_minutes: 164 }],
    is: 'unconfirmed',
  },
  { what: 'two years before', said: HEAT, titles: [{ ...HEAT, year: 1993 }], is: null },
  { what: 'another kind', said: HEAT, titles: [{ ...HEAT, kind: 'short' }], is: null },
  {
    what: 'an original title that is not the title',
    said: { ...DREI, runtime_minutes: 119 },
    titles: [{ ...DREI, title: '3', runtime_minutes: 119 }],
    is: 1,
  },
  {
    what: 'both names, and a rival of one',
    said: { ...DREI, runtime_minutes: 119 },
    titles: [
      { ...DREI, runtime_minutes: 110 },
      { ...DREI, original_title: 'Tre', runtime_minutes: 119 },
    ],
    is: 1,
  },
  {
    what: 'an original title, where that of the other is its title',
    said: { ...DREI, runtime_minutes: 119 },
    titles: [{ ...DREI, original_title: 'Three', runtime_minutes: 119 }],
    is: 'original_titles_differ',
  },
];

describe('what a claim without an id is, by', () => {
  let lab: MergeLab;
  beforeAll(async () => {
    lab = await openMergeLab();
  });
  afterAll(() => lab.close());

  /** All cases are of one catalogue: names of each have its number. */
  test('what it says and what else there is', async () => {
    const numbered = (claim: StatedClaim, number: number) => ({
      ...claim,
      title: `${String(claim.title)} ${number}`,
      original_title: `${String(claim.original_title ?? claim.title)} ${number}`,
    });
    const idOf = (number: number, place: number) => `tt${1_000_000 + 100 * number + place}`;
    const imdb = await lab.claims.run('imdb', {
      title: CASES.flatMap(({ titles }, number) =>
        titles.map((title, at) => {
          const id = idOf(number, at + 1);
          return { ...numbered(title, number), title_key: id, imdb_id: id };
        }),
      ),
    });
    const said = await lab.claims.run('ghibli', {
      title: CASES.map((one, number) => ({ ...numbered(one.said, number), title_key: `g${number}` })),
    });
    const { tables, ambiguous } = await lab.merge(imdb, said);
    const keyOf = new Map(tables.title.map(({ id, key }) => [id, key]));
    const found = CASES.map(({ what }, number) => {
      const alias = tables.title_alias.find(({ key }) => key === `ghibli:g${number}`);
      const reason = ambiguous.find(({ titleKey }) => titleKey === `g${number}`)?.reason;
      return [what, alias === undefined ? (reason ?? null) : keyOf.get(alias.title_id)];
    });
    expect(found).toEqual(
      CASES.map(({ what, is }, number) => [what, typeof is === 'number' ? `imdb:${idOf(number, is)}` : is]),
    );
  });
});
