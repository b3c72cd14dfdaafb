/** What a caller may give as an id: it goes into logs and headers as it is. */
const SANE = /^[\w.:-]{1,100}$/;

/** Makes the ids of requests that bring none. `process`: unlike that of any other process, so that ids do not meet. */
export function openRequestIds(process: string): () => string {
  let made = 0;
  return () => {
    made += 1;
    return `${process}-${made.toString(36)}`;
  };
}

/** The id that the request brings in `x-request-id` if it is sane, else a new one. */
export function requestIdOf(given: string | string[] | undefined, newRequestId: () => string): string {
  return typeof given === 'string' && SANE.test(given) ? given : newRequestId();
}
