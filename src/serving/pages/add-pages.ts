import type { FastifyInstance } from 'fastify';

import { prefersPage } from '../api/accept.ts';
import type { ApiWorld } from '../api/api-world.ts';
import type { BodyCache } from '../api/body-cache.ts';
import type { Problem } from '../api/problem.ts';
import { assetRoutes } from './asset-routes.ts';
import { loadAssets } from './assets.ts';
import { formRoutes } from './form-routes.ts';
import { openPageServer } from './page-server.ts';
import { problemShown } from './views/problem.tsx';

/**
 * Has routes that have a page answer with it whoever would rather have that than JSON, and every problem be a page to them.
 * The one place where that is decided.
 */
export async function addPages(app: FastifyInstance, world: ApiWorld, cache: BodyCache): Promise<void> {
  const assets = loadAssets();
  const pages = openPageServer({ app, world, cache, assets });
  app.addHook('onRequest', async (request, reply) => {
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    const page = pages.pageOf(request.routeOptions.url);
    if (page === undefined || !isRead || !prefersPage(request.headers.accept)) return;
    return pages.answer(page, request, reply);
  });
  app.addHook('onSend', (request, reply, payload, done) => {
    const isProblem = String(reply.getHeader('content-type')).startsWith('application/problem+json');
    if (!isProblem || !prefersPage(request.headers.accept)) {
      done(null, payload);
      return;
    }
    const problem = JSON.parse(String(payload)) as Problem;
    done(null, pages.textOf(problemShown(problem), request, reply));
  });
  assetRoutes(app, assets);
  await formRoutes(app, pages);
}
