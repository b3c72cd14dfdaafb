import { isUtf8 } from 'node:buffer';

import { HELD_BACK_LINE, LONE_RETURN, NO_DELIMITER } from '../model/lake-engine.ts';
import type { HeldBackLine, LineReport } from '../model/lake-engine.ts';

const LF = 0x0a;
const CR = 0x0d;
const NUL = 0x00;
const RETURN = LONE_RETURN.charCodeAt(0);
/** The characters that mean something in a cleaned file. */
const RESERVED = [NO_DELIMITER, HELD_BACK_LINE, LONE_RETURN].map((character) => character.charCodeAt(0));
const BYTE_ORDER_MARK = Buffer.from('\ufeff');

/** Half of what DuckDB takes by default (`max_line_size`), and far beyond any record of a provider. */
const MAX_LINE_BYTES = 1 << 20;
/** Enough for 2,000 characters of UTF-8. */
const RAW_BYTES = 8_000;
const RAW_CHARACTERS = 2_000;

/**
 * Takes a file's bytes in pieces cut anywhere and gives its lines back cleaned, in blocks of whole lines. Blocks
 * without anything bad, nearly all, are checked by native searches and passed on as they are; only the others
 * are gone through line by line.
 */
export class LineCleaner {
  readonly #holdBack: (ndjson: string) => Promise<void>;
  readonly #reasons: Record<string, number> = {};
  /** The pieces of the line that has not ended yet. */
  #open: Buffer[] = [];
  #openBytes = 0;
  /** The beginning of the open line, once that is too long to be kept. */
  #tooLong: Buffer | null = null;
  #header: string | null = null;
  #lines = 0;
  #heldBack = 0;
  #loneReturns = 0;

  constructor(holdBack: (ndjson: string) => Promise<void>) {
    this.#holdBack = holdBack;
  }

  async *take(chunk: Buffer): AsyncGenerator<Buffer> {
    let start = 0;
    if (this.#openBytes > 0 || this.#tooLong !== null) {
      start = chunk.indexOf(LF) + 1;
      if (start > 0) yield await this.#endOpenLine(chunk.subarray(0, start));
    }
    const end = chunk.lastIndexOf(LF) + 1;
    if (end > start) yield await this.#clean(chunk.subarray(start, end));
    if (end < chunk.length) this.#keepOpen(chunk.subarray(end));
  }

