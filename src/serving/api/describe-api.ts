import pino from 'pino';

import type { ApiDocument } from './api-document.ts';
import type { ApiWorld } from './api-world.ts';
import { buildApi } from './build-api.ts';
import { KnownState } from './known-state.ts';

/** The API reference, without an installation: of an API over nothing, which answers nothing. */
export async function describeApi(world: Pick<ApiWorld, 'reports' | 'version'>): Promise<ApiDocument> {
  // Routes ask the rest of the world for nothing before a request comes, and none comes.
  const nothing: Partial<ApiWorld> = {
    state: new KnownState(),
    log: pino({ level: 'silent' }),
    corsOrigin: null,
    cacheBytes: 0,
    openComments: false,
    writeLimits: { perKey: 0, perAddress: 0 },
    trustedProxies: [],
    posterHosts: [],
    ...world,
  };
  const api = await buildApi(nothing as ApiWorld);
  await api.close();
  return api.swagger() as unknown as ApiDocument;
}
