import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';

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

/** The parameter of a path that names a title. */
export const idOfTitle = z.strictObject({
  id: z.string().describe('A UUID, or an IMDb id such as tt0133093.'),
});

/** The answer of `redirectTo`, for the reference. */
export const elsewhere = {
  308: z.undefined().describe('The title has another address now: see `Location`.'),
};

const PATHS = Object.values(SECTION_WORDS).map(({ path }) => path);

/** An address of a title: its section, its id, what is below it or its ending, the query. */
const ADDRESS = new RegExp(`^(?:${PATHS.join('|')})/[^/?]*?(/[^?]*|\\.json)?(\\?.*)?$`);

/** Where the title is, which `find` looks for. Throws `title_not_found`, `title_gone`. */
export async function placeOf(
  world: ApiWorld,
  title: AskedTitle,
  find: (address: TitleAddress) => Promise<FoundTitle | null>,
): Promise<TitlePlace> {
  const here = { section: title.section, id: pathTitleId(world, title) };
  const found = await find(here);
  if (found === null) throw notFound(title);
  if (found.at === 'gone') throw gone(title);
  if (found.at === 'elsewhere') return { elsewhere: found.address };
  world.state.learn(found.state);
  return { here, found };
}

/** The UUID that a path's id stands for. Throws `title_not_found` where it is neither that nor an IMDb id. */
export function pathTitleId({ idSalt }: ApiWorld, title: AskedTitle): string {
  const id = parseTitleId(idSalt, title.id);
  if (id === null) throw notFound(title);
  return id;
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

function notFound({ section, id }: AskedTitle): FilmbaseError {
  const { one } = SECTION_WORDS[section];
  return new FilmbaseError('title_not_found', `No ${one} has the id ${id}.`, {
    fields: [{ field: 'id', message: `is the id of no ${one}` }],
  });
}

function gone({ id }: AskedTitle): FilmbaseError {
  return new FilmbaseError('title_gone', `Every source has dropped the title with the id ${id}.`, {
    fields: [{ field: 'id', message: 'is the id of a title that is gone' }],
  });
}
