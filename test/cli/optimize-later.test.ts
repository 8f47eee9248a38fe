import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { spawnCli } from '../support/run-cli.ts';

test('V8 of this Node has the flag that it is given, and complains of nothing', () => {
  const [major = ''] = process.versions.v8.split('.');
  const name = major === '11' ? '--interrupt-budget' : '--invocation-count-for-turbofan';
  const known = execFileSync(process.execPath, ['--v8-options'], { encoding: 'utf8' });
  expect(known).toContain(`${name} (`);
  expect(spawnCli(['--version']).stderr).toBe('');
});
