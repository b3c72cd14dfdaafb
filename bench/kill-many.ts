import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { dump } from '../test/dumps.ts';
import { KillGround, momentsWithin } from '../test/kill-trials.ts';
import type { Trial } from '../test/kill-trials.ts';
import { databaseUrl, onServer } from '../test/test-server.ts';

const HELP = `Kills syncs, and servers with a sync within, at moments spread over a run, and looks at what the next start finds.

  node dist/bench/kill-many.js [--kills 50] [--films 50000] [--seed N]

With DATABASE_URL (a server, where it makes a database of its own and drops it again) syncs that publish there are
killed as well. Exits with 1 if anything was not as it must be.`;

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '50' },
    films: { type: 'string', default: '50000' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    help: { type: 'boolean', default: false },
  },
});

const kills = Number(values.kills);

if (values.help) console.log(HELP);
else await killMany();

async function killMany(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'filmbase-kills-'));
  const dumps = ['A', 'B'].map((version) =>
    dump()
      .films(Number(values.films), (number) => ({ title: `Film ${number} ${version}` }))
      .write(join(folder, version)),
  );
  console.log(`${kills} kills each, ${values.films} films, seed ${values.seed}\n`);
  console.log('| database | killed | after ms | found | faults |\n| --- | --- | --- | --- | --- |');
  try {
    const embedded = await openGround(join(folder, 'embedded'), null, dumps);
    await trials('embedded', embedded.durations.sync, (moment) => embedded.killSync(moment));
    await trials('embedded', embedded.durations.serve, (moment) => embedded.killServer(moment));
    const server = process.env.DATABASE_URL;
    if (server !== undefined) await killOnServer(server, join(folder, 'server'), dumps);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function killOnServer(server: string, folder: string, dumps: readonly string[]): Promise<void> {
  const name = `filmbase_kills_${process.pid}`;
  await onServer(server, `create database ${name}`);
  try {
    const ground = await openGround(folder, databaseUrl(server, name), dumps);
    await trials('PostgreSQL', ground.durations.sync, (moment) => ground.killSync(moment));
  } finally {
    await onServer(server, `drop database if exists ${name} with (force)`);
  }
}

async function openGround(
  folder: string,
  url: string | null,
  [a = '', b = '']: readonly string[],
): Promise<KillGround> {
  const ground = new KillGround(folder, url, [a, b]);
  await ground.prepare();
  return ground;
}

async function trials(
  database: string,
  durationMs: number,
  kill: (moment: number) => Promise<Trial>,
): Promise<void> {
  for (const at of momentsWithin(durationMs, kills, Number(values.seed))) {
    const { killed, moment, found, faults } = await kill(at);
    console.log(
      `| ${database} | ${killed} | ${moment} of ${Math.round(durationMs)} | ${found} | ${faults.join('; ')} |`,
    );
    if (faults.length > 0) process.exitCode = 1;
  }
}
