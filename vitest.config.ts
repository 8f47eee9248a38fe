import { defineConfig } from 'vitest/config';

// Tests that share what modules have loaded and found out: loading it anew costs more than most of them. Those of the built-in
// policies look at what is found out when.
const sharing = [
  'test/{action,admit,build,cli,command,configuration,fix,language-server,reconcile,report,rules,source}/**/!(built-in).test.ts',
  'test/{guides,pages,readme}.test.ts',
];

export default defineConfig({
  test: {
    setupFiles: ['test/support/property-seed.ts'],
    testTimeout: 90_000,
    // Tests that run the tool as users do run what was built of the sources as they are.
    globalSetup: ['test/support/build-before-tests.ts'],
    projects: [
      { extends: true, test: { name: 'sharing', isolate: false, include: sharing } },
      { extends: true, test: { name: 'alone', include: ['test/**/*.test.ts'], exclude: sharing } },
    ],
  },
});
