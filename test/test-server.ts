import { openPostgres } from '../src/db/postgres.ts';

/** Runs one statement on the server's own database, as `create database` needs. */
export async function onServer(url: string, text: string): Promise<void> {
  const db = await openPostgres({ url, poolSize: 1 });
  try {
    await db.execute(text);
  } finally {
    await db.close();
  }
}

/** The URL of another database on the same server. */
export function databaseUrl(serverUrl: string, name: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.href;
}
