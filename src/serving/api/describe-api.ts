import pino from 'pino';

import type { ApiDocument } from './api-document.ts';
import type { ApiWorld } from './api-world.ts';
import { buildApi } from './build-api.ts';
import { KnownState } from './known-state.ts';

/** The API reference, without an installation: of an API over nothing, which answers nothing. */
export async function describeApi(world: Pick<ApiWorld, 'reports' | 'version'>): Promise<ApiDocument> {
  // Routes ask the rest of the world for nothing before a request comes, and none comes.
  const nothing = {
    state: new KnownState(),
    log: pino({ level: 'silent' }),
    corsOrigin: null,
    cacheBytes: 0,
    ...world,
  } as ApiWorld;
  const api = await buildApi(nothing);
  await api.close();
  return api.swagger() as unknown as ApiDocument;
}
