import { Cron } from 'croner';

/** When something is done again and again. */
export type Schedule =
  | { readonly kind: 'off' }
  | { readonly kind: 'every'; readonly ms: number }
  | { readonly kind: 'cron'; readonly expression: string };

const UNIT_MS = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** `off`, `every 15s` (s, m, h or d), or a cron expression of five or six fields, in local time; null for anything else. */
export function parseSchedule(text: string): Schedule | null {
  if (text === 'off') return { kind: 'off' };
  const every = /^every ([1-9]\d{0,5})\s?([smhd])$/.exec(text);
  if (every !== null)
    return { kind: 'every', ms: Number(every[1]) * UNIT_MS[every[2] as keyof typeof UNIT_MS] };
  try {
    return new Cron(text, { paused: true }).nextRun() === null ? null : { kind: 'cron', expression: text };
  } catch {
    return null;
  }
}

/** The first moment after `from` that the schedule names; null: never. */
export function nextAfter(schedule: Schedule, from: Date): Date | null {
  if (schedule.kind === 'off') return null;
  if (schedule.kind === 'every') return new Date(from.getTime() + schedule.ms);
  return new Cron(schedule.expression, { paused: true }).nextRun(from);
}
