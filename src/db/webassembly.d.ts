// What is used of WebAssembly, whose types come with those of a browser alone.
declare namespace WebAssembly {
  /** Machine code, which threads share. */
  class Module {
    private readonly code: unknown;
  }
  function compile(bytes: Uint8Array): Promise<Module>;
}
