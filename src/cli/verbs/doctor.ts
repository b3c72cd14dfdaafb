import { statfs } from 'node:fs/promises';
import sql from 'sql-template-tag';

import type { Installation } from '../../app.ts';
import { findCatalogueState } from '../../catalogue/queries/catalogue-state.ts';
import { listSources } from '../../catalogue/queries/list-sources.ts';
import { pendingMigrations } from '../../db/migrate.ts';
import { listRuns, listVersions } from '../../lake/manifests.ts';
import { FilmbaseError } from '../../model/errors.ts';
import type { Verb } from '../verb.ts';

/** All of IMDb takes about 3 GB in the lake and the database together. */
const LEAST_FREE_BYTES = 3e9;

interface Finding {
  readonly name: string;
  readonly state: 'ok' | 'warning' | 'fault';
  /** What was found and, unless it is well, what to do. */
  readonly text: string;
}

export const verb: Verb = {
  name: 'doctor',
  inServer: true,
  declare: (command) =>
    command
      .summary('what is wrong with this installation, and how to mend it')
      .description(
        'Looks at the settings, the database, the lake and the sources, and says what is wrong and how to mend it.',
      )
      .addHelpText('after', '\nExample:\n  filmbase doctor'),
  run: async ({ installation, out }) => {
    const findings = await examine(installation);
    for (const finding of findings) {
      out.say('finding', { ...finding }, `${finding.state.padEnd(7)}  ${finding.name}: ${finding.text}`);
    }
    return findings.some(({ state }) => state === 'fault') ? 1 : 0;
  },
};

async function examine(installation: () => Promise<Installation>): Promise<Finding[]> {
  let opened: Installation;
  try {
    opened = await installation();
  } catch (error) {
    if (!(error instanceof FilmbaseError)) throw error;
    return [{ name: 'installation', state: 'fault', text: error.describe() }];
  }
  return [
    ...(await examineDatabase(opened)),
    await examineDisk(opened),
    await examineCatalogue(opened),
    ...(await examineSources(opened)),
  ];
}

async function examineDatabase({ db }: Installation): Promise<Finding[]> {
  const [server] = await db.query<{ version: string; number: number }>(
    sql`select version() as version, current_setting('server_version_num')::integer as number`,
  );
  const old = (server?.number ?? 0) < 150_000;
  const pending = await pendingMigrations(db);
  return [
    {
      name: 'database',
      state: old ? 'fault' : 'ok',
      text: `${server?.version.split(' on ')[0] ?? ''}${old ? '; PostgreSQL 15 or newer is needed.' : ''}`,
    },
    {
      name: 'schema',
      state: pending.length > 0 ? 'fault' : 'ok',
      text: pending.length > 0 ? `lacks ${pending.join(', ')}. Run: filmbase migrate` : 'up to date',
    },
  ];
}

async function examineDisk({ config }: Installation): Promise<Finding> {
  const { bavail, bsize } = await statfs(config.dataFolder);
  const free = bavail * bsize;
  const text = `${(free / 1e9).toFixed(1)} GB free at ${config.dataFolder}`;
  if (free >= LEAST_FREE_BYTES) return { name: 'disk', state: 'ok', text };
  return { name: 'disk', state: 'warning', text: `${text}; loading all of IMDb takes about 3 GB.` };
}

async function examineCatalogue({ db, lake }: Installation): Promise<Finding> {
  const { version } = await findCatalogueState(db);
  const latest = (await listVersions(lake)).at(-1);
  if (latest === undefined && version === 0)
    return { name: 'catalogue', state: 'warning', text: 'is empty. Run: filmbase sync' };
  if (latest === undefined) {
    return {
      name: 'catalogue',
      state: 'warning',
      text: `version ${version} is served, but the lake has none. Run: filmbase sync`,
    };
  }
  if (latest.version === version)
    return { name: 'catalogue', state: 'ok', text: `version ${version}, ${latest.rows.film ?? 0} films` };
  return {
    name: 'catalogue',
    state: 'warning',
    text: `version ${version} is served, the lake has ${latest.version}. Run: filmbase sync`,
  };
}

async function examineSources({ db, lake }: Installation): Promise<Finding[]> {
  const runs = new Set((await listRuns(lake)).map(({ run }) => run));
  return (await listSources(db, new Date())).map(({ name, state, error, run }) => {
    if (error !== null)
      return { name: `source ${name}`, state: 'fault', text: `${error.code}: ${error.message ?? ''}` };
    if (run !== null && !runs.has(run)) {
      return {
        name: `source ${name}`,
        state: 'warning',
        text: `run ${run} is not in the lake. Run: filmbase sync ${name}`,
      };
    }
    return { name: `source ${name}`, state: 'ok', text: state };
  });
}
