import { defineConfig } from 'vitest/config';
import { optimizeLater } from './src/optimize-later.ts';

optimizeLater(process.versions.v8);

// Tests share what modules have loaded and found out: loading it anew costs more than most of them. These do not: some look at what is
// found out when, the others put modules of their own in the place of ours.
const alone = [
  'test/{counts,stumble}.test.ts',
  'test/source/{listed-folders,swapped-file}.test.ts',
  'test/run/report-run.test.ts',
  'test/command/{dispatch,print-report}.test.ts',
];

// What surrounds the tool, and takes longer than the tool's own tests: the scripts of the sample platform and of this repository, and how
// the work grows with the input, which is counted by the engine and slow for that.
const platform = ['test/{platform,scripts}/**/*.test.ts', 'test/hostile/growth.test.ts'];

// Attacks, broken edits, properties and what needs a browser: each runs the whole tool, dozens of times over.
const long = [
  'test/{action,broken,hostile}/**/*.test.ts',
  'test/report/{canary*,html-axe,html-browser}.test.ts',
  'test/build/{build-memory,differential,emit-differential,strategic-merge.differential}.test.ts',
  'test/run/{judge-two,known-edits,known-findings,shard,touched-edits}.test.ts',
  'test/fix/{random-fixes,safe}.test.ts',
  'test/language-server/{judging-thread,server-work}.test.ts',
  'test/change/survives.test.ts',
  'test/total.test.ts',
];

export default defineConfig({
  test: {
    setupFiles: ['test/support/optimize-later.ts', 'test/support/property-seed.ts'],
    // No test is that slow: only one that never ends is, also on a machine that does ten other things.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    // Of two cores both: the default leaves one to a watcher.
    maxWorkers: '100%',
    // What a file is transformed to is kept between runs, by its content: half of what it costs to run one test.
    experimental: { fsModuleCache: true },
    // Tests that run the tool as users do run what was built of the sources as they are.
    globalSetup: ['test/support/build-before-tests.ts'],
    projects: [
      {
        extends: true,
        test: {
          name: 'sharing',
          isolate: false,
          include: ['test/**/*.test.ts'],
          exclude: [...alone, ...platform, ...long],
        },
      },
      {
        extends: true,
        test: { name: 'alone', include: alone },
      },
      { extends: true, test: { name: 'platform', include: platform } },
      { extends: true, test: { name: 'long', isolate: false, include: long, exclude: platform } },
    ],
  },
});
