// Writes the conformance table of docs/kustomize.md from a run of the recorded cases.
import { spawnSync } from 'node:child_process';

const { status } = spawnSync('npx', ['vitest', 'run', 'test/conformance/kustomize-page.test.ts'], {
  env: { ...process.env, UPDATE_PAGES: '1' },
  stdio: 'inherit',
});
process.exitCode = status ?? 1;
