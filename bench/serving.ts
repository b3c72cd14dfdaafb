import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { NO_FILTERS } from '../src/catalogue/queries/title-filters.ts';
import { listTitles } from '../src/catalogue/queries/list-titles.ts';
import type { TitleListRequest } from '../src/catalogue/queries/list-titles.ts';
import type { Queryable, Statement } from '../src/db/database.ts';
import { openPostgres } from '../src/db/postgres.ts';
import { program } from './command.ts';
import { median } from './figure.ts';
import type { Figure } from './figure.ts';
import { startBareServer, startFilmbase } from './servers.ts';

const CLIENTS = 8;
const SECONDS = 5;

/** Statements timed for each place of a list. */
const PAGES = 300;

/** More than any title has votes. */
const MOST_VOTES = 2_000_000;

/** What a list page costs, from a server on `databaseUrl` that has been loaded. Needs wrk and pgbench. */
export async function measureServing(
  environment: Record<string, string>,
  databaseUrl: string,
  films: string,
): Promise<Figure[]> {
  const { address, stop } = await startFilmbase(environment);
  try {
    const cached = `${address}/movies?sort=-rating&genre=Drama`;
    const body = await (await fetch(cached)).text();
    const bare = await startBareServer(Buffer.byteLength(body));
    const uncachedRate = await requestRate(address, EACH_OTHER);
    const sqlRate = await statementRate(databaseUrl);
    const bareRate = await requestRate(bare.address, '');
    const cachedRate = await requestRate(cached, '');
    const etag = (await fetch(cached)).headers.get('etag') ?? '';
    const unchangedRate = await requestRate(cached, `wrk.headers['If-None-Match'] = '${etag}'`);
    await bare.stop();
    return [
      rateFigure(`list page, not cached, ${films}`, uncachedRate, sqlRate, 0.3, 'pgbench with its SQL'),
      rateFigure(
        `list page, cached, ${films}`,
        cachedRate,
        bareRate,
        0.8,
        'a bare node:http answer of its size',
      ),
      rateFigure(
        `list page, 304, ${films}`,
        unchangedRate,
        bareRate,
        0.8,
        'a bare node:http answer of its size',
      ),
      ...(await measureDepth(databaseUrl, films)),
    ];
  } finally {
    await stop();
  }
}

/** A wrk script: each request asks for another list, so that none is answered from memory. */
const EACH_OTHER = `
  local k = ${MOST_VOTES}
  request = function()
    k = k - 1
    return wrk.format('GET', '/movies?sort=-votes&votes_lte=' .. k)
  end`;

async function requestRate(url: string, script: string): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'filmbase-bench-'));
  const file = join(folder, 'requests.lua');
  await writeFile(file, script);
  const printed = await program('wrk', ['-t1', `-c${CLIENTS}`, `-d${SECONDS}s`, '-s', file, url]);
  await rm(folder, { recursive: true });
  if (printed === null) throw new Error('The serving figures need wrk: https://github.com/wg/wrk');
  if (printed.includes('Non-2xx') && !printed.includes('304') && !script.includes('If-None-Match'))
    throw new Error(printed);
  return Number(/Requests\/sec:\s+([\d.]+)/.exec(printed)?.[1]);
}

/** What PostgreSQL alone gives for the SQL of the page not cached, with as many clients. */
async function statementRate(databaseUrl: string): Promise<number> {
  const statement = await statementOf(pageBelow(MOST_VOTES));
  const text = statement.text.replaceAll(/\$(\d+)/g, (_, place: string) => {
    const value = statement.values[Number(place) - 1];
    return value === MOST_VOTES ? ':k' : typeof value === 'string' ? `'${value}'` : String(value);
  });
  const folder = await mkdtemp(join(tmpdir(), 'filmbase-bench-'));
  const file = join(folder, 'page.sql');
  await writeFile(file, `\\set k random(5, ${MOST_VOTES})\n${text.replaceAll(/\s+/g, ' ')};\n`);
  const printed = await program('pgbench', [
    '-n',
    '-M',
    'prepared',
    '-c',
    String(CLIENTS),
    '-T',
    String(SECONDS),
    '-f',
    file,
    databaseUrl,
  ]);
  await rm(folder, { recursive: true });
  if (printed === null) throw new Error('The serving figures need pgbench, which comes with PostgreSQL.');
  return Number(/tps = ([\d.]+)/.exec(printed)?.[1]);
}

function pageBelow(votes: number): TitleListRequest {
  return {
    filters: { ...NO_FILTERS, votes: { lte: votes } },
    order: [{ by: 'votes', descending: true }],
    position: { direction: 'forward', beyond: null },
    limit: 20,
    count: 'none',
  };
}

/** The statement that answers the request, as it is sent. */
async function statementOf(request: TitleListRequest): Promise<Statement> {
  const sent: Statement[] = [];
  const listener: Queryable = {
    engine: 'postgres',
    query: (statement) => {
      sent.push(statement);
      return Promise.resolve([]);
    },
    execute: () => Promise.resolve(),
  };
  await listTitles(listener, request).catch(() => undefined);
  if (sent[0] === undefined) throw new Error('The list sent no statement.');
  return sent[0];
}

/** Page one of each order beside the page at its end. */
async function measureDepth(databaseUrl: string, films: string): Promise<Figure[]> {
  const db = await openPostgres({ url: databaseUrl });
  try {
    const figures: Figure[] = [];
    for (const by of ['rating', 'title'] as const) {
      const order = [{ by, descending: false }] as const;
      const request = { filters: NO_FILTERS, order, limit: 20, count: 'none' } as const;
      const last = await listTitles(db, { ...request, position: { direction: 'backward', beyond: null } });
      const first = await pageMs(db, { ...request, position: { direction: 'forward', beyond: null } });
      const deep = await pageMs(db, { ...request, position: { direction: 'forward', beyond: last.first } });
      figures.push({
        what: `last page by ${by} against the first, ${films}`,
        measured: `${deep.toFixed(2)} ms, ${first.toFixed(2)} ms`,
        ratio: deep / first,
        goal: '≤ 1.2 × the first page',
        reached: deep <= 1.2 * first,
      });
    }
    return figures;
  } finally {
    await db.close();
  }
}

async function pageMs(db: Queryable, request: TitleListRequest): Promise<number> {
  const times: number[] = [];
  for (let page = 0; page < PAGES; page += 1) {
    const start = performance.now();
    await listTitles(db, request);
    times.push(performance.now() - start);
  }
  return median(times);
}

function rateFigure(what: string, rate: number, yardstick: number, share: number, of: string): Figure {
  return {
    what,
    measured: `${Math.round(rate).toLocaleString('en')} /s`,
    ratio: rate / yardstick,
    goal: `≥ ${share} × ${of} (${Math.round(yardstick).toLocaleString('en')} /s)`,
    reached: rate >= share * yardstick,
  };
}
