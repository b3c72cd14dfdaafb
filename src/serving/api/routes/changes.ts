import { Readable } from 'node:stream';

import type { FastifyInstance, FastifyReply } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';

import {
  findLatestChange,
  type ChangePage,
  type ChangeRequest,
  type ListedChange,
} from '../../../catalogue/queries/list-changes.ts';
import { CHANGE_KIND_NAMES } from '../../../model/change.ts';
import { FilmbaseError } from '../../../model/errors.ts';
import { acceptsEvents } from '../accept.ts';
import { problemResponse } from '../api-schemas.ts';
import type { ApiWorld } from '../api-world.ts';
import { awaitChanges } from '../await-changes.ts';
import { changeListSchema } from '../change-schemas.ts';
import { oneOf, repeatable, wholeNumber } from '../query-parameters.ts';
import { sendJson } from '../send-json.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Whether the route has a stream of events besides JSON. */
    events?: boolean;
  }
}

const MOST_CHANGES = 1_000;
const LONGEST_WAIT_SECONDS = 60;

/** A stream of events says at least so often that it is alive, so that no proxy between cuts it. */
const HEARTBEAT_MS = 15_000;

const changesQuery = z.strictObject({
  since: z
    .union([z.literal('latest'), wholeNumber(0, Number.MAX_SAFE_INTEGER)], {
      error: 'must be a whole number from 0, or latest',
    })
    .optional()
    .default(0)
    .describe(
      'The number of the last change that you know: `next` of the answer before. `latest`: only what comes.',
    ),
  kind: repeatable(oneOf(CHANGE_KIND_NAMES)).describe('Of any of these kinds; may be repeated.'),
  limit: wholeNumber(1, MOST_CHANGES).optional().default(100).describe('Most changes to give. Default: 100.'),
  wait: wholeNumber(0, LONGEST_WAIT_SECONDS)
    .optional()
    .default(0)
    .describe('Seconds to wait for a change where there is none yet.'),
});

/** `GET /changes`: what changed, as pages, by long polling, or as a stream of events. */
export function changes(app: FastifyInstance, world: ApiWorld): void {
  const stopping = new AbortController();
  app.addHook('preClose', (done) => {
    stopping.abort();
    done();
  });
  app.withTypeProvider<ZodTypeProvider>().route({
    method: ['GET', 'HEAD'],
    url: '/changes',
    config: { events: true },
    schema: {
      summary: 'What changed, in the order in which it was served',
      description:
        'Each change once, in order. Ask `since` the `next` of the answer before; with `wait` the answer comes ' +
        'when there is a change. An answer may be empty and `next` have moved on: with `kind`, and where numbers leap because a ' +
        'backup was restored, after which a `snapshot` comes. Accepting text/event-stream: ' +
        'a stream without end, whose ids are numbers, so that `Last-Event-ID` resumes it. Where `since` is older than what ' +
        'is kept, or no number that was given, 410 `changes_gone`: take the whole catalogue again.',
      tags: ['changes'],
      querystring: changesQuery,
      response: {
        200: {
          description: 'The changes after `since`.',
          content: {
            'application/json': { schema: changeListSchema },
            'text/event-stream': { schema: z.string() },
          },
        },
        ...problemResponse,
      },
    },
    handler: async (request, reply) => {
      const { since, kind: kinds, limit, wait } = request.query;
      const asked = { since: since === 'latest' ? await findLatestChange(world.db) : since, kinds, limit };
      const signal = AbortSignal.any([stopping.signal, closed(reply)]);
      if (acceptsEvents(request.headers.accept) && request.method === 'GET') {
        const lastSeen = lastEventId(request.headers['last-event-id']);
        return sendEvents(world, reply, { ...asked, since: lastSeen ?? asked.since }, signal);
      }
      const page = await awaitChanges(world, asked, { waitMs: wait * 1_000, signal });
      return sendJson(request, reply, bodyOf(page));
    },
  });
}

/** Aborted when the answer is sent, or the client has gone. */
function closed({ raw }: FastifyReply): AbortSignal {
  const end = new AbortController();
  raw.once('close', () => {
    end.abort();
  });
  return end.signal;
}

function bodyOf({ changes: data, next, latest }: ChangePage): string {
  return JSON.stringify({ data, next, latest });
}

/** What the client of a stream saw last, which it says when it comes again; null where it does not. */
function lastEventId(header: string | string[] | undefined): number | null {
  if (header === undefined || header === '') return null;
  const seq = Number(header);
  if (/^\d{1,16}$/.test(String(header)) && Number.isSafeInteger(seq)) return seq;
  const message = 'must be the number of a change';
  throw new FilmbaseError('parameter_invalid', `Last-Event-ID ${message}.`, {
    fields: [{ field: 'last-event-id', message }],
  });
}

/** Answers with a stream of the changes after `since`, until the client goes or the server stops. */
async function sendEvents(
  world: ApiWorld,
  reply: FastifyReply,
  asked: ChangeRequest,
  signal: AbortSignal,
): Promise<FastifyReply> {
  // What fails before the first event is a problem document, as elsewhere.
  const first = await awaitChanges(world, asked, { waitMs: 0, signal });
  return reply
    .type('text/event-stream; charset=utf-8')
    .header('cache-control', 'no-store')
    .header('vary', 'Accept')
    .send(Readable.from(eventsFrom(world, asked, first, signal)));
}

async function* eventsFrom(
  world: ApiWorld,
  asked: ChangeRequest,
  first: ChangePage,
  signal: AbortSignal,
): AsyncGenerator<string> {
  for (let page = first; !signal.aborted;) {
    yield page.changes.length === 0 ? ': nothing new\n\n' : page.changes.map(eventOf).join('');
    page = await awaitChanges(world, { ...asked, since: page.next }, { waitMs: HEARTBEAT_MS, signal });
  }
}

function eventOf(change: ListedChange): string {
  return `id: ${change.seq}\ndata: ${JSON.stringify(change)}\n\n`;
}
