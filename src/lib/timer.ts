export interface Phase {
  readonly name: string;
  readonly ms: number;
}

export interface Timer {
  /** Does `work` and remembers how long it took, also when it fails. */
  time<T>(name: string, work: () => Promise<T>): Promise<T>;
  /** What was timed so far, in the order in which it ended. */
  list(): Phase[];
}

/** Times the phases of a piece of work by `clock`, in milliseconds. */
export function timer(clock: () => number): Timer {
  const phases: Phase[] = [];
  return {
    async time<T>(name: string, work: () => Promise<T>): Promise<T> {
      const start = clock();
      try {
        return await work();
      } finally {
        phases.push({ name, ms: Math.round(clock() - start) });
      }
    },
    list: () => [...phases],
  };
}
