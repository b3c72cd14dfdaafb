/** Who listens on which channel, within the process. */
export class ChannelListeners {
  readonly #byChannel = new Map<string, Set<() => void>>();

  /** Adds `onNotice` for `channel`, and gives what takes it away again. */
  add(channel: string, onNotice: () => void): () => Promise<void> {
    // A function of its own, so that one given twice is called twice and taken away one by one.
    const own = () => {
      onNotice();
    };
    const ofChannel = this.#byChannel.get(channel) ?? new Set();
    this.#byChannel.set(channel, ofChannel.add(own));
    return () => {
      ofChannel.delete(own);
      return Promise.resolve();
    };
  }

  call(channel: string): void {
    for (const onNotice of this.#byChannel.get(channel) ?? []) onNotice();
  }

  callAll(): void {
    for (const channel of this.#byChannel.keys()) this.call(channel);
  }

  channels(): Iterable<string> {
    return this.#byChannel.keys();
  }
}
