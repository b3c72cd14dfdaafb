import type { FastifyInstance } from 'fastify';

import type { ApiWorld } from './api/api-world.ts';
import { buildApi } from './api/build-api.ts';
import { addPages } from './pages/add-pages.ts';

/** All that is served over `world`: the API for programs, and at its addresses the pages for people. */
export function buildServer(world: ApiWorld): Promise<FastifyInstance> {
  return buildApi(world, addPages);
}
