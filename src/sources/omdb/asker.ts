import type { JsonClient } from '../../lib/outgoing/json-client.ts';
import { RequestError } from '../../lib/outgoing/request-error.ts';
import { FilmbaseError } from '../../model/errors.ts';
import type { ErrorCode } from '../../model/errors.ts';
import type { SourceWorld } from '../../model/source.ts';
import type { DayBudget } from './day-budget.ts';
import type { Journal } from './journal.ts';
import type { KnownDocuments } from './known-documents.ts';
import type { OmdbRequest } from './omdb-request.ts';
import { providerErrorOf } from './provider-error.ts';

/** Why not all could be asked. */
export interface Shortfall {
  readonly code: ErrorCode;
  readonly message: string;
}

/** `failed`: left for the next run. `stopped`: nothing more can be asked in this one. */
type Asked = 'answered' | 'failed' | 'stopped';

/** Requests that failed on end, after which the provider is taken to be away. */
const FAILURES_ON_END = 3;

/** Failed requests that the shortfall names. */
const NAMED = 3;

export interface AskerParts {
  readonly world: Pick<SourceWorld, 'now' | 'signal' | 'log' | 'progress'>;
  readonly client: JsonClient;
  readonly baseUrl: string;
  readonly key: string;
  readonly budget: DayBudget;
  readonly journal: Journal;
  readonly known: KnownDocuments;
}

/**
 * Sends requests one by one: each is counted before it is sent, and its answer is in the journal before the next. An answer
 * about the key or the day's limit is no document.
 */
export class Asker {
  readonly #parts: AskerParts;
  readonly #failed = new Set<string>();
  #failedOnEnd = 0;
  #sent = 0;
  #stop: Shortfall | null = null;

  constructor(parts: AskerParts) {
    this.#parts = parts;
  }

  /** Null where all that was asked came. */
  get shortfall(): Shortfall | null {
    return this.#stop ?? this.failures;
  }

  /** The same without what stopped it. */
  get failures(): Shortfall | null {
    if (this.#failed.size === 0) return null;
    return { code: 'source_unreachable', message: `${this.#namedFailures()}; the next run asks again.` };
  }

  hasFailed(request: OmdbRequest): boolean {
    return this.#failed.has(request);
  }

  /** Errors: `setting_invalid` (the key is none), and the signal's reason. */
  async ask(request: OmdbRequest): Promise<Asked> {
    const { world, client, baseUrl, key, budget } = this.#parts;
    world.signal.throwIfAborted();
    if (!(await budget.take()))
      return this.#stopWith(
        'limit_reached',
        'The requests that sources.omdb.perDay allows for today are sent.',
      );
    this.#sent += 1;
    world.progress({ label: 'requests to OMDb', done: this.#sent, total: null, unit: 'steps' });
    const requestedAt = world.now().toISOString();
    const url = `${baseUrl}?${request}`;
    try {
      const { signal } = world;
      const answer = await client.get({ url, secretQuery: { apikey: key }, accept: [401], signal });
      if (answer.state === 'unchanged') throw new Error(`${url} answered 304 without being asked whether.`);
      return await this.#keep(request, requestedAt, answer);
    } catch (error) {
      if (error instanceof RequestError) return this.#fail(request, error);
      throw error;
    }
  }

  async #keep(
    request: OmdbRequest,
    requestedAt: string,
    { status, text: came }: { readonly status: number; readonly text: string },
  ): Promise<Asked> {
    const { journal, known, key } = this.#parts;
    const error = providerErrorOf(came);
    if (error === 'limit') return this.#stopWith('limit_reached', 'OMDb answered "Request limit reached!".');
    if (error === 'key' || status === 401) throw keyRefused();
    // An answer that repeats the request must not bring the key into the lake.
    const text = error === null || key === '' ? came : came.replaceAll(key, '(hidden)');
    const document = { request, requestedAt, status, text };
    await journal.add(document);
    known.add(document);
    this.#failedOnEnd = 0;
    return 'answered';
  }

  #fail(request: OmdbRequest, error: RequestError): Asked {
    this.#parts.world.log.warn({ request, failure: error.failure }, error.message);
    this.#failed.add(request);
    this.#failedOnEnd += 1;
    if (this.#failedOnEnd < FAILURES_ON_END) return 'failed';
    return this.#stopWith(
      'source_unreachable',
      `${FAILURES_ON_END} requests on end failed, the last so: ${error.message}`,
    );
  }

  #stopWith(code: ErrorCode, message: string): Asked {
    this.#stop = { code, message };
    return 'stopped';
  }

  #namedFailures(): string {
    const requests = [...this.#failed];
    const more = requests.length > NAMED ? ` and ${requests.length - NAMED} more` : '';
    return `No answer came to ${requests.slice(0, NAMED).join(', ')}${more}`;
  }
}

/** Where a key is to be had: https://www.omdbapi.com/apikey.aspx */
function keyRefused(): FilmbaseError {
  return new FilmbaseError(
    'setting_invalid',
    'OMDB_API_KEY is no key that OMDb takes. Get one at https://www.omdbapi.com/apikey.aspx, open the link in the mail that comes with it, and set OMDB_API_KEY; or leave the variable out, and OMDb is not read.',
  );
}
