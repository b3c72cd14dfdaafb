import type { Kind } from './kinds.ts';

/** What a person says about a title. */
export interface CommentWords {
  /** 1 to 100 characters in one line; nobody vouches for the name. */
  readonly author: string;
  /** 1 to 2,000 characters; lines end with LF. */
  readonly text: string;
}

/** A comment, in the form and order in which the API gives it. */
export interface Comment {
  readonly id: string;
  /** What it is about, as that is served now; null: no source has it any longer. */
  readonly title: CommentedTitle | null;
  readonly author: string;
  readonly text: string;
  /** ISO 8601 in UTC, with milliseconds. */
  readonly createdAt: string;
  readonly updatedAt: string;
  /** Counts from 1 with each change. */
  readonly revision: number;
}

export interface CommentedTitle {
  readonly id: string;
  readonly key: string;
  readonly kind: Kind;
  readonly title: string;
}

/** A comment without its words, which whoever wrote them has. */
export type WrittenComment = Omit<Comment, keyof CommentWords>;

/** What the token begins with by which its holder can change a comment; keys begin otherwise. */
export const EDIT_TOKEN_PREFIX = 'fbe_';
