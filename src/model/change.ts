/** What the feed of changes tells of, once: the kind of a change → what it says. The reference reads this. */
export const CHANGE_KINDS = {
  snapshot: 'Everything may be otherwise than before: take the whole catalogue again.',
  created: 'A title is there that was not.',
  updated: 'What is served of a title changed; `fields` names what.',
  deleted: 'A title is there no longer.',
  merged: 'A title turned out to be another, `into`, to which its address leads now.',
  commented: 'A comment on a title was written, changed or deleted.',
} as const;

export type ChangeKind = keyof typeof CHANGE_KINDS;

export const CHANGE_KIND_NAMES = Object.keys(CHANGE_KINDS) as [ChangeKind, ...ChangeKind[]];

/** What can be done to a comment. */
export const COMMENT_EVENTS = ['written', 'changed', 'deleted'] as const;

export type CommentEvent = (typeof COMMENT_EVENTS)[number];
