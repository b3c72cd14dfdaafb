import { randomUUID } from 'node:crypto';

import type { Installation } from '../../app.ts';
import { decideMatch } from '../../catalogue/entry/decide-match.ts';
import { listAmbiguousMatches } from '../../catalogue/queries/list-ambiguous-matches.ts';
import { FilmbaseError } from '../../model/errors.ts';
import { DECISIONS, type MatchDecision } from '../../model/match.ts';
import { isUuid } from '../../model/title-key.ts';
import { table } from '../table.ts';
import type { Output, Verb } from '../verb.ts';

/** Matches read from the database at a time. */
const BATCH = 100;

export const verb: Verb = {
  name: 'matches',
  inServer: true,
  declare: (command) =>
    command
      .summary('titles that a person has to tell apart, and decisions about them')
      .description(
        'Lists what sources say that could be of a title and was left alone, each with the titles that it could be; or decides: it is ' +
          'the same as a title, different from some or from all that are listed, or the decision is withdrawn. ' +
          'The next merge heeds it, and every later one; after a rollback that is the next sync that someone asks for, or that finds news.',
      )
      .argument('[action]', 'decide; without it, they are listed')
      .argument('[id]', 'the id of the match to decide')
      .argument('[decision]', DECISIONS.join(', '))
      .argument('[titles...]', 'the ids of the title that it is, or of those that it is not')
      .option('--source <name>', 'list what this source says alone')
      .option('--decided', 'list what was decided, instead of what is open')
      .addHelpText(
        'after',
        '\nExample:\n  filmbase matches --source ghibli\n  filmbase matches decide 3f0c… same 7e7e…\n  filmbase matches decide 3f0c… different',
      ),
  run: async ({ installation, out }, [action, id, decision, ...titles], options) => {
    if (action === undefined) await list(await installation(), out, options);
    else if (action === 'decide') await decide(installation, out, id, decisionOf(decision, titles));
    else throw new FilmbaseError('usage_invalid', `matches ${action}: decide is allowed.`);
    return 0;
  },
};

interface ListedMatch {
  readonly id: string;
  readonly key: string;
  readonly reason: string | null;
  readonly title: ListedTitle | null;
  readonly candidates: readonly ListedTitle[];
  readonly decision: { readonly decision: string; readonly titleIds: readonly string[] } | null;
}

interface ListedTitle {
  readonly id: string;
  readonly key: string;
  readonly title: string;
  readonly year: number | null;
  readonly runtimeMinutes: number | null;
}

async function list(
  { db }: Installation,
  out: Output,
  options: Readonly<Record<string, unknown>>,
): Promise<void> {
  const filters = {
    source: typeof options.source === 'string' ? options.source : null,
    state: options.decided === true ? 'decided' : 'open',
  } as const;
  let listed = 0;
  for (let beyond = null, more = true; more;) {
    const page = await listAmbiguousMatches(db, {
      filters,
      position: { direction: 'forward', beyond },
      limit: BATCH,
    });
    const matches = JSON.parse(page.itemsJson) as ListedMatch[];
    for (const match of matches) out.say('match', { ...match }, describe(match));
    listed += matches.length;
    beyond = page.last;
    more = page.more;
  }
  if (listed === 0) out.say('none', {}, `No match is ${filters.state}.`);
}

function describe({ id, key, reason, title, candidates, decision }: ListedMatch): string {
  const rows = candidates.map((candidate) => [
    candidate.id,
    candidate.key,
    candidate.title,
    candidate.year,
    candidate.runtimeMinutes,
  ]);
  const said = [title?.title ?? 'gone', title?.year ?? '', title?.runtimeMinutes ?? ''].join('  ').trimEnd();
  const word = decision === null ? (reason ?? '') : `${decision.decision} ${decision.titleIds.join(' ')}`;
  return [
    `${id}  ${key}  ${said}  ${word}`,
    ...(rows.length > 0 ? [table(['could be', 'key', 'title', 'year', 'minutes'], rows)] : []),
  ].join('\n');
}

function decisionOf(decision: string | undefined, titles: readonly string[]): MatchDecision {
  const known = DECISIONS.find((word) => word === decision);
  if (known === undefined)
    throw new FilmbaseError(
      'usage_invalid',
      `matches decide takes an id and one of ${DECISIONS.join(', ')}.`,
    );
  const wrong = titles.find((title) => !isUuid(title));
  if (wrong !== undefined) throw new FilmbaseError('usage_invalid', `${wrong} is no id of a title.`);
  if (known === 'same' && titles.length !== 1)
    throw new FilmbaseError('usage_invalid', 'matches decide … same takes the id of one title.');
  if (known === 'withdrawn' && titles.length > 0)
    throw new FilmbaseError('usage_invalid', 'matches decide … withdrawn takes no title.');
  const titleIds = titles.map((title) => title.toLowerCase());
  return { decision: known, titleIds: known === 'different' && titles.length === 0 ? null : titleIds };
}

async function decide(
  open: () => Promise<Installation>,
  out: Output,
  id: string | undefined,
  decision: MatchDecision,
): Promise<void> {
  if (id === undefined || !isUuid(id))
    throw new FilmbaseError(
      'usage_invalid',
      'matches decide takes the id of a match; `filmbase matches` shows them.',
    );
  const { db, idSalt } = await open();
  const world = { db, idSalt, now: () => new Date(), newId: randomUUID, onWritten: () => undefined };
  const decided = await decideMatch(world, id.toLowerCase(), decision, { apiKey: null, ticket: null });
  out.say(
    'decided',
    { ...decided },
    `${decided.key} is decided: ${decided.decision}. The next sync heeds it.`,
  );
}
