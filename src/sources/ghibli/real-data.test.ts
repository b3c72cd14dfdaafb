import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { openSourceLab } from '../../../test/source-lab.ts';
import type { SourceLab } from '../../../test/source-lab.ts';
import { claimGhibli } from './claims.ts';
import type { GhibliSettings } from './settings.ts';

const DATA = fileURLToPath(new URL('../../../../shared/data/ghibli/', import.meta.url));
const SAMPLES = fileURLToPath(new URL('../../../samples/ghibli/', import.meta.url));

const SETTINGS: GhibliSettings = { baseUrl: 'https://ghibli.example' };

interface Data {
  readonly films: readonly { id: string; title: string; rt_score?: string }[];
  readonly people: readonly { id: string; films: readonly string[] }[];
}

describe('one file with all of ghibli', () => {
  let lab: SourceLab<GhibliSettings>;

  beforeAll(async () => {
    lab = await openSourceLab('ghibli', claimGhibli);
  });

  afterAll(() => lab.close());

  test('that is bundled is claimed whole', async () => {
    await expectWhole(SAMPLES);
  });

  test.skipIf(!existsSync(DATA))('in ../shared/data is claimed whole', async () => {
    expect(await expectWhole(DATA)).toMatchObject({ films: 22, people: 57, ratings: 22, characters: 59 });
  });

  /** Every record is claimed, and each film has the people that name it. */
  async function expectWhole(folder: string) {
    const data = JSON.parse(readFileSync(`${folder}data.json`, 'utf8')) as Data;
    const { claims, counts } = await lab.claimFolder(folder, ['data.json'], SETTINGS);
    const records = data.films.length + data.people.length;
    expect(counts).toMatchObject([{ claimed: records, rejected: 0, reasons: {} }]);
    const titles = await claims('title');
    expect(titles.map(({ title }) => title).sort()).toEqual(data.films.map(({ title }) => title).sort());
    const characters = (await claims('credit')).filter(({ category }) => category === 'character');
    const expected = data.films.flatMap((film) =>
      data.people
        .filter(({ films }) => films.some((reference) => reference.includes(film.id)))
        .map((person) => [film.id, person.id]),
    );
    expect(characters.map(({ title_key, person_key }) => [title_key, person_key]).sort()).toEqual(
      expected.sort(),
    );
    const rated = data.films.filter(({ rt_score }) => rt_score !== undefined).length;
    const ratings = rated === 0 ? 0 : (await claims('rating')).length;
    expect(ratings).toBe(rated);
    return { films: titles.length, people: data.people.length, ratings, characters: characters.length };
  }
});
