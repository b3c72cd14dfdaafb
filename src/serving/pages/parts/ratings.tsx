import type { JSX } from 'preact';

import type { Rating } from '../shapes.ts';
import { countText, ratingText, systemName } from '../words.ts';

/** What each system rates a title, on one scale. */
export function Ratings({ ratings }: { ratings: readonly Rating[] }): JSX.Element {
  return (
    <ul class="ratings">
      {ratings.map(({ system, rating, votes }) => (
        <li>
          <span class="rating-system">{systemName(system)}</span>
          <Bar share={rating / 10} />
          <b class="figure">{ratingText(rating)}</b>
          <span class="muted figure">{votes === null ? '' : `${countText(votes)} votes`}</span>
        </li>
      ))}
    </ul>
  );
}

/** How much of the whole, as a bar; the figure stands beside it. */
function Bar({ share }: { share: number }): JSX.Element {
  return (
    <svg class="bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
      <rect class="bar-whole" width="100" height="4" />
      <rect class="bar-part" width={share * 100} height="4" />
    </svg>
  );
}
