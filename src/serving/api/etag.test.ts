import type { FastifyInstance } from 'fastify';
import { describe, expect, it, test } from 'vitest';

import { anyKey, openTestApi } from '../../../test/api.ts';
import { describeOnPglite } from '../../../test/databases.ts';
import { fullFilm, serveFilms } from '../../../test/served-films.ts';
import { entityTag, matchesState } from './etag.ts';

describe('If-Match', () => {
  it.each([undefined, '*', ' * ', '"s1.b"', '"s1.other body"', '"x.y", "s1.b"'])(
    '%j lets s1 be written',
    (header) => {
      expect(matchesState(header, 's1')).toBe(true);
    },
  );

  it.each(['', '"s2.b"', 'W/"s1.b"', 's1.b', '"s1"', '"s11.b"', '"x.s1.b"', '"b.s1"'])(
    '%j does not let s1 be written',
    (header) => {
      expect(matchesState(header, 's1')).toBe(false);
    },
  );

  it('takes the tag of any body', () => {
    expect(entityTag('s1', '"b"')).toBe('"s1.b"');
  });
});

describeOnPglite('the ETag of a film', (open) => {
  const id = '0f2c7b1e-0000-8000-a000-000000000000';

  async function served(): Promise<FastifyInstance> {
    const { db } = await open();
    await serveFilms(db, [fullFilm({ id })]);
    return openTestApi(db, anyKey('write'));
  }

  const tagOf = async (api: FastifyInstance, url: string, encoding = 'identity') => {
    const { headers } = await api.inject({ url, headers: { 'accept-encoding': encoding } });
    return String(headers.etag);
  };

  const stateOf = (tag: string) => /^"([0-9a-f]{32})\.[\w-]{22}"$/.exec(tag)?.[1];

  test('has the state of the film, then the hash of the body', async () => {
    const api = await served();
    const plain = await tagOf(api, `/movies/${id}`);
    const forms = [
      await tagOf(api, `/movies/${id}?include=credits`),
      await tagOf(api, `/movies/${id}?include=credits`, 'br'),
      await tagOf(api, `/movies/${id}?include=ratings`),
    ];
    expect(stateOf(plain)).toBeDefined();
    expect(forms.map(stateOf)).toEqual(forms.map(() => stateOf(plain)));
    expect(new Set(forms).size).toBe(3);
    const again = await api.inject({ url: `/movies/${id}`, headers: { 'if-none-match': plain } });
    expect(again.statusCode).toBe(304);
  });

  test('of one that was just entered is that of the film read', async () => {
    const api = await served();
    const made = await api.inject({
      method: 'POST',
      url: '/movies',
      headers: { authorization: 'Bearer k', 'accept-encoding': 'identity' },
      payload: { title: 'Ours' },
    });
    expect(stateOf(String(made.headers.etag))).toBeDefined();
    expect(await tagOf(api, String(made.headers.location))).toBe(made.headers.etag);
  });

  test('of its parts, and of lists, is that of the body alone', async () => {
    const api = await served();
    for (const url of [`/movies/${id}/credits`, '/movies'])
      expect(await tagOf(api, url)).toMatch(/^"[\w-]{22}"$/);
  });
});
