import { access } from 'node:fs/promises';

import type { Installation } from '../../app.ts';
import { findRun } from '../../catalogue/queries/find-run.ts';
import { listRuns } from '../../catalogue/queries/list-runs.ts';
import type { RunEntry } from '../../catalogue/queries/list-runs.ts';
import { rejectFile } from '../../lake/layout.ts';
import { runManifest } from '../../lake/manifests.ts';
import { FilmbaseError } from '../../model/errors.ts';
import { literal } from '../../model/lake-engine.ts';
import { table } from '../table.ts';
import type { Output, Verb } from '../verb.ts';

/** Runs listed of each source. */
const LISTED = 20;

/** Rejects fetched from the engine at a time. */
const BATCH = 5_000;

export const verb: Verb = {
  name: 'runs',
  inServer: true,
  declare: (command) =>
    command
      .summary('runs, their counts and timings; the rejects of one')
      .description(
        'Lists the latest runs of each source, or shows the manifest of one: counts by file, rejects by reason, phases.',
      )
      .argument('[run]', 'the run to show')
      .option('--rejects', 'print the rejects of the run: file, line, reason, raw text')
      .addHelpText('after', '\nExample:\n  filmbase runs\n  filmbase runs 20261121T020000Z-4f2a --rejects'),
  run: async ({ installation, out, signal }, [name], options) => {
    const opened = await installation();
    if (name === undefined) {
      if (options.rejects === true)
        throw new FilmbaseError('usage_invalid', '--rejects goes with a run, named.');
      await sayRuns(opened, out);
      return 0;
    }
    const run = await findRun(opened.db, name);
    if (run === null) throw new FilmbaseError('run_not_found', `There is no run ${name}.`);
    if (options.rejects === true) await sayRejects(opened, out, signal, run);
    else out.say('run', { ...run }, describeRun(run));
    return 0;
  },
};

async function sayRuns({ db, sources }: Installation, out: Output): Promise<void> {
  const pages = await Promise.all(
    sources.map(({ name }) =>
      listRuns(db, { source: name, position: { direction: 'forward', beyond: null }, limit: LISTED }),
    ),
  );
  const runs = pages.flatMap((page) => page?.runs ?? []);
  const rows = runs.map((run) => {
    const totals = totalsOf(run);
    return [
      run.name,
      run.source,
      run.state,
      totals?.read ?? null,
      totals?.claimed ?? null,
      totals?.rejected ?? null,
    ];
  });
  out.say(
    'runs',
    { runs },
    rows.length === 0
      ? 'No source has been read yet: filmbase sync'
      : table(['run', 'source', 'state', 'read', 'claimed', 'rejected'], rows),
  );
}

function totalsOf(run: RunEntry) {
  const manifest = runManifest.safeParse(run.manifest);
  if (!manifest.success) return null;
  const sum = (key: 'read' | 'claimed' | 'rejected') =>
    manifest.data.files.reduce((total, file) => total + file[key], 0);
  return { read: sum('read'), claimed: sum('claimed'), rejected: sum('rejected') };
}

function describeRun(run: RunEntry): string {
  const head = `${run.name}  ${run.source}  ${run.state}  ${run.startedAt} to ${run.finishedAt ?? '…'}`;
  const manifest = runManifest.safeParse(run.manifest);
  if (!manifest.success) return `${head}\n${JSON.stringify(run.manifest, null, 2)}`;
  const { files, phases } = manifest.data;
  const counts = files.map((file) => [
    file.file,
    file.read,
    file.claimed,
    file.unchanged,
    file.outside,
    file.rejected,
  ]);
  const reasons = files.flatMap((file) =>
    Object.entries(file.reasons).map(([reason, count]) => [file.file, reason, count]),
  );
  return [
    head,
    table(['file', 'read', 'claimed', 'unchanged', 'outside', 'rejected'], counts),
    ...(reasons.length > 0 ? [table(['file', 'reject reason', 'records'], reasons)] : []),
    table(
      ['phase', 'ms'],
      phases.map(({ name, ms }) => [name, ms]),
    ),
  ].join('\n\n');
}

async function sayRejects(
  { lake, syncWorld }: Installation,
  out: Output,
  signal: AbortSignal,
  run: RunEntry,
): Promise<void> {
  const generation = runManifest.safeParse(run.manifest).data?.generation ?? 0;
  const file = rejectFile(lake, { source: run.source, run: run.name, generation });
  const kept = await access(file).then(
    () => true,
    () => false,
  );
  if (!kept) {
    const rejects = (run.manifest as { rejects?: Reject[] }).rejects ?? [];
    for (const reject of rejects) sayReject(out, reject);
    if (rejects.length === 0) out.say('none', {}, 'The lake has no rejects of this run.');
    return;
  }
  const engine = await syncWorld(signal, () => undefined).openEngine('runs', signal);
  try {
    for (let offset = 0, more = true; more; offset += BATCH) {
      const rejects = await engine.rows<Reject>(
        `select file, line, reason, detail, raw from read_parquet(${literal(file)}) order by file, line limit ${BATCH} offset ${offset}`,
      );
      for (const reject of rejects) sayReject(out, reject);
      more = rejects.length === BATCH;
    }
  } finally {
    await engine.close();
  }
}

interface Reject {
  readonly file: string;
  readonly line: number;
  readonly reason: string;
  readonly detail: string | null;
  readonly raw: string | null;
}

function sayReject(out: Output, reject: Reject): void {
  const { file, line, reason, detail, raw } = reject;
  out.say('reject', { ...reject }, `${file}:${line}: ${reason}: ${detail ?? ''}\n  ${raw ?? ''}`);
}
