import { raw } from 'sql-template-tag';

/** `column` as ISO 8601 in UTC, whatever the session's time zone is. */
export const isoTime = (column: string) =>
  raw(`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`);
