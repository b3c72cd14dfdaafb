/** Aborts its signal when it was not touched for so long. */
export class IdleTimer {
  readonly #controller = new AbortController();
  readonly #timer: NodeJS.Timeout;

  constructor(idleMs: number) {
    this.#timer = setTimeout(() => {
      this.#controller.abort(new IdleError(`said nothing for ${idleMs / 1000} s`));
    }, idleMs);
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  touch(): void {
    this.#timer.refresh();
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}

export class IdleError extends Error {
  override readonly name = 'IdleError';
}
