import type { Logger } from 'pino';

import { openJsonClient } from './json-client.ts';
import type { ClientOptions, JsonClient } from './json-client.ts';

/** One client for each provider, opened when it is first asked for. */
export class ClientBook {
  readonly #clients = new Map<string, JsonClient>();
  readonly #log: Logger;
  readonly #overrides: Partial<ClientOptions>;

  /** `overrides` hold for every client. */
  constructor(log: Logger, overrides: Partial<ClientOptions> = {}) {
    this.#log = log;
    this.#overrides = overrides;
  }

  /** `options` count when the provider is first asked for. */
  clientOf(provider: string, options: Partial<ClientOptions> = {}): JsonClient {
    const known = this.#clients.get(provider);
    if (known !== undefined) return known;
    const client = openJsonClient({ ...options, ...this.#overrides }, this.#log.child({ provider }));
    this.#clients.set(provider, client);
    return client;
  }

  async close(): Promise<void> {
    await Promise.all([...this.#clients.values()].map((client) => client.close()));
    this.#clients.clear();
  }
}
