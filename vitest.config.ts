import { defineConfig } from 'vitest/config';

import { NoSkips } from './test/no-skips.ts';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    globalSetup: ['test/global-setup.ts'],
    setupFiles: ['test/check-answers.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    // What files import, the compiled database and engines that wait are kept for the next file: a third less work.
    isolate: false,
    reporters: ['default', new NoSkips()],
  },
});
