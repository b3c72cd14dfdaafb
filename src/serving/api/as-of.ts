import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';

import { findTitleAlone, parseTitleId } from '../../catalogue/queries/find-title.ts';
import { findTitleAt } from '../../catalogue/queries/find-title-at.ts';
import { FilmbaseError } from '../../model/errors.ts';
import { SECTION_KINDS } from '../../model/kinds.ts';
import type { ApiWorld } from './api-world.ts';
import { textThat } from './query-parameters.ts';
import { SECTION_WORDS } from './sections.ts';
import { sendJson } from './send-json.ts';
import { placeOf, redirectTo, type AskedTitle } from './title-place.ts';

/** Beyond these nothing was ever served, and texts of times differ between programs. */
const EARLIEST = Date.UTC(1970, 0);
const LATEST = Date.UTC(9998, 0);

/** A moment: a day stands for its last one. */
export const asOfParameter = textThat(
  (given) => momentOf(given) !== null,
  'must be a date such as 2026-10-01, or a time such as 2026-10-01T12:00:00Z, from 1970 on',
)
  .transform((given) => momentOf(given) ?? given)
  .optional()
  .describe(
    'As it was served then: at a time, or at the end of a day in UTC. Without `freshness`, and without `include`.',
  );

/** The time in UTC, to the microsecond where it is given so; null if the text names none. */
function momentOf(text: string): string | null {
  const isDay = z.iso.date().safeParse(text).success;
  if (!isDay && !z.iso.datetime({ offset: true }).safeParse(text).success) return null;
  const milliseconds = Date.parse(text);
  if (!(milliseconds >= EARLIEST && milliseconds < LATEST)) return null;
  if (isDay) return `${text}T23:59:59.999999Z`;
  return text.endsWith('Z') ? text : new Date(milliseconds).toISOString();
}

/**
 * Answers with the title as it was served at `moment`. Throws `title_not_found` where it was not served then, and
 * `changes_gone` where that is not known.
 */
export async function sendTitleAt(
  world: ApiWorld,
  request: FastifyRequest,
  reply: FastifyReply,
  asked: AskedTitle,
  moment: string,
): Promise<FastifyReply> {
  const id = parseTitleId(world.idSalt, asked.id);
  const found = id === null ? null : await findTitleAt(world.db, id, moment);
  const kinds: readonly string[] = SECTION_KINDS[asked.section];
  if (found?.at === 'then' && kinds.includes(found.kind)) return sendJson(request, reply, found.json);
  if (found?.at === 'later') throw notYet(asked, moment, found.since);
  // What nobody changed since is now where it was then.
  const place = await placeOf(world, asked, (address) => findTitleAlone(world.db, address));
  if ('elsewhere' in place) return redirectTo(place.elsewhere, request, reply);
  throw new Error(`The title ${place.here.id} is served, and was not at ${moment}.`);
}

/** Parts are not known of the past. */
export function refuseParts(include: readonly string[]): void {
  if (include.length === 0) return;
  const message = 'does not go with as_of';
  throw new FilmbaseError('parameter_invalid', `include ${message}.`, {
    fields: [{ field: 'include', message }],
  });
}

function notYet({ section, id }: AskedTitle, moment: string, since: string): FilmbaseError {
  const { one } = SECTION_WORDS[section];
  const message = `The ${one} ${id} was not served at ${moment}: it came at ${since}.`;
  return new FilmbaseError('title_not_found', message, {
    fields: [{ field: 'as_of', message: `is before the ${one} came, at ${since}` }],
    extra: { since },
  });
}
