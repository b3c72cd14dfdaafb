import type { JSX } from 'preact';

import { useSite } from '../site.ts';
import type { Comment } from '../shapes.ts';
import { agoText, momentText } from '../words.ts';

/** What people say about a title, newest first. */
export function Comments({ comments }: { comments: readonly Comment[] }): JSX.Element {
  if (comments.length === 0) return <p class="muted">Nobody has said anything yet.</p>;
  return (
    <ol class="comments">
      {comments.map((comment) => (
        <OneComment comment={comment} />
      ))}
    </ol>
  );
}

function OneComment({ comment }: { comment: Comment }): JSX.Element {
  const { now } = useSite();
  const { id, author, text, createdAt, revision } = comment;
  return (
    <li id={`comment-${id}`}>
      <p class="comment-head">
        <b>{author}</b>{' '}
        <time dateTime={createdAt} title={momentText(createdAt)}>
          {agoText(createdAt, now)}
        </time>
        {revision > 1 && <span class="muted"> (changed)</span>}
      </p>
      {text.split(/\n{2,}/).map((paragraph) => (
        <p class="comment-text">{paragraph}</p>
      ))}
    </li>
  );
}
