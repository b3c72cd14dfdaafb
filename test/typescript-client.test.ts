import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { AddressInfo } from 'node:net';

import { describe, expect, it } from 'vitest';

import { dataOf, eachFilm, openFilmbase, ProblemError } from '../examples/typescript-client/client.ts';
import { describeOnPglite } from './databases.ts';
import { EXAMPLE_KEYS, openExampleApi, serveExamples } from './example-catalogue.ts';

const ROOT = new URL('../', import.meta.url);

describe('the types of the client', () => {
  it('are those of the API reference (`npm run client` writes them)', async () => {
    const { renderClient } = (await import(new URL('scripts/write-client.mjs', ROOT).href)) as {
      renderClient: () => Promise<{ file: string; text: string }>;
    };
    const { file, text } = await renderClient();
    expect(readFileSync(fileURLToPath(new URL(file, ROOT)), 'utf8')).toBe(text);
  });
});

describeOnPglite('the client in TypeScript', (open) => {
  /** Works with a client of an API that listens. */
  async function use(work: (address: string) => Promise<void>): Promise<void> {
    const { db } = await open();
    await serveExamples(db);
    const api = await openExampleApi(db);
    await api.listen({ port: 0, host: '127.0.0.1' });
    const { port } = api.server.address() as AddressInfo;
    await work(`http://127.0.0.1:${port}`).finally(() => api.close());
  }

  it('lists films by filters, each once, however many pages they take', async () => {
    await use(async (address) => {
      const titles: string[] = [];
      const query = { genre: ['Action', 'Animation'], year_gte: 1900, sort: '-year', limit: 2 };
      for await (const film of eachFilm(openFilmbase(address), query)) titles.push(film.title);
      expect(titles).toEqual([
        'Inception',
        'The Dark Knight',
        'Spirited Away',
        'My Neighbor Totoro',
        'The Story of the Kelly Gang',
      ]);
    });
  });

  it('reads a film with the parts that are asked for', async () => {
    await use(async (address) => {
      const params = { path: { id: 'tt0468569' }, query: { include: ['credits'] } };
      const film = dataOf(await openFilmbase(address).GET('/movies/{id}', { params }));
      expect(film.credits?.cast.map(({ person, characters }) => [person.name, characters])).toEqual([
        ['Christian Bale', ['Bruce Wayne']],
        ['Heath Ledger', ['Joker']],
      ]);
    });
  });

  it('enters a film with a key, and finds it again', async () => {
    await use(async (address) => {
      const filmbase = openFilmbase(address, EXAMPLE_KEYS.write);
      const entered = dataOf(await filmbase.POST('/movies', { body: { title: 'Home Video', year: 2024 } }));
      const found = dataOf(await filmbase.GET('/movies/{id}', { params: { path: { id: entered.id } } }));
      expect([found.title, found.year, found.sources]).toEqual(['Home Video', 2024, ['local']]);
    });
  });

  it('throws what is refused, with the fields that are wrong', async () => {
    await use(async (address) => {
      const enter = async (key: string | null, title: string) =>
        dataOf(await openFilmbase(address, key).POST('/movies', { body: { title } }));
      const nameless = await enter(EXAMPLE_KEYS.write, '').catch((error: unknown) => error);
      const keyless = await enter(null, 'Home Video').catch((error: unknown) => error);
      expect(nameless).toBeInstanceOf(ProblemError);
      expect((nameless as ProblemError).problem.errors).toEqual([
        { field: 'title', message: 'must have 1 to 300 characters' },
      ]);
      expect((keyless as ProblemError).problem).toMatchObject({ type: '/problems/key_missing', status: 401 });
    });
  });
});
