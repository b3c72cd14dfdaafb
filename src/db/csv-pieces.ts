const QUOTE = 0x22;
const LINE_FEED = 0x0a;

/**
 * `csv` in pieces of whole records, each of about `bytes` (more only where one record is longer), so that each can
 * be loaded by a statement of its own. A line feed within quotes ends no record.
 */
export async function* csvPieces(
  csv: AsyncIterable<Uint8Array | string>,
  bytes: number,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  let held: Uint8Array[] = [];
  let heldBytes = 0;
  let quoted = false;
  for await (const given of csv) {
    let chunk = typeof given === 'string' ? Buffer.from(given) : given;
    const seen = lastRecordEnd(chunk, quoted);
    quoted = seen.quoted;
    if (seen.end > 0 && heldBytes + seen.end >= bytes) {
      yield joined([...held, chunk.subarray(0, seen.end)]);
      chunk = chunk.subarray(seen.end);
      held = [];
      heldBytes = 0;
    }
    held.push(chunk);
    heldBytes += chunk.length;
  }
  if (heldBytes > 0) yield joined(held);
}

/** Where the last record that ends in `chunk` ends (0 if none does), and whether the chunk stops within quotes. */
function lastRecordEnd(chunk: Uint8Array, quotedBefore: boolean): { end: number; quoted: boolean } {
  let quoted = quotedBefore;
  let end = 0;
  for (let at = 0; at < chunk.length; at += 1) {
    const byte = chunk[at];
    if (byte === QUOTE) quoted = !quoted;
    else if (byte === LINE_FEED && !quoted) end = at + 1;
  }
  return { end, quoted };
}

/** The parts in memory of their own, so that it can be handed to another thread. */
function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
