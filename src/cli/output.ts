import { SingleBar } from 'cli-progress';

import type { Progress } from '../model/source.ts';
import type { Output } from './verb.ts';

/** Progress as JSON lines comes at most so often. */
const PROGRESS_EVERY_MS = 1000;

/** Prints to a person: sentences to `to`, a progress bar on `terminal` if it is one. */
export function textOutput(to: NodeJS.WritableStream, terminal: NodeJS.WriteStream): Output {
  const bar = progressBar(terminal);
  return {
    say(_event, _data, text) {
      bar.end();
      to.write(`${text}\n`);
    },
    progress: terminal.isTTY ? bar.show : () => undefined,
    endProgress: bar.end,
    write: (bytes) => pour(to, bytes),
  };
}

/** Prints one JSON line for each event. */
export function jsonOutput(to: NodeJS.WritableStream, now: () => number): Output {
  let last = -Infinity;
  const write = (event: string, data: object) => to.write(`${JSON.stringify({ event, ...data })}\n`);
  return {
    say(event, data) {
      write(event, data);
    },
    progress(progress) {
      if (now() - last < PROGRESS_EVERY_MS) return;
      last = now();
      write('progress', progress);
    },
    endProgress: () => undefined,
    write: (bytes) => pour(to, bytes),
  };
}

/** Resolves when `to` has passed the bytes on; rejects when its reader has gone. */
function pour(to: NodeJS.WritableStream, bytes: Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    to.write(bytes, (error) => {
      if (error) reject(error);
      else resolve();
    });
  });
}

function progressBar(terminal: NodeJS.WriteStream) {
  let bar: SingleBar | null = null;
  let label = '';
  let startedAt = 0;
  const end = () => {
    bar?.stop();
    bar = null;
  };
  const show = (progress: Progress) => {
    if (bar === null || label !== progress.label) {
      end();
      label = progress.label;
      startedAt = performance.now();
      bar = new SingleBar({ stream: terminal, format: barFormat(progress), hideCursor: true, etaBuffer: 50 });
      bar.start(progress.total ?? 0, 0, shown(progress, 0));
    }
    const seconds = (performance.now() - startedAt) / 1000;
    bar.update(progress.done, shown(progress, seconds));
    if (progress.total !== null) bar.setTotal(progress.total);
  };
  return { show, end };
}

function barFormat({ total }: Progress): string {
  return total === null
    ? '  {name}  {amount}  {rate}'
    : '  {name}  {bar} {percentage} %  {amount}  {rate}  {eta_formatted} left';
}

function shown({ label, done, unit }: Progress, seconds: number): object {
  const rate = seconds > 0 ? done / seconds : 0;
  return {
    name: label,
    amount: amountOf(done, unit),
    rate: unit === 'steps' ? '' : `${amountOf(rate, unit)}/s`,
  };
}

function amountOf(value: number, unit: Progress['unit']): string {
  if (unit !== 'bytes') return `${Math.round(value).toLocaleString('en')} ${unit}`;
  return value >= 1e6 ? `${(value / 1e6).toFixed(1)} MB` : `${(value / 1e3).toFixed(0)} kB`;
}
