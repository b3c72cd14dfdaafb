import type { FastifyReply, FastifyRequest } from 'fastify';

import { parseTitleId, type FoundTitle, type TitleAddress } from '../../catalogue/queries/find-title.ts';
import { FilmbaseError } from '../../model/errors.ts';
import type { Section } from '../../model/kinds.ts';
import type { ApiWorld } from './api-world.ts';
import { SECTION_WORDS } from './sections.ts';

/** A title as a path names it. */
export interface AskedTitle {
  readonly section: Section;
  /** A UUID or an IMDb id, or what else stands there. */
  readonly id: string;
}

/** Where a title is that a path names: there, under its own UUID; or at another id, in another section or both. */
export type TitlePlace =
  | { readonly here: TitleAddress; readonly found: FoundTitle & { at: 'here' } }
  | { readonly elsewhere: TitleAddress };

const PATHS = Object.values(SECTION_WORDS).map(({ path }) => path);

/** An address of a title: its section, its id, what is below it or its ending, the query. */
const ADDRESS = new RegExp(`^(?:${PATHS.join('|')})/[^/?]*?(/[^?]*|\\.json)?(\\?.*)?$`);

/** Where the title is, which `find` looks for. Throws `title_not_found`, `title_gone`. */
export async function placeOf(
  { idSalt, state }: ApiWorld,
  { section, id: asked }: AskedTitle,
  find: (address: TitleAddress) => Promise<FoundTitle | null>,
): Promise<TitlePlace> {
  const id = parseTitleId(idSalt, asked);
  if (id === null) throw notFound(section, asked);
  const here = { section, id };
  const found = await find(here);
  if (found === null) throw notFound(section, asked);
  if (found.at === 'gone') throw gone(asked);
  if (found.at === 'elsewhere') return { elsewhere: found.address };
  state.learn(found.state);
  return { here, found };
}

/** To the same below the title's address now. Not for ever: a title can be split again. */
export function redirectTo(
  { section, id }: TitleAddress,
  { originalUrl }: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const [, below = '', query = ''] = ADDRESS.exec(originalUrl) ?? [];
  return reply
    .header('cache-control', 'no-cache')
    .redirect(`${SECTION_WORDS[section].path}/${id}${below}${query}`, 308);
}

function notFound(section: Section, id: string): FilmbaseError {
  const { one } = SECTION_WORDS[section];
  return new FilmbaseError('title_not_found', `No ${one} has the id ${id}.`, {
    fields: [{ field: 'id', message: `is the id of no ${one}` }],
  });
}

function gone(id: string): FilmbaseError {
  return new FilmbaseError('title_gone', `Every source has dropped the title with the id ${id}.`, {
    fields: [{ field: 'id', message: 'is the id of a title that is gone' }],
  });
}
