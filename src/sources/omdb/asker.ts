import type { JsonClient } from '../../lib/outgoing/json-client.ts';
import { RequestError } from '../../lib/outgoing/request-error.ts';
import { firstCharacters } from '../../lib/shown-text.ts';
import { FilmbaseError } from '../../model/errors.ts';
import type { ErrorCode } from '../../model/errors.ts';
import type { SourceWorld } from '../../model/source.ts';
import type { DayBudget } from './day-budget.ts';
import type { FailedRequests } from './failed-requests.ts';
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

/** Characters of an error that are shown. */
const SHOWN = 200;

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
  readonly failed: FailedRequests;
}

/**
 * Sends requests one by one: each is counted before it is sent, and its answer is in the journal before the next. An answer
 * about the key or the day's limit is no document, and an error that may pass is a request that failed.
 */
export class Asker {
  readonly #parts: AskerParts;
  #failedOnEnd = 0;
  #lastFailure = '';
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
    if (this.#parts.failed.list().length === 0) return null;
    return { code: 'source_unreachable', message: `${this.#namedFailures()}; the next run asks again.` };
  }

  /**
   * Asks again for what failed before, if it is among `wanted`, the longest ago first; the rest is no longer missed. Where
   * it goes on failing, the others are left for the next run, but nothing else is.
   */
  async askAgain(wanted: ReadonlySet<OmdbRequest>): Promise<'stopped' | null> {
    const { failed } = this.#parts;
    for (const request of failed.list()) {
      if (!wanted.has(request)) await failed.remove(request);
      else if (this.#failedOnEnd < FAILURES_ON_END && (await this.#askOne(request)) === 'stopped')
        return 'stopped';
    }
    this.#failedOnEnd = 0;
    return null;
  }

  /** Errors: `setting_invalid` (the key is none), and the signal's reason. */
  async ask(request: OmdbRequest): Promise<Asked> {
    const asked = await this.#askOne(request);
    if (asked !== 'failed' || this.#failedOnEnd < FAILURES_ON_END) return asked;
    return this.#stopWith(
      'source_unreachable',
      `${FAILURES_ON_END} requests on end failed, the last so: ${this.#lastFailure}`,
    );
  }

  async #askOne(request: OmdbRequest): Promise<Asked> {
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
      if (error instanceof RequestError) return await this.#fail(request, error.failure, error.message);
      throw error;
    }
  }

  async #keep(
    request: OmdbRequest,
    requestedAt: string,
    { status, text }: { readonly status: number; readonly text: string },
  ): Promise<Asked> {
    const { journal, known, failed, baseUrl } = this.#parts;
    const error = providerErrorOf(text);
    if (error === 'limit') return this.#stopWith('limit_reached', 'OMDb answered "Request limit reached!".');
    if (error === 'key' || status === 401) throw keyRefused();
    if (error === 'other')
      return this.#fail(
        request,
        'answer_error',
        `${baseUrl}?${request} answered the error ${firstCharacters(text, SHOWN)}`,
      );
    const document = { request, requestedAt, status, text };
    await journal.add(document);
    known.add(document);
    await failed.remove(request);
    this.#failedOnEnd = 0;
    return 'answered';
  }

  async #fail(request: OmdbRequest, failure: string, message: string): Promise<Asked> {
    this.#parts.world.log.warn({ request, failure }, message);
    await this.#parts.failed.add(request);
    this.#failedOnEnd += 1;
    this.#lastFailure = message;
    return 'failed';
  }

  #stopWith(code: ErrorCode, message: string): Asked {
    this.#stop = { code, message };
    return 'stopped';
  }

  #namedFailures(): string {
    const requests = this.#parts.failed.list();
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
