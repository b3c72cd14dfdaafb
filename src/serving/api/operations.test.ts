import sql from 'sql-template-tag';
import { describe, expect, it } from 'vitest';

import { anyKey, openTestApi } from '../../../test/api.ts';
import { describeOnPglite } from '../../../test/databases.ts';
import { FilmbaseError } from '../../model/errors.ts';
import { Metrics, METRICS } from '../../model/metrics.ts';

const KEY = { authorization: 'Bearer something' };

describeOnPglite('having a source read', (open) => {
  it('needs a key, answers with the run, and says where its runs are', async () => {
    const startSync = (source: string) => Promise.resolve(`run-of-${source}`);
    const api = await openTestApi((await open()).db, { ...anyKey('write'), startSync });
    const refused = await api.inject({ method: 'POST', url: '/sources/imdb/sync' });
    const taken = await api.inject({ method: 'POST', url: '/sources/imdb/sync', headers: KEY });
    await api.close();
    expect([refused.statusCode, taken.statusCode]).toEqual([401, 202]);
    expect(taken.json()).toEqual({ source: 'imdb', run: 'run-of-imdb' });
    expect(taken.headers.location).toBe('/sources/imdb/runs');
  });

  it.each([
    ['source_not_found', 404],
    ['source_not_configured', 409],
    ['sync_running', 409],
  ] as const)('is refused with %s as %d', async (code, status) => {
    const startSync = () => Promise.reject(new FilmbaseError(code, 'No.'));
    const api = await openTestApi((await open()).db, { ...anyKey('admin'), startSync });
    const { statusCode, body } = await api.inject({ method: 'POST', url: '/sources/x/sync', headers: KEY });
    await api.close();
    expect(statusCode).toBe(status);
    expect(body).toContain(`/problems/${code}`);
  });
});

describeOnPglite('the metrics', (open) => {
  it('count runs and answers, and know the age of each source and whether it failed', async () => {
    const { db } = await open();
    await db.query(sql`
      insert into source (name, state, fresh_at)
      values ('ghibli', 'failed', '2026-11-21T11:59:00Z'), ('imdb', 'done', null)`);
    const metrics = new Metrics();
    metrics.countRun('ghibli', 'failed');
    metrics.countRun('ghibli', 'failed');
    metrics.observeAnswer({
      method: 'GET',
      route: '/movies',
      status: 304,
      milliseconds: 0.01,
      fromMemory: true,
    });
    const onAnswer = metrics.observeAnswer.bind(metrics);
    const api = await openTestApi(db, { metrics, onAnswer });
    await api.inject('/movies');
    const { body, headers, statusCode } = await api.inject({
      url: '/metrics',
      headers: { accept: 'text/plain' },
    });
    await api.close();
    expect(statusCode).toBe(200);
    expect(headers['content-type']).toMatch(/^text\/plain/);
    const lines = body.split('\n');
    expect(lines).toContain('filmbase_runs_total{source="ghibli",state="failed"} 2');
    expect(lines).toContain('filmbase_source_age_seconds{source="ghibli"} 60');
    expect(lines).toContain('filmbase_source_failed{source="ghibli"} 1');
    expect(lines).toContain('filmbase_source_failed{source="imdb"} 0');
    expect(lines).toContain('filmbase_http_answers_from_memory_total{status="304"} 1');
    expect(body).toMatch(/filmbase_http_request_seconds_count\{.*route="\/movies".*\} 1/);
  });
});

describe('a metric', () => {
  it('has a name that says its unit, or that it is a total, a version or a truth', () => {
    const odd = Object.keys(METRICS).filter((name) => !/_(seconds|total|version|failed)$/.test(name));
    expect(odd).toEqual([]);
  });
});
