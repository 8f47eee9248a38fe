import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    setupFiles: ['test/support/property-seed.ts'],
    include: ['test/**/*.test.ts'],
    testTimeout: 90_000,
    // Tests that run the tool as users do run what was built of the sources as they are.
    globalSetup: ['test/support/build-before-tests.ts'],
  },
});
