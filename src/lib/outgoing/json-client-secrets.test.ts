import { inspect } from 'node:util';

import { describe, expect, test } from 'vitest';

import { FAULTS } from '../../../samples/simulators/simulator.ts';
import { closing, openClient, serve, simulate } from '../../../test/client-lab.ts';

const SECRET = /hunter2|swordfish/;

describe('the secrets of a request for JSON', () => {
  test('are sent, and never shown, however it fails', async () => {
    const secret = { secretQuery: { apikey: 'hunter2' }, secretHeaders: { 'x-access-token': 'swordfish' } };
    const simulator = await simulate();
    const { get, fail, lines } = openClient({ breakAfter: 100 });
    await get(`${simulator.url}/?t=x`, secret);
    const [asked] = simulator.asked;
    expect([asked?.url, asked?.headers['x-access-token']]).toEqual(['/?t=x&apikey=hunter2', 'swordfish']);
    for (const fault of FAULTS) {
      simulator.failWhen(() => fault);
      const error = await fail(simulator.url, secret);
      expect(`${inspect(error, { depth: 9, showHidden: true })}${JSON.stringify(error)}`).not.toMatch(SECRET);
    }
    const gone = await serve(() => undefined);
    await closing.pop()?.();
    expect(inspect(await fail(gone, secret))).not.toMatch(SECRET);
    expect(lines.length).toBeGreaterThan(FAULTS.length);
    expect(lines.join('')).not.toMatch(SECRET);
  });

  test.each([
    ['as they are', 'hunter2', '{"a":"hunter2"}', '{"a":"(hidden)"}'],
    ['in an address', 'k&y/é hunter', '{"a":"?k=k%26y%2F%c3%A9+hunter&b"}', '{"a":"?k=(hidden)&b"}'],
    ['in the escapes of JSON', 'k"y\\/é', '{"a":"k\\"y\\\\\\/\\u00e9"}', '{"a":"(hidden)"}'],
    ['in large letters', 'hunter2', '["HUNTER2"]', '["(hidden)"]'],
    ['as the name of a field', 'hunter2', '{"hunter2":1}', '{"(hidden)":1}'],
    ['with what expressions and replacements know', '$&.*(+', '["$&.*(+"]', '["(hidden)"]'],
    ['cut off at its ends', ' hunter2\n', '["hunter2"]', '["(hidden)"]'],
    ['shorter than 4 characters, which are left', 'the', '["the end"]', '["the end"]'],
  ])('are struck out of an answer that repeats them %s', async (_, secret, body, shown) => {
    const url = await serve((__, response) => response.end(body));
    for (const request of [{ secretQuery: { apikey: secret } }, { secretHeaders: { token: secret } }]) {
      const answer = await openClient().get(url, request);
      expect(answer).toMatchObject({ text: shown, json: JSON.parse(shown) as unknown });
    }
  });

  test('are no validators', async () => {
    const headers = { etag: '"swordfish"', 'last-modified': 'swordfish' };
    const simulator = await simulate(() => ({ headers, json: [] }));
    const answer = await openClient().get(simulator.url, { secretHeaders: { token: 'swordfish' } });
    expect(answer).toMatchObject({ etag: null, lastModified: null });
  });

  test.each(['hunter2\nb: c', 'hunter2\u0000', 'hunter2€'])(
    'that no header can have (%j) are named, not sent, and not shown',
    async (token) => {
      const simulator = await simulate();
      const { get, fail, lines } = openClient({ breakAfter: 1 });
      const error = await fail(simulator.url, { secretHeaders: { 'x-access-token': token } });
      expect(error).toMatchObject({ failure: 'header_invalid', mayPass: false });
      expect(error.message).toContain('x-access-token');
      expect(`${inspect(error, { depth: 9, showHidden: true })}${lines.join('')}`).not.toMatch(SECRET);
      expect(simulator.asked).toEqual([]);
      await get(simulator.url);
    },
  );
});
