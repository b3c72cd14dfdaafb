import pg from 'pg';

import { ChannelListeners } from './channel-listeners.ts';
import { driverFailure, unreachable } from './database-error.ts';
import { identifier } from './values.ts';

/** Waits before a lost connection is made again, doubling from the first to the last. */
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
  const listeners = new ChannelListeners();
  let connection: Promise<pg.Client> | null = null;
  let retry: NodeJS.Timeout | undefined;
  let closed = false;

  function connected(): Promise<pg.Client> {
    connection ??= open().catch((error: unknown) => {
      connection = null;
      throw unreachable(driverFailure(error), place, error);
    });
    return connection;
  }

  async function open(): Promise<pg.Client> {
    const client = new pg.Client(connect);
    // Its end is what counts, and is told besides.
    client.on('error', () => undefined);
    client.on('notification', ({ channel }) => {
      listeners.call(channel);
    });
    try {
      await client.connect();
      for (const channel of listeners.channels()) await client.query(`listen ${identifier(channel)}`);
    } catch (error) {
      await client.end().catch(() => undefined);
      throw error;
    }
    client.once('end', () => {
      connection = null;
      reconnectAfter(FIRST_WAIT_MS);
    });
    return client;
  }

  function reconnectAfter(waitMs: number): void {
    if (closed) return;
    clearTimeout(retry);
    retry = setTimeout(() => {
      connected().then(
        () => {
          listeners.callAll();
        },
        () => {
          reconnectAfter(Math.min(waitMs * 2, LAST_WAIT_MS));
        },
      );
    }, waitMs).unref();
  }

  return {
    async listen(channel, onNotice) {
      const client = await connected();
      await client.query(`listen ${identifier(channel)}`).catch((error: unknown) => {
        throw unreachable(driverFailure(error), place, error);
      });
      return listeners.add(channel, onNotice);
    },
    async close() {
      closed = true;
      clearTimeout(retry);
      const client = await connection?.catch(() => null);
      await client?.end();
    },
  };
}
