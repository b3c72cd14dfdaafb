import * as Plot from '@observablehq/plot';
import type { VNode } from 'preact';

import type { RatingHistory } from '../shapes.ts';
import { systemName } from '../words.ts';
import { drawChart } from './draw-chart.ts';
import { inkOf } from './inks.ts';

/** What each system gave over time: a line of steps for each, named at its end. Null where nothing has ever changed. */
export function ratingHistoryChart(history: RatingHistory['data'], now: Date): VNode | null {
  const given = history.filter(({ points }) => points.some(({ rating }) => rating !== null));
  if (!given.some(({ points }) => points.length > 1)) return null;
  const steps = given.flatMap(({ system, points }, at) => {
    const last = points.at(-1);
    // The last holds until now.
    const all = last === undefined ? points : [...points, { ...last, at: now.toISOString() }];
    return all.map((point) => ({ system, ink: inkOf(at), at: new Date(point.at), rating: point.rating }));
  });
  const ends = given.flatMap(({ system, points }, at) => {
    const rating = points.at(-1)?.rating ?? null;
    return rating === null ? [] : [{ name: systemName(system), ink: inkOf(at), at: now, rating }];
  });
  return drawChart(
    {
      width: 680,
      height: 240,
      marginLeft: 36,
      marginRight: 110,
      marginBottom: 28,
      x: { type: 'utc', label: null },
      y: { label: null, grid: true, ticks: 5, domain: boundsOf(steps.map(({ rating }) => rating)) },
      marks: [
        Plot.line(steps, {
          x: 'at',
          y: 'rating',
          z: 'system',
          stroke: 'ink',
          strokeWidth: 2,
          curve: 'step-after',
        }),
        Plot.text(ends, { x: 'at', y: 'rating', text: 'name', fill: 'ink', textAnchor: 'start', dx: 8 }),
      ],
    },
    `How the ratings changed: ${given.map(({ system }) => systemName(system)).join(', ')}. The table has the figures.`,
  );
}

/** Whole points around the ratings, within 0 to 10. */
function boundsOf(ratings: readonly (number | null)[]): [number, number] {
  const known = ratings.filter((rating) => rating !== null);
  const low = Math.max(0, Math.floor(Math.min(...known)));
  const high = Math.min(10, Math.ceil(Math.max(...known)));
  return low < high ? [low, high] : [Math.max(0, low - 1), Math.min(10, high + 1)];
}
