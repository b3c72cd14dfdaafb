import type { JSX } from 'preact';

import { pageAddress } from '../addresses.ts';
import type { AskedPage } from '../page.ts';
import { useSite } from '../site.ts';
import type { Comment, CommentList } from '../shapes.ts';
import { agoText, momentText } from '../words.ts';
import { PageLinks } from './page-links.tsx';

/** The parameter of a title's page for the place in its comments. */
export const COMMENTS_PLACE = 'comments_cursor';

/** Comments of a page. */
const LIMIT = 20;

/** The comments of the title at `address` that the page is to show, newest first. */
export function askComments({ ask, query }: AskedPage, address: string): Promise<CommentList> {
  const place = query.get(COMMENTS_PLACE);
  const cursor = place === null ? '' : `&cursor=${encodeURIComponent(place)}`;
  return ask<CommentList>(`${address}/comments?limit=${LIMIT}${cursor}`);
}

/** What people say about a title, newest first, and where the rest of it is. */
export function Comments({ list, asked }: { list: CommentList; asked: AskedPage }): JSX.Element {
  const { data, page } = list;
  if (data.length === 0) return <p class="muted">Nobody has said anything yet.</p>;
  const linkTo = (link: string | null) => {
    const address = pageAddress(asked.path, asked.query, link, COMMENTS_PLACE);
    return address === null ? null : `${address}#comments`;
  };
  return (
    <>
      <ol class="comments">
        {data.map((comment) => (
          <OneComment comment={comment} />
        ))}
      </ol>
      <PageLinks
        prev={linkTo(page.prev)}
        next={linkTo(page.next)}
        words={{ label: 'More comments', prev: 'Newer', next: 'Older' }}
      />
    </>
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
