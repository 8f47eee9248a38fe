import { defineConfig } from 'vitest/config';

/** The tests of the files that are changed, by themselves: no build before them, each file with modules of its own. */
export default defineConfig({
  test: {
    include: (process.env['MUTATE_TESTS'] ?? 'test/report/visible.test.ts').split(','),
    runner: 'test/mutate/runner.mjs',
    setupFiles: ['test/support/property-seed.ts'],
    testTimeout: 30_000,
  },
});
