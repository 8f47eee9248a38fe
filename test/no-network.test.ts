import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { project } from './support/run-cli.ts';

// To files, because Node writes to pipes through net.Socket, which is among what throws here.
function runOffline(args: readonly string[]): { status: number | null; stdout: string; stderr: string } {
  const folder = mkdtempSync(join(tmpdir(), 'cdb-lint-offline-'));
  const paths = [join(folder, 'stdout'), join(folder, 'stderr')] as const;
  const [stdout, stderr] = [openSync(paths[0], 'w'), openSync(paths[1], 'w')];
  const preload = new URL('support/offline.mjs', import.meta.url).href;
  try {
    const { status } = spawnSync(process.execPath, ['--import', preload, ...args], {
      cwd: project,
      stdio: ['ignore', stdout, stderr],
    });
    return { status, stdout: readFileSync(paths[0], 'utf8'), stderr: readFileSync(paths[1], 'utf8') };
  } finally {
    closeSync(stdout);
    closeSync(stderr);
    rmSync(folder, { recursive: true, force: true });
  }
}

it.each([
  "require('node:net').connect(1)",
  "require('http').get('http://127.0.0.1:1')",
  "require('https').request('https://127.0.0.1:1')",
  "require('dns').lookup('localhost', () => {})",
  "require('tls').connect(1)",
  "require('child_process').spawnSync('true')",
  "process.getBuiltinModule?.('net').connect(1) ?? require('net').connect(1)",
  "fetch('http://127.0.0.1:1').catch((error) => { throw error })",
])('the trap works: %s', (code) => {
  const { status, stderr } = runOffline(['-e', code]);
  expect(stderr).toContain('offline: ');
  expect(status).not.toBe(0);
});

it.each([
  [['dist/cli.js', 'k8s/', '--format', 'terminal', '--format', 'json=/dev/null']],
  [['dist/cli.js', 'render', 'k8s/overlays/prod']],
])('a full run needs nobody: %j', (args) => {
  const { status, stdout, stderr } = runOffline(args);
  expect(stderr).toBe('');
  expect(status).toBe(0);
  expect(stdout.length).toBeGreaterThan(500);
});
