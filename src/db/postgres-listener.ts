import pg from 'pg';

import { driverFailure, unreachable } from './database-error.ts';
import { identifier } from './values.ts';

/** Waits before the connection is tried again, doubling from the first to the last. */
const FIRST_WAIT_MS = 100;
const LAST_WAIT_MS = 5_000;

export interface Listener {
  listen(channel: string, onNotice: () => void): Promise<() => Promise<void>>;
  close(): Promise<void>;
}

/**
 * Listens on one connection for all channels, made at the first `listen`. When it is lost it is made again, and
 * every listener is called once, since notices may have been missed.
 */
export function listenOn(connect: pg.ClientConfig, place: string): Listener {
  const listeners = new Map<string, Set<() => void>>();
  let connection: Promise<pg.Client> | null = null;
  let retry: NodeJS.Timeout | null = null;
  let closed = false;

  async function open(): Promise<pg.Client> {
    const client = new pg.Client(connect);
    client.on('error', () => undefined);
    client.on('notification', ({ channel }) => {
      listeners.get(channel)?.forEach((listener) => {
        listener();
      });
    });
    await client.connect();
    client.once('end', () => {
      connection = null;
      reconnect(FIRST_WAIT_MS);
    });
    for (const channel of listeners.keys()) await client.query(`listen ${identifier(channel)}`);
    return client;
  }

  function reconnect(waitMs: number): void {
    if (closed || listeners.size === 0) return;
    retry = setTimeout(() => {
      connection = open();
      connection.then(callAll, () => {
        connection = null;
        reconnect(Math.min(waitMs * 2, LAST_WAIT_MS));
      });
    }, waitMs);
    retry.unref();
  }

  function callAll(): void {
    for (const ofChannel of listeners.values()) {
      for (const listener of ofChannel) listener();
    }
  }

  return {
    async listen(channel, onNotice) {
      const own = () => {
        onNotice();
      };
      const ofChannel = listeners.get(channel) ?? new Set();
      listeners.set(channel, ofChannel.add(own));
      try {
        connection ??= open();
        await (await connection).query(`listen ${identifier(channel)}`);
      } catch (error) {
        ofChannel.delete(own);
        throw unreachable(driverFailure(error), place, error);
      }
      return () => Promise.resolve(void ofChannel.delete(own));
    },
    async close() {
      closed = true;
      if (retry !== null) clearTimeout(retry);
      const client = await connection?.catch(() => null);
      await client?.end();
    },
  };
}
