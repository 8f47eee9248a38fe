import { readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { layOutLinks } from '../support/outgoing-links.ts';
import { runCli } from '../support/run-cli.ts';

let outside: string;
let root: string;

beforeEach(() => {
  ({ outside, root } = layOutLinks());
});
afterEach(() => rmSync(outside, { recursive: true }));

describe('commands write through no link of the repository', () => {
  const manifest = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\nfield: 1\n';

  it.each([
    ['a report', ['.', '--format', 'sarif=out.sarif']],
    ['a baseline', ['.', '--baseline', 'dangling.json', '--update-baseline']],
    ['a first configuration', ['init']],
    ['a policy', ['init', 'policy', 'some-policy', 'up']],
  ])('%s', async (_, args) => {
    writeFileSync(join(root, 'a.yaml'), manifest);
    symlinkSync('..', join(root, '.github'));
    const before = new Set(['bashrc', 'repository']);
    const { status } = await runCli(args, root);
    expect(status).toBe(2);
    expect(readFileSync(join(outside, 'bashrc'), 'utf8')).toBe('untouched');
    expect(readdirSync(outside).filter((name) => !before.has(name))).toEqual([]);
  });
});

it.each(['../bashrc', 'reports/../../bashrc'])(
  'the configuration names no baseline outside, to be written there: %s',
  async (baseline) => {
    writeFileSync(join(root, 'cdb-lint.yaml'), `baseline: ${baseline}\n`);
    const { status } = await runCli(['.', '--update-baseline'], root);
    expect(status).toBe(2);
    expect(readFileSync(join(outside, 'bashrc'), 'utf8')).toBe('untouched');
  },
);
