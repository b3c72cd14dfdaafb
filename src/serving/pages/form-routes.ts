import type { FastifyInstance, FastifyRequest } from 'fastify';

import { FilmbaseError } from '../../model/errors.ts';
import { parseQuery } from '../api/url.ts';
import { commentForms } from './comment-forms.ts';
import type { PageServer } from './page-server.ts';
import { themeRoute } from './theme-route.ts';

/**
 * The routes that forms of pages are sent to. They alone take what a browser makes of a form, which any site may have it send:
 * so they take it from pages of ours alone. Throws `foreign_form`.
 */
export async function formRoutes(app: FastifyInstance, pages: PageServer): Promise<void> {
  await app.register((scope, _options, done) => {
    scope.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string' },
      (_request, body, parsed) => {
        parsed(null, parseQuery(String(body)));
      },
    );
    scope.addHook('onRequest', (request, _reply, next) => {
      next(isOurs(request) ? undefined : foreign());
    });
    themeRoute(scope);
    commentForms(scope, pages);
    done();
  });
}

/** By `Sec-Fetch-Site`; of browsers that do not say it, by `Origin`; what says neither is no browser of today. */
function isOurs({ headers, host }: FastifyRequest): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin';
  const { origin } = headers;
  return origin !== undefined && URL.canParse(origin) && new URL(origin).host === host;
}

function foreign(): FilmbaseError {
  return new FilmbaseError('foreign_form', 'The form was not sent from a page of this site.', {
    fields: [{ field: 'origin', message: 'must be this site' }],
  });
}
