import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBuilder } from '../../src/build/build.ts';
import { diskFileSystem } from '../../src/source/disk.ts';
import { openSources } from '../../src/source/load.ts';

const object = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: one\n';
let root = '';

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'cdb-lint-'));
  for (const folder of ['base', 'escape', 'inside', 'loop']) mkdirSync(join(root, folder));
  writeFileSync(join(root, 'base/one.yaml'), object);
  writeFileSync(join(root, 'base/kustomization.yaml'), 'resources:\n- one.yaml\n');
  writeFileSync(join(root, 'escape/kustomization.yaml'), 'resources:\n- linked.yaml\n');
  symlinkSync('../base/one.yaml', join(root, 'escape/linked.yaml'));
  writeFileSync(join(root, 'inside/real.yaml'), object);
  symlinkSync('real.yaml', join(root, 'inside/linked.yaml'));
  writeFileSync(join(root, 'inside/kustomization.yaml'), 'resources:\n- linked.yaml\n');
  symlinkSync('.', join(root, 'loop/again'));
  writeFileSync(join(root, 'loop/kustomization.yaml'), 'resources:\n- again\n');
  symlinkSync('base', join(root, 'other'));
});

afterAll(() => rmSync(root, { recursive: true }));

describe('symbolic links in a build', () => {
  const rulesOf = (directory: string): string[] =>
    openBuilder(openSources(diskFileSystem(root)))
      .build(directory)
      .diagnostics.map(({ rule }) => rule);

  it('lead to files in or below the kustomization only', () => {
    expect(rulesOf('inside')).toEqual([]);
    expect(rulesOf('escape')).toEqual(['file-outside-kustomization']);
  });

  it('close a cycle like any other path', () => {
    expect(rulesOf('loop')).toEqual(['kustomization-cycle']);
  });

  it('name the directory they lead to', () => {
    const build = openBuilder(openSources(diskFileSystem(root))).build('other');
    expect([build.root, build.inputs]).toEqual(['base', ['base/kustomization.yaml', 'base/one.yaml']]);
  });
});
