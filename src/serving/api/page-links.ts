import type { ListPlace, ListPosition } from '../../catalogue/queries/list-ranges.ts';
import { splitUrl } from './url.ts';

/** Where a list begins. */
export const START: ListPosition = { direction: 'forward', beyond: null };

/** Positions of the pages before and after one; null where there is none. */
export interface Neighbours {
  readonly next: ListPosition | null;
  readonly prev: ListPosition | null;
}

/** What is known of a page that was read. */
export interface ReadPage {
  readonly first: ListPlace | null;
  readonly last: ListPlace | null;
  readonly more: boolean;
}

/**
 * Where the pages next to one begin. An empty page leads on too: read backward, everything lies after it; read
 * forward beyond a place, everything lies before it.
 */
export function neighbours(position: ListPosition, page: ReadPage): Neighbours {
  if (position.direction === 'forward') {
    return {
      next: page.more ? { direction: 'forward', beyond: page.last } : null,
      prev: position.beyond === null ? null : { direction: 'backward', beyond: page.first },
    };
  }
  const atEnd = position.beyond === null && page.last !== null;
  return {
    next: atEnd ? null : { direction: 'forward', beyond: page.last },
    prev: page.more ? { direction: 'backward', beyond: page.first } : null,
  };
}

export interface PageLinks {
  readonly next: string | null;
  readonly prev: string | null;
}

/** The relative addresses of the neighbours: that of this page (path and query) with another cursor. */
export function pageLinks(
  url: string,
  { next, prev }: Neighbours,
  cursorOf: (position: ListPosition) => string,
): PageLinks {
  const address = (position: ListPosition | null) =>
    position === null ? null : withCursor(url, isStart(position) ? null : cursorOf(position));
  return { next: address(next), prev: address(prev) };
}

/** The header `Link` for a page: RFC 8288. */
export function linkHeader({ next, prev }: PageLinks): string | null {
  const links = [
    ...(next === null ? [] : [`<${next}>; rel="next"`]),
    ...(prev === null ? [] : [`<${prev}>; rel="prev"`]),
  ];
  return links.length === 0 ? null : links.join(', ');
}

function isStart({ direction, beyond }: ListPosition): boolean {
  return direction === 'forward' && beyond === null;
}

function withCursor(url: string, cursor: string | null): string {
  const { path, parameters } = splitUrl(url);
  const others = parameters.filter(({ name }) => name !== 'cursor').map(({ text }) => text);
  const query = [...others, ...(cursor === null ? [] : [`cursor=${cursor}`])].join('&');
  return (query === '' ? path : `${path}?${query}`).replace(/[<>"]/g, encodeURIComponent);
}
