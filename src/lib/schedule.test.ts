import { describe, expect, it } from 'vitest';

import { nextAfter, parseSchedule } from './schedule.ts';

const at = (text: string) => new Date(text);

function next(text: string, from: string): string | null {
  const schedule = parseSchedule(text);
  if (schedule === null) throw new Error(`${text} is no schedule.`);
  return nextAfter(schedule, at(from))?.toString() ?? null;
}

describe('a schedule', () => {
  it('is an interval counted from the last time', () => {
    expect(next('every 15s', '2026-11-21T10:00:07Z')).toBe(at('2026-11-21T10:00:22Z').toString());
    expect(next('every 5m', '2026-11-21T10:00:07Z')).toBe(at('2026-11-21T10:05:07Z').toString());
  });

  it('is a cron expression in local time', () => {
    expect(next('0 2 * * *', '2026-11-21T10:00:00')).toBe(at('2026-11-22T02:00:00').toString());
    expect(next('0 3 1 * *', '2026-11-21T10:00:00')).toBe(at('2026-12-01T03:00:00').toString());
  });

  it('names no moment when it is off', () => {
    expect(next('off', '2026-11-21T10:00:00Z')).toBeNull();
  });

  it.each(['', 'daily', 'every 0s', 'every 15', 'every -1s', '61 2 * * *', '* * *'])(
    'is not what %j says',
    (text) => {
      expect(parseSchedule(text)).toBeNull();
    },
  );
});
