import type { FastifyInstance } from 'fastify';
import { beforeAll, expect, test } from 'vitest';

import { openTestApi } from '../../../test/api.ts';
import { describeOnOnePglite } from '../../../test/databases.ts';
import { serveExamples } from '../../../test/example-catalogue.ts';
import { BROWSER, visit } from '../../../test/visit.ts';

describeOnOnePglite('a form of a page', (db) => {
  beforeAll(() => serveExamples(db()));

  const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
  const OURS = { 'sec-fetch-site': 'same-origin' };
  const url = '/movies/tt0468569/comments/form';
  const send = (
    api: FastifyInstance,
    words: Record<string, string>,
    headers: Record<string, string> = OURS,
  ) =>
    api.inject({
      method: 'POST',
      url,
      headers: { ...BROWSER, ...FORM, ...headers },
      payload: new URLSearchParams(words).toString(),
    });

  test('writes a comment once, however often it is sent, and leads to it', async () => {
    const api = await openTestApi(db(), { openComments: true });
    const words = { author: 'Ann', text: 'From a form.', once: 'page-1' };
    const [one, again] = [await send(api, words), await send(api, words)];
    expect([one.statusCode, again.statusCode]).toEqual([303, 303]);
    expect(one.headers.location).toMatch(/^\/movies\/tt0468569#comment-[0-9a-f-]{36}$/);
    expect(again.headers.location).toBe(one.headers.location);
    const { body } = await visit(api, '/movies/tt0468569');
    expect(body.match(/From a form\./g)).toHaveLength(1);
  });

  test('that is refused is shown again, with what was sent but for the key, and words at the field', async () => {
    const api = await openTestApi(db());
    const { body, statusCode, headers } = await send(api, {
      author: 'Ann & <Bob>',
      text: 'Kept.',
      key: 'a-key-that-is-unknown',
      once: 'page-2',
    });
    expect([statusCode, headers['content-type']]).toEqual([401, 'text/html; charset=utf-8']);
    expect(body).toContain('value="Ann &amp; &lt;Bob>"');
    expect(body).toContain('>Kept.</textarea>');
    expect(body).toMatch(/id="key-fault">The key of the request is unknown or revoked/);
    expect(body).not.toContain('a-key-that-is-unknown');
  });

  test.each([
    ['of another site', { 'sec-fetch-site': 'cross-site' }],
    ['of a site beside ours', { 'sec-fetch-site': 'same-site' }],
    ['of an old browser, from another origin', { origin: 'https://elsewhere.example' }],
    ['of no origin at all', {}],
  ])('%s is refused', async (_what, headers: Record<string, string>) => {
    const api = await openTestApi(db(), { openComments: true });
    const { statusCode, body } = await send(
      api,
      { author: 'Eve', text: 'Not mine.', once: 'page-3' },
      headers,
    );
    expect([statusCode, body.includes('A form came from another site.')]).toEqual([403, true]);
  });

  test('keeps the choice of colours, and leads back to this site alone', async () => {
    const api = await openTestApi(db());
    const choose = (back: string) =>
      api.inject({
        method: 'POST',
        url: '/theme',
        headers: { ...BROWSER, ...FORM, ...OURS },
        payload: new URLSearchParams({ theme: 'dark', back }).toString(),
      });
    const { statusCode, headers } = await choose('/movies?sort=-year');
    expect([statusCode, headers.location]).toEqual([303, '/movies?sort=-year']);
    expect(headers['set-cookie']).toBe('theme=dark; Path=/; Max-Age=31536000; SameSite=Lax');
    for (const back of ['//elsewhere.example/', 'https://elsewhere.example/', '/\\elsewhere.example'])
      expect([back, (await choose(back)).statusCode]).toEqual([back, 400]);
  });
});
