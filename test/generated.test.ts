import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

test('every file that is generated from this repository is current', () => {
  const { stderr, status } = spawnSync(process.execPath, ['scripts/generate.mjs', '--check'], {
    cwd: join(import.meta.dirname, '..'),
    encoding: 'utf8',
  });
  expect([stderr, status]).toEqual(['', 0]);
});
