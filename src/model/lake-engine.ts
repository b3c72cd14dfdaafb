/** A row as the engine gives it: 64-bit integers are numbers where they fit, else text; dates are text. */
export type LakeRow = Record<string, string | number | boolean | null>;

/**
 * The engine that works the lake's files: DuckDB, in a child process with a memory limit, so that heavy work
 * neither holds this process's event loop nor takes it down. One statement at a time.
 */
export interface LakeEngine {
  /** Runs one or more statements separated by `;`, and gives the rows of the last. */
  rows<R extends object = LakeRow>(sql: string): Promise<R[]>;
  /** Runs one or more statements for their effect. */
  run(sql: string): Promise<void>;
  /** Makes a text file fit to be read line by line in SQL; see `LineReport`. */
  cleanLines(request: CleanLinesRequest, onBytes?: (bytesRead: number) => void): Promise<LineReport>;
}

export interface CleanLinesRequest {
  /** The file to read, gzipped (known by its first bytes) or plain. */
  readonly from: string;
  /**
   * The plain file to write: the same lines at the same line numbers, each ended by LF, in UTF-8 without a
   * byte order mark, without NUL; a line that cannot be had so stands as `HELD_BACK_LINE`. A carriage return
   * within a line stands as `LONE_RETURN`, since DuckDB would end the line there.
   */
  readonly to: string;
  /** Where the lines held back go: NDJSON of `HeldBackLine`. */
  readonly heldBack: string;
}

/** A character that no cleaned line contains, so that a line can be read as one column. */
export const NO_DELIMITER = '\u0001';

/**
 * What stands in place of a line that was held back. No other line of a cleaned file contains this character.
 * (U+0002 is free for providers: IMDb separates the values of one field by it.)
 */
export const HELD_BACK_LINE = '\u0003';

/** What stands in a cleaned line for a carriage return that is no line's end; `LineReport` says whether there is one. */
export const LONE_RETURN = '\u0004';

export interface HeldBackLine {
  /** Counted from 1, the header included. */
  readonly line: number;
  readonly reason: 'line_empty' | 'line_too_long' | 'nul_byte' | 'control_character' | 'encoding_invalid';
  /** The bytes read as UTF-8, what is not UTF-8 as U+FFFD, NUL as U+2400; at most 2,000 characters. */
  readonly raw: string;
}

export interface LineReport {
  /** The first line, without its end; `HELD_BACK_LINE` if it was held back. */
  readonly header: string;
  /** Lines after the header, whether held back or not. */
  readonly lines: number;
  /** Lines held back, the header among them. */
  readonly heldBack: number;
  /** Lines held back, by reason. */
  readonly reasons: Readonly<Record<string, number>>;
  /** How often `LONE_RETURN` stands in the cleaned file; at zero, SQL need not look for it. */
  readonly loneReturns: number;
}

/** `value` as an SQL literal: for file names, settings and constants. Data goes through files. */
export function literal(value: string | number | boolean | null): string {
  if (value === null) return 'null';
  return typeof value === 'string' ? `'${value.replaceAll("'", "''")}'` : String(value);
}
