export interface Phase {
  readonly name: string;
  readonly ms: number;
}

/** Times the phases of a piece of work by `clock`, in milliseconds. */
export function timer(clock: () => number) {
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
    list: (): Phase[] => [...phases],
  };
}
