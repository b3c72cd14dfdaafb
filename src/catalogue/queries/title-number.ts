import { raw } from 'sql-template-tag';

const OF_ID = `('x' || left(t.id::text, 5))::bit(20)::bigint`;

/** What the number of the title `t` has of its id, whatever its votes. */
export const ID_OF_NUMBER = raw(OF_ID);

/**
 * The number that stands for the title `t` in lists of words, as the index `title_by_number` has it: higher the more votes
 * there are.
 */
export const TITLE_NUMBER = raw(`(coalesce(t.votes, 0)::bigint * 1048576 + ${OF_ID})`);
