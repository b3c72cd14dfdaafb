import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';

/** Every metric of our own, declared once: code, `/metrics` and the docs read this. */
export const METRICS = {
  filmbase_runs_total: {
    kind: 'counter',
    help: 'Readings of sources in this process, by how they ended: done, partial, unchanged, failed.',
    labels: ['source', 'state'],
  },
  filmbase_source_age_seconds: {
    kind: 'gauge',
    help: 'Seconds since the data of a source were last found fresh, by any process.',
    labels: ['source'],
  },
  filmbase_source_failed: {
    kind: 'gauge',
    help: '1 where the last run of a source failed, else 0.',
    labels: ['source'],
  },
  filmbase_catalogue_version: {
    kind: 'gauge',
    help: 'The catalogue version that is served; 0 before the first.',
    labels: [],
  },
  filmbase_http_request_seconds: {
    kind: 'histogram',
    help: 'How long answers took in this process, by route and status, but for those from memory.',
    labels: ['method', 'route', 'status'],
  },
  filmbase_http_answers_from_memory_total: {
    kind: 'counter',
    help: 'Answers of this process that came from memory, in front of the framework.',
    labels: ['status'],
  },
} as const;

const BUCKETS_SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];

/** The metrics of one process, in Prometheus' words. */
export class Metrics {
  readonly #registry = new Registry();
  readonly #runs = new Counter({ ...declared('filmbase_runs_total'), registers: [this.#registry] });
  readonly #ages = new Gauge({ ...declared('filmbase_source_age_seconds'), registers: [this.#registry] });
  readonly #failed = new Gauge({ ...declared('filmbase_source_failed'), registers: [this.#registry] });
  readonly #version = new Gauge({ ...declared('filmbase_catalogue_version'), registers: [this.#registry] });
  readonly #answers = new Histogram({
    ...declared('filmbase_http_request_seconds'),
    buckets: BUCKETS_SECONDS,
    registers: [this.#registry],
  });

  /** Counted here, since these answers take some microseconds, of which a counter with labels would take one. */
  readonly #fromMemory = new Map<number, number>();
  readonly #memory = new Counter({
    ...declared('filmbase_http_answers_from_memory_total'),
    registers: [this.#registry],
  });

  /** Adds what the process says of itself: memory, event loop, CPU. */
  collectProcess(): void {
    collectDefaultMetrics({ register: this.#registry });
  }

  countRun(source: string, state: string): void {
    this.#runs.inc({ source, state });
  }

  observeAnswer(answer: {
    readonly method: string;
    readonly route: string | null;
    readonly status: number;
    readonly milliseconds: number;
    readonly fromMemory: boolean;
  }): void {
    const { method, route, status, milliseconds, fromMemory } = answer;
    if (fromMemory) {
      this.#fromMemory.set(status, (this.#fromMemory.get(status) ?? 0) + 1);
      return;
    }
    const labels = { method, route: route ?? 'none', status: String(status) };
    this.#answers.observe(labels, milliseconds / 1000);
  }

  /** All of them as text, with what the database says of sources and catalogue. */
  async text(
    version: number,
    sources: readonly { readonly name: string; readonly state: string; readonly ageSeconds: number | null }[],
  ): Promise<string> {
    this.#version.set(version);
    for (const { name, state, ageSeconds } of sources) {
      if (ageSeconds !== null) this.#ages.set({ source: name }, ageSeconds);
      this.#failed.set({ source: name }, state === 'failed' ? 1 : 0);
    }
    this.#memory.reset();
    for (const [status, count] of this.#fromMemory) this.#memory.inc({ status: String(status) }, count);
    return this.#registry.metrics();
  }

  get contentType(): string {
    return this.#registry.contentType;
  }
}

function declared<N extends keyof typeof METRICS>(name: N) {
  const { help, labels } = METRICS[name];
  return { name, help, labelNames: labels };
}
