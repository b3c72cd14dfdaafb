import * as Plot from '@observablehq/plot';
import type { VNode } from 'preact';

import type { ReportRow } from '../shapes.ts';
import { countText, roundCount } from '../words.ts';
import { drawChart } from './draw-chart.ts';
import { inkOf } from './inks.ts';

/** How many groups a chart tells apart. */
const SHOWN = 8;

/** A group of a report, and its place, by which it has its ink. */
interface ChartGroup {
  readonly name: string;
  /** From 1. */
  readonly place: number;
}

/** What the chart of a report by year is drawn from. */
export interface ChartRows {
  readonly names: readonly string[];
  readonly rows: readonly ReportRow[];
  /** Whether every row of those groups is there; else the earliest years are not. */
  readonly isWhole: boolean;
}

export interface ReportChart {
  readonly chart: VNode;
  /** Those that are drawn, the first in the report first. */
  readonly groups: readonly ChartGroup[];
  /** The first year that is drawn, where there are others before it; else null. */
  readonly from: number | null;
}

/** What a row is about besides its year. */
export function groupName(row: ReportRow): string {
  return [row.companyName, row.genre].filter((name) => typeof name === 'string').join(', ');
}

/** The names of the groups with the largest figures, of rows with the largest first. */
export function largestGroups(rows: readonly ReportRow[]): string[] {
  return [...new Set(rows.map(groupName))].slice(0, SHOWN);
}

/** The figures of groups by year, a line for each; null where nothing is known. */
export function yearlyChart({ names, rows, isWhole }: ChartRows, title: string): ReportChart | null {
  const groups = names.map((name, at) => ({ name, place: at + 1, ink: inkOf(at) }));
  const points = rows
    .flatMap((row) => {
      const group = groups.find(({ name }) => name === groupName(row));
      const { year, value } = row;
      return group === undefined || typeof year !== 'number' || typeof value !== 'number'
        ? []
        : [{ ...group, year, value }];
    })
    .sort((a, b) => a.year - b.year);
  const [first, last] = [points[0]?.year, points.at(-1)?.year];
  if (first === undefined || last === undefined) return null;
  const chart = drawChart(
    {
      width: 960,
      height: 360,
      marginLeft: 56,
      marginRight: 16,
      marginTop: 16,
      x: { label: null, tickFormat: 'd', ticks: yearTicks(first, last) },
      y: { label: null, grid: true, tickFormat: roundCount, ticks: 6, zero: true },
      marks: [
        Plot.ruleY([0]),
        Plot.line(points, { x: 'year', y: 'value', z: 'name', stroke: 'ink', strokeWidth: 2 }),
        Plot.dot(points, { x: 'year', y: 'value', fill: 'ink', r: 4 }),
      ],
    },
    `${title}, by year: ${names.join('; ')}. The table below has the figures.`,
  );
  const drawn = new Set(points.map(({ name }) => name));
  return { chart, groups: groups.filter(({ name }) => drawn.has(name)), from: isWhole ? null : first };
}

/** How many years are named below a chart, or which: no part of one, and none twice. */
function yearTicks(first: number, last: number): number | number[] {
  return first === last ? [first] : Math.min(10, last - first);
}

/** One bar for each row of a report without years. */
export function barChart(rows: readonly ReportRow[], title: string): ReportChart | null {
  const bars = rows.slice(0, SHOWN * 2).flatMap((row) => {
    const value = row.value ?? row.price;
    const name = [row.title, row.seller, row.currency].filter((part) => typeof part === 'string').join(', ');
    return typeof value === 'number' ? [{ name, value }] : [];
  });
  if (bars.length === 0) return null;
  const chart = drawChart(
    {
      width: 960,
      height: 60 + bars.length * 36,
      marginLeft: 260,
      marginRight: 60,
      x: { label: null, grid: true, zero: true },
      y: { label: null, domain: bars.map(({ name }) => name) },
      marks: [
        Plot.barX(bars, { x: 'value', y: 'name', fill: inkOf(0) }),
        Plot.text(bars, {
          x: 'value',
          y: 'name',
          text: ({ value }: { value: number }) => countText(value),
          dx: 6,
          textAnchor: 'start',
        }),
      ],
    },
    `${title}: ${bars.map(({ name, value }) => `${name} ${countText(value)}`).join('; ')}.`,
  );
  return { chart, groups: [], from: null };
}
