import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';

import { findTitleAlone, parseTitleId } from '../../catalogue/queries/find-title.ts';
import { findTitleAt } from '../../catalogue/queries/find-title-at.ts';
import { FilmbaseError } from '../../model/errors.ts';
import { SECTION_KINDS, type Section } from '../../model/kinds.ts';
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

/** A time in UTC as the database reads it: to the microsecond, where it is given so. */
const PRECISE = /\.\d{4,6}Z$/;

/** The time in UTC, to the microsecond where it is given so; null if the text names none. */
function momentOf(text: string): string | null {
  const isDay = z.iso.date().safeParse(text).success;
  if (!isDay && !z.iso.datetime({ offset: true }).safeParse(text).success) return null;
  const milliseconds = Date.parse(text);
  if (!(milliseconds >= EARLIEST && milliseconds < LATEST)) return null;
  if (isDay) return `${text}T23:59:59.999999Z`;
  return PRECISE.test(text) ? text : new Date(milliseconds).toISOString();
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
  if (id !== null && found?.at === 'then') {
    const section = sectionOf(found.kind);
    if (section === asked.section) return sendJson(request, reply, found.json);
    if (section !== null) return redirectTo({ section, id }, request, reply);
  }
  if (found?.at === 'later') throw notYet(asked, moment, `it came at ${found.since}`, { since: found.since });
  // What nobody changed since is now where it was then.
  const place = await placeOf(world, asked, (address) => findTitleAlone(world.db, address));
  if ('elsewhere' in place) return redirectTo(place.elsewhere, request, reply);
  throw notYet(asked, moment, 'it came later, or was of a kind without an address');
}

/** The section that had titles of a kind; null: none has. */
function sectionOf(kind: string): Section | null {
  const sections = Object.keys(SECTION_KINDS) as Section[];
  return sections.find((section) => (SECTION_KINDS[section] as readonly string[]).includes(kind)) ?? null;
}

/** Parts are not known of the past. */
export function refuseParts(include: readonly string[]): void {
  if (include.length === 0) return;
  const message = 'does not go with as_of';
  throw new FilmbaseError('parameter_invalid', `include ${message}.`, {
    fields: [{ field: 'include', message }],
  });
}

function notYet({ section, id }: AskedTitle, moment: string, why: string, extra: object = {}): FilmbaseError {
  const { one } = SECTION_WORDS[section];
  return new FilmbaseError('title_not_found', `The ${one} ${id} was not served at ${moment}: ${why}.`, {
    fields: [{ field: 'as_of', message: `is of a time at which the ${one} was not served: ${why}` }],
    extra: { ...extra },
  });
}
