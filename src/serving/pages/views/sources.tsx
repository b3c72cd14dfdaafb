import type { JSX } from 'preact';

import { LOCAL } from '../../../model/source.ts';
import type { Page } from '../page.ts';
import { RunTable } from '../parts/run-table.tsx';
import { SourceAge, SourceState } from '../parts/source-states.tsx';
import { useSite } from '../site.ts';
import type { RunList, Source, SourceList } from '../shapes.ts';
import { momentText } from '../words.ts';

/** Runs of each source that are shown. */
const RUNS = 5;

/** `/sources`: where the data come from, how fresh they are, and how the last runs went; live while one is read. */
export const page: Page = {
  route: '/sources',
  navigation: { label: 'Sources', order: 5 },
  show: async ({ ask, path, query }) => {
    const { data } = await ask<SourceList>(query.size === 0 ? path : `${path}?${query}`);
    const runs = await Promise.all(
      data.map(({ name }) => ask<RunList>(`/sources/${encodeURIComponent(name)}/runs?limit=${RUNS}`)),
    );
    return {
      title: 'Sources',
      main: (
        <>
          <h1>Sources</h1>
          <p class="lead">Where the data come from, how old they are, and how they were last read.</p>
          <p class="unseen" role="status" data-said />
          <p class="fault" role="status" data-away />
          <div data-live>
            {data.map((source, at) => (
              <OneSource source={source} runs={runs[at]?.data ?? []} />
            ))}
          </div>
        </>
      ),
      scripts: ['sources'],
    };
  },
};

function OneSource({ source, runs }: { source: Source; runs: RunList['data'] }): JSX.Element {
  const { name, error } = source;
  return (
    <section class="source" aria-labelledby={`source-${name}`} data-source={name} data-state={source.state}>
      <div class="section-head">
        <h2 id={`source-${name}`}>{name}</h2>
        <p>
          <SourceState source={source} /> <SourceAge source={source} />
        </p>
      </div>
      <Times source={source} />
      {error !== null && (
        <p class="fault">
          {error.code}
          {error.message !== null && `: ${error.message}`}
        </p>
      )}
      {runs.length > 0 && <RunTable source={name} runs={runs} />}
    </section>
  );
}

function Times({ source: { name, checkedAt, nextRunAt, schedule } }: { source: Source }): JSX.Element {
  const { now } = useSite();
  if (name === LOCAL) return <p class="muted">What people enter here, read with each sync</p>;
  const parts = [
    checkedAt === null ? 'Not asked yet' : `Last asked ${momentText(checkedAt)}`,
    ...(schedule === null || schedule === 'off'
      ? ['read when someone asks for it']
      : [`schedule ${schedule}`]),
    ...(nextRunAt === null || Date.parse(nextRunAt) < now.getTime() ? [] : [`next ${momentText(nextRunAt)}`]),
  ];
  return <p class="muted">{parts.join(' · ')}</p>;
}
