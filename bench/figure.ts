/** A figure of the bench: what was measured, beside what it is held against. */
export interface Figure {
  readonly what: string;
  readonly measured: string;
  /** The ratio to the yardstick of the same run; null where the figure stands alone. */
  readonly ratio: number | null;
  /** The yardstick and the goal, in words. */
  readonly goal: string;
  readonly reached: boolean;
}

export function printFigures(figures: readonly Figure[]): void {
  console.log('\n| what | measured | ratio | goal | reached |\n| --- | --- | --- | --- | --- |');
  for (const { what, measured, ratio, goal, reached } of figures) {
    console.log(
      `| ${what} | ${measured} | ${ratio === null ? '' : ratio.toFixed(2)} | ${goal} | ${reached ? 'yes' : 'no'} |`,
    );
  }
}

export function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(2)} s`;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
