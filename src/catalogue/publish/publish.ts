import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';

import type { Database } from '../../db/database.ts';
import type { Phase } from '../../lib/timer.ts';
import { catalogueFile } from '../../lake/layout.ts';
import { findVersion } from '../../lake/manifests.ts';
import type { VersionManifest } from '../../lake/manifests.ts';
import { FilmbaseError } from '../../model/errors.ts';
import { literal } from '../../model/lake-engine.ts';
import type { LakeEngine } from '../../model/lake-engine.ts';
import { removeUnseenChanges } from '../changes/forget-changes.ts';
import { addGenres, findGenres } from '../genres.ts';
import type { FacetTable, SearchTable, TableOfThings } from '../served-columns.ts';
import { applyChanges } from './changes.ts';
import { listFacets } from '../facet-index/list-facets.ts';
import { listPostings } from '../search-index/postings.ts';
import { compareThings, compareTitles } from './difference.ts';
import type { Difference } from './difference.ts';
import type { Extracts } from './extract.ts';
import {
  extractAliases,
  extractDeleted,
  extractFacets,
  extractGoneThings,
  extractMatches,
  extractOfTitle,
  extractReports,
  extractSearch,
  extractThings,
  extractTitleGenres,
  extractTouched,
  extractTitles,
  genreNames,
} from './extract.ts';
import type { PublishRequest, PublishWork } from './publish-request.ts';
import { replaceAll } from './replacement.ts';
import { describeServed, findServedVersion } from './served.ts';

/**
 * A difference of at most this share of the titles is applied row by row; a larger one is built beside and swapped
 * in. At 1 million films on a server a row took about 0.2 ms, the whole catalogue about 14 s.
 */
const SMALL_SHARE = 0.05;

/** The embedded database answers no one during a transaction, so there only so many titles are applied in one. */
const SMALL_EMBEDDED = 2_000;

export interface PublishResult {
  readonly version: number;
  readonly way: 'rows' | 'swap';
  readonly difference: Difference;
  readonly phases: readonly Phase[];
}

/**
 * Carries what lies between the catalogue that `db` serves and `request.version` into `db`, in one transaction at the
 * end, and has the feed tell of it. What people entered after the version was merged is kept. Null if the version is served already. Throws
 * `shrink_refused`, with nothing changed, if too many titles would go.
 */
export async function publishCatalogue(
  db: Database,
  engine: LakeEngine,
  request: PublishRequest,
): Promise<PublishResult | null> {
  const { lake, version, timer } = request;
  const served = await findServedVersion(db);
  if (served.id === version.id) return null;
  const sameNumber = await findVersion(lake, served.version);
  const base = sameNumber?.id === served.id ? sameNumber : null;
  const after = catalogueFile(lake, 'title', version.version);
  const before =
    base === null ? await describeServed(db, request) : literal(catalogueFile(lake, 'title', base.version));
  const difference = await timer.time('compare', () => compareTitles(engine, before, literal(after)));
  refuseShrink(request, difference);

  const small =
    base !== null && isSmall(db, request, base, difference, await compareBoth(engine, request, base));
  await removeUnseenChanges(db);
  const work = { ...request, served, base };
  await (small ? applyChanges : replaceAll)(db, extractsOf(db, engine, work, small), work);
  await rm(request.scratch, { recursive: true, force: true });
  return { version: version.version, way: small ? 'rows' : 'swap', difference, phases: timer.list() };
}

function extractsOf(
  db: Database,
  engine: LakeEngine,
  { lake, version, scratch, base }: PublishWork,
  onlyChanged: boolean,
): Extracts {
  const filesOf = (table: string): [string, ...string[]] => {
    const before = base === null ? [] : [catalogueFile(lake, table, base.version)];
    return [file(table), ...before.filter((one) => existsSync(one))];
  };
  const file = (table: string) => catalogueFile(lake, table, version.version);
  const titles = file('title');
  return {
    title: () => extractTitles(engine, titles, join(scratch, 'title'), onlyChanged),
    titleGenre: async () => {
      const names = await genreNames(engine, titles);
      await db.transaction((tx) => addGenres(tx, names));
      const genres = await findGenres(db);
      return extractTitleGenres(engine, titles, join(scratch, 'title_genre'), onlyChanged, genres);
    },
    ofTitle: (table) => extractOfTitle(engine, table, file(table), join(scratch, table), onlyChanged),
    things: (table) => extractThings(engine, table, file(table), join(scratch, table), onlyChanged),
    goneThings: (table) => extractGoneThings(engine, table, join(scratch, `gone_${table}`)),
    reports: () => extractReports(engine, file('report_row'), join(scratch, 'report_row')),
    matches: () => extractMatches(engine, file('ambiguous_match'), join(scratch, 'ambiguous_match')),
    search: async () => {
      const selects = await listPostings(engine, titles, file('title_name'));
      const extractTable = (table: SearchTable) =>
        extractSearch(engine, table, selects(table), join(scratch, table));
      return {
        search_word: await extractTable('search_word'),
        search_gram: await extractTable('search_gram'),
      };
    },
    facets: async () => {
      await listFacets(engine, file);
      const extractTable = (table: FacetTable) => extractFacets(engine, table, join(scratch, table));
      return {
        facet_cell: await extractTable('facet_cell'),
        facet_bits: await extractTable('facet_bits'),
        facet_scale: await extractTable('facet_scale'),
        facet_changed: await extractTable('facet_changed'),
      };
    },
    alias: () => extractAliases(engine, file('title_alias'), join(scratch, 'title_alias')),
    deleted: () => extractDeleted(engine, join(scratch, 'deleted')),
    touched: () => extractTouched(engine, filesOf, join(scratch, 'touched')),
  };
}

/** Compares what titles have in common in both versions; a table that the older one did not have was empty. */
function compareBoth(
  engine: LakeEngine,
  { lake, version, timer }: PublishRequest,
  base: VersionManifest,
): Promise<number> {
  const after = (table: TableOfThings) => literal(catalogueFile(lake, table, version.version));
  const before = (table: TableOfThings) => {
    const file = catalogueFile(lake, table, base.version);
    return existsSync(file) ? literal(file) : `(select * from ${after(table)} where false)`;
  };
  return timer.time('compare', () => compareThings(engine, before, after));
}

/** Whether so little is changed, in titles and in the `things` that they have in common, that it is applied row by row. */
function isSmall(
  db: Database,
  { version, wholly }: PublishRequest,
  base: VersionManifest,
  { created, updated, deleted, before }: Difference,
  things: number,
): boolean {
  if (wholly === true) return false;
  const most = Math.min(before * SMALL_SHARE, db.engine === 'postgres' ? Infinity : SMALL_EMBEDDED);
  return base.mergeVersion === version.mergeVersion && created + updated + deleted <= most && things <= most;
}

/** A provider that breaks must not empty the catalogue. */
function refuseShrink({ maxShrink, version }: PublishRequest, { deleted, before }: Difference): void {
  if (maxShrink === null || deleted <= before * maxShrink) return;
  const share = ((100 * deleted) / before).toFixed(1);
  throw new FilmbaseError(
    'shrink_refused',
    `Version ${version.version} lacks ${deleted} of the ${before} titles served (${share} %); at most ${maxShrink * 100} % may go.`,
  );
}
