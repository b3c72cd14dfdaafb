import { timingSafeEqual } from 'node:crypto';
import sql from 'sql-template-tag';

import type { Queryable, Transaction } from '../../db/database.ts';
import {
  EDIT_TOKEN_PREFIX,
  type Comment,
  type CommentedTitle,
  type CommentWords,
  type WrittenComment,
} from '../../model/comment.ts';
import { FilmbaseError } from '../../model/errors.ts';
import type { CommentChange, Editor, NewComment, Writer } from '../../model/writers.ts';
import { readComment } from '../queries/find-comment.ts';
import { keyedHash } from './keyed-hash.ts';
import { requireState } from './require-state.ts';
import { write, type EntryWorld } from './write.ts';

/** Writes a comment about a title served. Throws `title_gone` where no title has its id any longer. */
export async function writeComment(
  world: EntryWorld,
  { titleId, words }: NewComment,
  writer: Writer,
): Promise<WrittenComment> {
  const id = world.newId();
  return write(world, writer, async (tx, at) => {
    const title = await findServed(tx, titleId);
    await tx.query(sql`
      insert into comment (id, title_key, alias_id, author, text, created_at, updated_at, revision, api_key_id)
      values (
        ${id}, ${title.key}, ${title.id}, ${words.author}, ${words.text}, ${at}, ${at}, 1, ${writer.apiKey?.id ?? null}
      )`);
    const createdAt = at.toISOString();
    return {
      entry: { action: 'write_comment', titleKey: title.key, commentId: id, document: words },
      result: { id, title, createdAt, updatedAt: createdAt, revision: 1 },
    };
  });
}

/** Changes the words that are given, and gives the comment as it is then. Errors as of `lockComment`. */
export async function changeComment(
  world: EntryWorld,
  { id, words: given }: CommentChange,
  editor: Editor,
): Promise<Comment> {
  return write(world, { apiKey: editor.apiKey, ticket: null }, async (tx, at) => {
    const { titleKey, ...before } = await lockComment(world.idSalt, tx, id, editor);
    const words = { author: given.author ?? before.author, text: given.text ?? before.text };
    await tx.query(sql`
      update comment
      set author = ${words.author}, text = ${words.text}, updated_at = ${at}, revision = revision + 1
      where id = ${id}`);
    return {
      entry: { action: 'change_comment', titleKey, commentId: id, document: words },
      result: await readComment(tx, id),
    };
  });
}

/** Deletes the comment, and its words wherever the database has them. Errors as of `lockComment`. */
export async function deleteComment(world: EntryWorld, id: string, editor: Editor): Promise<void> {
  await write(world, { apiKey: editor.apiKey, ticket: null }, async (tx) => {
    const { titleKey } = await lockComment(world.idSalt, tx, id, editor);
    await tx.query(sql`delete from comment where id = ${id}`);
    await tx.query(sql`update journal set document = '{}' where comment_id = ${id}`);
    return { entry: { action: 'delete_comment', titleKey, commentId: id, document: {} }, result: {} };
  });
}

/** The token by which its holder can change the comment. Nothing is kept of it, so that it is valid after a rebuild, too. */
export function editTokenOf(idSalt: string, commentId: string): string {
  return EDIT_TOKEN_PREFIX + keyedHash(idSalt, 'edit comment', commentId);
}

/** The title that has the id, or to which it leads. */
async function findServed(tx: Queryable, id: string): Promise<CommentedTitle> {
  const [title] = await tx.query<CommentedTitle>(sql`
    select id, key, kind, title
    from title
    where id = coalesce((select title_id from title_alias where alias_id = ${id}), ${id})`);
  if (title !== undefined) return title;
  throw new FilmbaseError('title_gone', `No title has the id ${id} any longer.`, {
    fields: [{ field: 'id', message: 'is the id of a title that is gone' }],
  });
}

interface LockedComment extends CommentWords {
  readonly titleKey: string;
  readonly revision: number;
  readonly apiKeyId: string | null;
}

/**
 * The comment, which nobody else changes until the transaction ends. Throws `comment_not_found`, `not_author`, and
 * `precondition_failed` where the editor expects another revision.
 */
async function lockComment(
  idSalt: string,
  tx: Transaction,
  id: string,
  editor: Editor,
): Promise<LockedComment> {
  const [comment] = await tx.query<LockedComment>(sql`
    select title_key as "titleKey", author, text, revision, api_key_id as "apiKeyId"
    from comment
    where id = ${id}
    for update`);
  if (comment === undefined)
    throw new FilmbaseError('comment_not_found', `No comment has the id ${id}.`, {
      fields: [{ field: 'id', message: 'is the id of no comment' }],
    });
  if (!mayChange(editor, comment, editTokenOf(idSalt, id)))
    throw new FilmbaseError('not_author', `The comment ${id} was written by someone else.`);
  requireState(editor.isExpected, String(comment.revision), `The comment ${id}`);
  return comment;
}

/** Whoever wrote it, an admin, and the holder of its edit token. */
function mayChange({ apiKey, editToken }: Editor, { apiKeyId }: LockedComment, rightToken: string): boolean {
  if (apiKey !== null) return apiKey.role === 'admin' || apiKey.id === apiKeyId;
  return editToken !== null && isSame(editToken, rightToken);
}

/** In a time that does not tell how much of it is right. */
function isSame(given: string, right: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(right)];
  return one.length === other.length && timingSafeEqual(one, other);
}
