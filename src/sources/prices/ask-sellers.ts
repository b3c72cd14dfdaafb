import { RequestError } from '../../lib/outgoing/request-error.ts';
import type { ReadRequest, SourceWorld } from '../../model/source.ts';
import { addressBelow } from '../raw-files.ts';
import type { Asked } from './documents.ts';
import type { PricesSettings, Seller } from './settings.ts';

/** Asks one seller: for its list, or for one listing. Failures are values. */
export interface Asking {
  list(): Promise<Asked>;
  detail(listing: string): Promise<Asked>;
}

/**
 * Sellers are asked for so long in one run. What is left then counts as failed, so that a run tells what it has seen,
 * where one that is cut off would tell nothing.
 */
const ASK_FOR_MS = 90_000;

/** Asks a seller over HTTP. `deadline` is when all asking of this run ends. */
export function askSeller(
  seller: Seller,
  { secrets }: Pick<ReadRequest<PricesSettings>, 'secrets'>,
  world: SourceWorld,
  deadline: AbortSignal,
): Asking {
  const client = world.jsonClient(`prices/${seller.name}`, {
    connectMs: seller.timeoutMs,
    headersMs: seller.timeoutMs,
    attemptMs: seller.timeoutMs,
  });
  const token = seller.tokenVariable === null ? null : (secrets[seller.tokenVariable] ?? '');
  const headers: Record<string, string> =
    seller.tokenHeader === null || token === null ? {} : { [seller.tokenHeader]: token };
  const signal = AbortSignal.any([world.signal, deadline]);
  const ask = async (path: string): Promise<Asked> => {
    if (token === '') return failed('token_missing', `${String(seller.tokenVariable)} is not set.`);
    try {
      const url = addressBelow(seller.baseUrl, path.slice(1));
      const answer = await client.get({ url, secretHeaders: headers, signal });
      if (answer.state === 'answered') return { text: answer.text };
      return failed('not_json', `${url} answered that nothing has changed, which was not asked.`);
    } catch (error) {
      world.signal.throwIfAborted();
      if (error instanceof RequestError) return failed(codeOf(error), error.message);
      if (deadline.aborted) return failed('timeout', `The run had no time left to ask for ${path}.`);
      throw error;
    }
  };
  return {
    list: () => ask(seller.listPath),
    detail: (listing) => ask(seller.detailPath.replace('{id}', () => encodeURIComponent(listing))),
  };
}

/** When asking in a run that begins now ends. */
export function askingDeadline(): AbortSignal {
  return AbortSignal.timeout(ASK_FOR_MS);
}

function codeOf({ failure, status }: RequestError): string {
  return failure === 'status' && status !== null ? `status_${status}` : failure;
}

export function failed(code: string, message: string): Asked {
  return { error: { code, message } };
}
