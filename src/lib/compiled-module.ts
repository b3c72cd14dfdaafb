import { fileURLToPath } from 'node:url';

/**
 * The file of the compiled module at `relative` beside `importMetaUrl`, for threads and child processes, which
 * Node starts from JavaScript. Where the caller itself runs from TypeScript (in tests), the build's output is meant.
 */
export function compiledModule(importMetaUrl: string, relative: string): string {
  const url = new URL(relative, importMetaUrl).href;
  return fileURLToPath(
    importMetaUrl.endsWith('.ts')
      ? url.replace(/\/(src|bench)\/(?!.*\/(src|bench)\/)/, '/dist/$1/').replace(/\.ts$/, '.js')
      : url.replace(/\.ts$/, '.js'),
  );
}
