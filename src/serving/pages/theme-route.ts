import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';

import { oneOf, textThat } from '../api/query-parameters.ts';
import { themeCookie, THEMES } from './theme.ts';

/** A path on this site, with its query; not `//elsewhere`. */
const LOCAL = /^\/(?![/\\])[\x21-\x7e]*$/;

const themeForm = z.strictObject({
  theme: oneOf(THEMES),
  back: textThat((path) => LOCAL.test(path), 'must be an address of this site'),
});

/** `POST /theme`: keeps the choice of light or dark, and leads back. */
export function themeRoute(app: FastifyInstance): void {
  app.withTypeProvider<ZodTypeProvider>().route({
    method: 'POST',
    url: '/theme',
    schema: { hide: true, body: themeForm },
    handler: (request, reply) => {
      const { theme, back } = request.body;
      return reply
        .header('set-cookie', themeCookie(theme))
        .header('cache-control', 'no-store')
        .redirect(back, 303);
    },
  });
}
