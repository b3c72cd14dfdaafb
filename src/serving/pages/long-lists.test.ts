import type { FastifyInstance } from 'fastify';
import { beforeAll, expect, test } from 'vitest';

import { openTestApi } from '../../../test/api.ts';
import { describeOnOnePglite } from '../../../test/databases.ts';
import { servedFilm, serveFilms } from '../../../test/served-films.ts';
import { visit } from '../../../test/visit.ts';

const FILM = '0f2c7b1e-0000-8000-a000-000000000001';
const SERIES = '0f2c7b1e-0000-8000-a000-000000000002';

/** Episodes of the first season, and of none that is known. */
const OF_SEASON = 130;
const OF_NONE = 4;

describeOnOnePglite('a list that is longer than its page', (db) => {
  beforeAll(async () => {
    const episode = (season: number | null, number: number) =>
      servedFilm({
        kind: 'tvEpisode',
        title: `Episode ${season ?? 'x'}-${number}.`,
        place: { series: SERIES, season, number },
      });
    await serveFilms(db(), [
      servedFilm({ id: FILM, title: 'Much talked about' }),
      servedFilm({ id: SERIES, title: 'Long', kind: 'tvSeries' }),
      ...numbers(OF_SEASON).map((number) => episode(1, number)),
      episode(2, 1),
      ...numbers(OF_NONE).map((number) => episode(null, number)),
    ]);
  });

  test('of comments is all within reach, each once, and its links keep the rest of the address', async () => {
    const api = await openTestApi(db(), { openComments: true });
    for (const number of numbers(45)) {
      const payload = { author: 'Ann', text: `Said ${number}.` };
      const { statusCode } = await api.inject({ method: 'POST', url: `/movies/${FILM}/comments`, payload });
      expect(statusCode).toBe(201);
    }
    const pages = await followNext(api, `/movies/${FILM}?origins=shown`);
    expect(pages.map(({ url }) => url.includes('origins=shown'))).toEqual([true, true, true]);
    const said = pages.flatMap(({ body }) => body.match(/Said \d+\./g) ?? []);
    expect(said.sort()).toEqual(
      numbers(45)
        .map((number) => `Said ${number}.`)
        .sort(),
    );
  });

  test('of episodes of a season is all within reach', async () => {
    const api = await openTestApi(db());
    const pages = await followNext(api, `/series/${SERIES}`);
    const shown = pages.flatMap(({ body }) => body.match(/Episode 1-\d+\./g) ?? []);
    expect(shown).toEqual(numbers(OF_SEASON).map((number) => `Episode 1-${number}.`));
  });

  test('of episodes of all seasons has those of no known one, too', async () => {
    const api = await openTestApi(db());
    const pages = await followNext(api, `/series/${SERIES}?season=all`);
    const shown = pages.flatMap(({ body }) => body.match(/Episode \w-\d+\./g) ?? []);
    expect(new Set(shown).size).toBe(OF_SEASON + 1 + OF_NONE);
    expect(shown.filter((title) => title.includes('x-'))).toHaveLength(OF_NONE);
    const first = await visit(api, `/series/${SERIES}`);
    expect(first.body).toContain(`${OF_NONE} episodes of an unknown season`);
  });
});

function numbers(to: number): number[] {
  return Array.from({ length: to }, (_, at) => at + 1);
}

/** The page at `url`, and those that its links `rel="next"` lead to one after the other. */
async function followNext(api: FastifyInstance, url: string): Promise<{ url: string; body: string }[]> {
  const { body, statusCode } = await visit(api, url);
  expect([url, statusCode]).toEqual([url, 200]);
  const next = /<a href="([^"]+)" rel="next"/.exec(body)?.[1]?.replaceAll('&amp;', '&');
  const address = next?.split('#')[0];
  return [{ url, body }, ...(address === undefined ? [] : await followNext(api, address))];
}
