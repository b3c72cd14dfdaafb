import { access } from 'node:fs/promises';

import { catalogueFile } from '../../lake/layout.ts';
import type { Lake } from '../../lake/layout.ts';
import { requireVersion } from '../../lake/manifests.ts';
import { literal } from '../../model/lake-engine.ts';
import type { LakeEngine } from '../../model/lake-engine.ts';
import { compareTitles } from '../publish/difference.ts';
import { VERSION_TABLES } from '../served-columns.ts';
import { changedFields } from './changed-fields.ts';

export interface ComparedTitle {
  readonly change: 'created' | 'updated' | 'deleted';
  readonly id: string;
  readonly key: string;
  /** As the later version has it, else the earlier. */
  readonly title: string;
  /** Of an update, in the order of their names; lists as how many they have. */
  readonly fields: readonly { readonly field: string; readonly was: unknown; readonly is: unknown }[];
}

export interface VersionComparison {
  readonly created: number;
  readonly updated: number;
  readonly deleted: number;
  /** Titles of the first version. */
  readonly before: number;
  /** By change and key, so many as were asked for. */
  readonly titles: readonly ComparedTitle[];
}

interface ComparedRow extends Omit<ComparedTitle, 'fields'> {
  readonly field: string | null;
  readonly was: string | null;
  readonly is: string | null;
}

/**
 * What version `b` has other than version `a`, both in the lake; at most `limit` titles of it. Throws `version_not_found`.
 */
export async function compareVersions(
  engine: LakeEngine,
  lake: Lake,
  { a, b, limit }: { readonly a: number; readonly b: number; readonly limit: number },
): Promise<VersionComparison> {
  const [before, after] = [await requireVersion(lake, a), await requireVersion(lake, b)];
  const titles = (version: number) => literal(catalogueFile(lake, 'title', version));
  const counted = await compareTitles(engine, titles(a), titles(b));
  // Releases make fingerprints otherwise: then every title that both have is looked at.
  if (before.mergeVersion !== after.mergeVersion) await compareAll(engine, titles(a), titles(b));
  await engine.run(
    `create or replace temp table changed_field as\n${changedFields(await filesOf(lake, a), await filesOf(lake, b), await columnsIn(engine, lake, [a, b]))}`,
  );
  await engine.run(
    `delete from difference where change = 'updated' and id not in (select id from changed_field)`,
  );
  const [updated] = await engine.rows<{ updated: number }>(
    `select count(*) as updated from difference where change = 'updated'`,
  );
  return {
    ...counted,
    updated: updated?.updated ?? 0,
    titles: await firstTitles(engine, titles(a), titles(b), limit),
  };
}

async function compareAll(engine: LakeEngine, before: string, after: string): Promise<void> {
  await engine.run(`
    insert into difference (id, key, change)
    select n.id, n.key, 'updated'
    from ${after} as n
    semi join ${before} as o
      on o.id = n.id
    where n.id not in (select id from difference)`);
}

/** The files that a version has; one that an earlier release merged may lack a table. */
async function filesOf(lake: Lake, version: number): Promise<(table: string) => string | null> {
  const there = new Map<string, string>();
  for (const table of VERSION_TABLES) {
    const file = catalogueFile(lake, table, version);
    await access(file).then(
      () => there.set(table, file),
      () => undefined,
    );
  }
  return (table) => there.get(table) ?? null;
}

async function columnsIn(
  engine: LakeEngine,
  lake: Lake,
  versions: readonly number[],
): Promise<(file: string) => readonly string[]> {
  const columns = new Map<string, string[]>();
  for (const version of versions) {
    for (const table of ['title', 'title_detail']) {
      const file = catalogueFile(lake, table, version);
      const rows = await engine.rows<{ column_name: string }>(`describe select * from ${literal(file)}`);
      columns.set(
        file,
        rows.map((row) => row.column_name),
      );
    }
  }
  return (file) => columns.get(file) ?? [];
}

async function firstTitles(
  engine: LakeEngine,
  before: string,
  after: string,
  limit: number,
): Promise<ComparedTitle[]> {
  const rows = await engine.rows<ComparedRow>(`
    select d.change, d.id, d.key, coalesce(n.title, o.title) as title, f.field, f.was, f."is"
    from (select change, id, key from difference order by change, key, id limit ${limit}) as d
    left join ${before} as o
      on o.id = d.id
    left join ${after} as n
      on n.id = d.id
    left join changed_field as f
      on f.id = d.id
    order by d.change, d.key, d.id, f.field`);
  const titles = new Map<string, ComparedTitle>();
  for (const { change, id, key, title, field, was, is } of rows) {
    const fields = field === null ? [] : [{ field, was: valueOf(was), is: valueOf(is) }];
    titles.set(id, { change, id, key, title, fields: [...(titles.get(id)?.fields ?? []), ...fields] });
  }
  return [...titles.values()];
}

function valueOf(json: string | null): unknown {
  return json === null ? null : JSON.parse(json);
}
