import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { openEngine } from '../src/lake/engine.ts';
import { claimFile } from '../src/lake/layout.ts';
import type { Lake } from '../src/lake/layout.ts';
import type { RunManifest } from '../src/lake/manifests.ts';
import { CLAIM_TABLES } from '../src/model/claim-tables.ts';
import type { ClaimTable } from '../src/model/claim-tables.ts';
import { literal } from '../src/model/lake-engine.ts';
import type { LakeEngine } from '../src/model/lake-engine.ts';

/** A claim as a test states it: what it leaves out is null. */
export type StatedClaim = Record<string, string | number | boolean>;

export interface ClaimLake {
  readonly lake: Lake;
  readonly engine: LakeEngine;
  /** Writes claims as a run of `source`, and gives its manifest. */
  run(source: string, claims: Partial<Record<ClaimTable, readonly StatedClaim[]>>): Promise<RunManifest>;
  close(): Promise<void>;
}

/** A lake in a folder of its own, and an engine to work it. */
export async function openClaimLake(): Promise<ClaimLake> {
  const folder = await mkdtemp(join(tmpdir(), 'filmbase-claims-'));
  const lake = { folder: join(folder, 'lake') };
  const engine = await openEngine({ memoryLimitMb: 512, threads: 2, tempFolder: join(folder, 'engine') });
  let runs = 0;
  return {
    lake,
    engine,
    run: async (source, claims) => {
      runs += 1;
      const run = `20261121T0000${String(runs).padStart(2, '0')}Z-0000`;
      const counts: Record<string, number> = {};
      for (const [table, rows] of Object.entries(claims) as [ClaimTable, readonly StatedClaim[]][]) {
        const file = claimFile(lake, table, { source, run });
        await mkdir(dirname(file), { recursive: true });
        await writeClaims(engine, file, table, { source, run }, rows);
        counts[table] = rows.length;
      }
      return manifestOf(source, run, counts);
    },
    close: async () => {
      await engine.close();
      await rm(folder, { recursive: true });
    },
  };
}

/** Writes claims of one run to a file of their table. */
export async function writeClaims(
  engine: LakeEngine,
  file: string,
  table: ClaimTable,
  stamp: { source: string; run: string },
  rows: readonly StatedClaim[],
): Promise<void> {
  const json = `${file}.ndjson`;
  await writeFile(json, rows.map((row) => `${JSON.stringify({ ...stamp, ...row })}\n`).join(''));
  const columns = Object.entries({ source: 'varchar', run: 'varchar', ...CLAIM_TABLES[table] });
  const declared = columns.map(([name, type]) => `${name}: ${literal(type)}`).join(', ');
  await engine.run(`
    copy (select * from read_json(${literal(json)}, format = 'newline_delimited', columns = {${declared}}))
    to ${literal(file)} (format parquet)`);
  await rm(json);
}

function manifestOf(source: string, run: string, claims: Record<string, number>): RunManifest {
  const at = '2026-11-21T00:00:00.000Z';
  return {
    run,
    source,
    startedAt: at,
    finishedAt: at,
    from: null,
    claimsFingerprint: '',
    generation: 0,
    limit: null,
    raw: [],
    files: [],
    claims,
    hasRejects: false,
    partial: null,
    claimsHash: null,
    phases: [],
  };
}
