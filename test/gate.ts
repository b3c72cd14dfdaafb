/** Lets so many pass as it was told to; the others wait. */
export class Gate {
  #places = 0;
  readonly #waiting: (() => void)[] = [];

  /** A clock that lets so many pass whenever a sync looks at it, which it does when a phase begins or ends. */
  clockLetting(count: number): () => number {
    return () => {
      this.let(count);
      return performance.now();
    };
  }

  let(count: number): void {
    this.#places += count;
    while (this.#places > 0 && this.#waiting.length > 0) {
      this.#places -= 1;
      this.#waiting.shift()?.();
    }
  }

  async pass(): Promise<void> {
    if (this.#places > 0) this.#places -= 1;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }
}
