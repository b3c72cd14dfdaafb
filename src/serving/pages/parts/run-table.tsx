import type { JSX } from 'preact';

import type { RunList } from '../shapes.ts';
import { countText, momentText } from '../words.ts';

type Run = RunList['data'][number];

/** What a manifest says of each file that was read. */
interface FileCounts {
  readonly read?: number;
  readonly claimed?: number;
  readonly rejected?: number;
  readonly reasons?: Readonly<Record<string, number>>;
}

/** The runs of a source, newest first: what was read, and what could not be understood. */
export function RunTable({ source, runs }: { source: string; runs: readonly Run[] }): JSX.Element {
  return (
    <div class="table-box" tabIndex={0} role="region" aria-label={`Runs of ${source}`}>
      <table>
        <thead>
          <tr>
            <th scope="col">Run</th>
            <th scope="col">State</th>
            <th scope="col" class="figure">
              Took
            </th>
            <th scope="col" class="figure">
              Read
            </th>
            <th scope="col" class="figure">
              Claimed
            </th>
            <th scope="col" class="figure">
              Rejected
            </th>
          </tr>
        </thead>
        <tbody>{runs.map(RunRow)}</tbody>
      </table>
    </div>
  );
}

function RunRow(run: Run): JSX.Element {
  const files = filesOf(run);
  const sum = (of: (file: FileCounts) => number | undefined) =>
    files.length === 0 ? '–' : countText(files.reduce((all, file) => all + (of(file) ?? 0), 0));
  return (
    <tr>
      <th scope="row">
        <time dateTime={run.startedAt}>{momentText(run.startedAt)}</time>
      </th>
      <td>
        {run.state}
        {typeof run.manifest.code === 'string' && `: ${run.manifest.code}`}
      </td>
      <td class="figure">{tookText(run)}</td>
      <td class="figure">{sum(({ read }) => read)}</td>
      <td class="figure">{sum(({ claimed }) => claimed)}</td>
      <td class="figure">
        {sum(({ rejected }) => rejected)}
        {reasonsText(files)}
      </td>
    </tr>
  );
}

function filesOf({ manifest: { files } }: Run): readonly FileCounts[] {
  return Array.isArray(files) ? (files as FileCounts[]) : [];
}

function tookText({ startedAt, finishedAt }: Run): string {
  if (finishedAt === null) return '–';
  return `${((Date.parse(finishedAt) - Date.parse(startedAt)) / 1000).toFixed(1)} s`;
}

/** Why records were rejected; empty where none was. */
function reasonsText(files: readonly FileCounts[]): string {
  const counts = new Map<string, number>();
  for (const [reason, count] of files.flatMap(({ reasons = {} }) => Object.entries(reasons)))
    counts.set(reason, (counts.get(reason) ?? 0) + count);
  return counts.size === 0
    ? ''
    : ` (${[...counts].map(([reason, count]) => `${reason} ${count}`).join(', ')})`;
}