  async *end(): AsyncGenerator<Buffer> {
    const nothing = this.#lines === 0 && Buffer.concat(this.#open).equals(BYTE_ORDER_MARK);
    if ((this.#openBytes > 0 && !nothing) || this.#tooLong !== null)
      yield await this.#endOpenLine(Buffer.of(LF));
  }

  /** Null if there was no line. */
  report(): LineReport | null {
    if (this.#header === null) return null;
    return {
      header: this.#header,
      lines: this.#lines - 1,
      heldBack: this.#heldBack,
      reasons: this.#reasons,
      loneReturns: this.#loneReturns,
    };
  }

  #keepOpen(piece: Buffer): void {
    if (this.#tooLong !== null) return;
    this.#open.push(piece);
    this.#openBytes += piece.length;
    if (this.#openBytes <= MAX_LINE_BYTES + BYTE_ORDER_MARK.length + 1) return;
    this.#tooLong = Buffer.from(Buffer.concat(this.#open).subarray(0, RAW_BYTES));
    this.#open = [];
    this.#openBytes = 0;
  }

  async #endOpenLine(rest: Buffer): Promise<Buffer> {
    const start = this.#tooLong;
    if (start === null) {
      const line = Buffer.concat([...this.#open, rest]);
      this.#open = [];
      this.#openBytes = 0;
      return this.#clean(line);
    }
    this.#tooLong = null;
    const line = this.#lines === 0 ? withoutMark(start) : start;
    await this.#holdBack(this.#heldBackLine(line, 'line_too_long'));
    this.#header ??= HELD_BACK_LINE;
    return Buffer.from(`${HELD_BACK_LINE}\n`);
  }

  /** `block` is one or more whole lines. */
  async #clean(block: Buffer): Promise<Buffer> {
    const lines = this.#lines === 0 ? withoutMark(block) : block;
    const cleaned = this.#cleanAtOnce(lines) ?? (await this.#cleanOneByOne(lines));
    this.#header ??= cleaned.toString('utf8', 0, cleaned.indexOf(LF));
    return cleaned;
  }

  /** The block, if no line of it has to be held back; else null. */
  #cleanAtOnce(block: Buffer): Buffer | null {
    if (!isUtf8(block) || block.includes(NUL) || RESERVED.some((byte) => block.includes(byte))) return null;
    const settled = block.includes(CR) ? settleReturns(block) : { bytes: block, lone: 0 };
    const lines = countLines(settled.bytes);
    if (lines === null) return null;
    this.#lines += lines;
    this.#loneReturns += settled.lone;
    return settled.bytes;
  }

  async #cleanOneByOne(block: Buffer): Promise<Buffer> {
    const cleaned: Buffer[] = [];
    let heldBack = '';
    for (let start = 0; start < block.length;) {
      const end = block.indexOf(LF, start) + 1;
      const whole = block.subarray(start, end);
      const line = withoutEnd(whole);
      const reason = reasonToHoldBack(line);
      if (reason === null) cleaned.push(this.#keepLine(whole));
      else {
        heldBack += this.#heldBackLine(line, reason);
        cleaned.push(Buffer.from(`${HELD_BACK_LINE}\n`));
      }
      start = end;
    }
    if (heldBack !== '') await this.#holdBack(heldBack);
    return Buffer.concat(cleaned);
  }

  #keepLine(line: Buffer): Buffer {
    this.#lines++;
    const settled = settleReturns(line);
    this.#loneReturns += settled.lone;
    return settled.bytes;
  }

  /** Counts the line, and gives its NDJSON. */
  #heldBackLine(line: Buffer, reason: HeldBackLine['reason']): string {
    this.#lines++;
    this.#heldBack++;
    this.#reasons[reason] = (this.#reasons[reason] ?? 0) + 1;
    const held: HeldBackLine = { line: this.#lines, reason, raw: rawText(line) };
    return `${JSON.stringify(held)}\n`;
  }
}

function withoutMark(bytes: Buffer): Buffer {
  return bytes.subarray(0, BYTE_ORDER_MARK.length).equals(BYTE_ORDER_MARK)
    ? bytes.subarray(BYTE_ORDER_MARK.length)
    : bytes;
}

function withoutEnd(line: Buffer): Buffer {
  return line.subarray(0, line.at(-2) === CR ? -2 : -1);
}

/** The lines of `block`, each ended by LF; null if one is empty or too long. */
function countLines(block: Buffer): number | null {
  let lines = 0;
  let start = 0;
  for (let end = block.indexOf(LF); end !== -1; end = block.indexOf(LF, start)) {
    if (end === start || end - start > MAX_LINE_BYTES) return null;
    lines++;
    start = end + 1;
  }
  return lines;
}

/** CR LF becomes LF, any other CR becomes `LONE_RETURN`. */
function settleReturns(block: Buffer): { bytes: Buffer; lone: number } {
  const bytes = Buffer.allocUnsafe(block.length);
  let lone = 0;
  let length = 0;
  let start = 0;
  for (let at = block.indexOf(CR); at !== -1; at = block.indexOf(CR, start)) {
    length += block.copy(bytes, length, start, at);
    start = at + 1;
    if (block[start] === LF) continue;
    bytes[length++] = RETURN;
    lone++;
  }
  length += block.copy(bytes, length, start);
  return { bytes: bytes.subarray(0, length), lone };
}

function reasonToHoldBack(line: Buffer): HeldBackLine['reason'] | null {
  if (line.length === 0) return 'line_empty';
  if (line.length > MAX_LINE_BYTES) return 'line_too_long';
  if (line.includes(NUL)) return 'nul_byte';
  if (!isUtf8(line)) return 'encoding_invalid';
  return RESERVED.some((byte) => line.includes(byte)) ? 'control_character' : null;
}

function rawText(line: Buffer): string {
  const text = line.toString('utf8', 0, RAW_BYTES).replaceAll('\0', '\u2400');
  return text.length <= RAW_CHARACTERS ? text : Array.from(text).slice(0, RAW_CHARACTERS).join('');
}
