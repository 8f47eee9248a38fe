import { expect, test } from 'vitest';
import { openBuilder } from '../../src/build/build.ts';
import { lint } from '../../src/run/judge.ts';
import { emitDocuments } from '../../src/source/emit/emit.ts';
import { openSources } from '../../src/source/load.ts';
import { memoryFileSystem } from '../../src/source/memory.ts';

const config = (name: string, value = 'one') =>
  `apiVersion: v1\ndata:\n  a: ${value}\nkind: ConfigMap\nmetadata:\n  name: ${name}\n`;

function utf16(text: string, isBigEndian = false): Uint8Array {
  const bytes = Buffer.from(`\ufeff${text}`, 'utf16le');
  return new Uint8Array(isBigEndian ? bytes.swap16() : bytes);
}

// All outputs as kustomize 5.8.2 prints them.
test.each<[string, Record<string, string | Uint8Array>, string]>([
  ['a resource', { 'a.yaml': utf16(config('x')) }, config('x')],
  ['big endian', { 'a.yaml': utf16(`---\n${config('x')}`, true) }, config('x')],
  ['of several documents the first', { 'a.yaml': utf16(`${config('x')}---\n${config('z')}`) }, config('x')],
  ['no error behind it', { 'a.yaml': utf16(`${config('x')}---\n: [\n`) }, config('x')],
  [
    'a kustomization',
    { 'kustomization.yaml': utf16('resources: [a.yaml]\nnamePrefix: p-\n'), 'a.yaml': config('x') },
    config('p-x'),
  ],
  ['a patch', patched(config('x', 'two')), config('x', 'two')],
  ['operations', patched('- {op: replace, path: /data/a, value: two}\n'), config('x', 'two')],
  [
    'operations in JSON, which are YAML in this encoding',
    patched("[{op: replace, path: '/data/a', value: two}]\n"),
    config('x', 'two'),
  ],
])('%s', (_, files, expected) => {
  const sources = openSources(memoryFileSystem({ 'kustomization.yaml': 'resources: [a.yaml]\n', ...files }));
  const { resources, complete } = openBuilder(sources).build('');
  expect(complete).toBe(true);
  expect(emitDocuments(resources.map(({ object }) => object))).toBe(expected);
});

function patched(patch: string): Record<string, string | Uint8Array> {
  return {
    'kustomization.yaml': 'resources: [a.yaml]\npatches:\n- path: p.yaml\n  target: {kind: ConfigMap}\n',
    'a.yaml': config('x'),
    'p.yaml': utf16(patch),
  };
}

const pod = (name: string) =>
  `apiVersion: v1\nkind: Pod\nmetadata: {name: ${name}, namespace: a}\nspec:\n  hostPID: true\n  containers: [{name: x, image: 'shop/web:1.4.2'}]\n`;

function rulesOf(files: Record<string, string | Uint8Array>): string[] {
  return lint({ fileSystem: memoryFileSystem(files), paths: [''] }).findings.map(({ rule }) => rule);
}

test('what a build drops is told at its first line', () => {
  const files = {
    'kustomization.yaml': 'resources: [a.yaml]\n',
    'a.yaml': utf16(`${pod('x')}---\n${pod('z')}`),
  };
  const { findings, exitCode } = lint({ fileSystem: memoryFileSystem(files), paths: [''] });
  const [unread] = findings.filter(({ rule }) => rule === 'yaml-syntax');
  expect(unread?.message).toMatch(/of a UTF-16 file kustomize and Flux read the first document/);
  expect(unread?.span.start).toBe(pod('x').length);
  expect(exitCode).toBe(1);
});

test('a file that no build names is checked whole, and readers of it that differ are told', () => {
  const text = `${pod('x')}---\n${pod('z')}`;
  const inUtf8 = rulesOf({ 'a.yaml': text });
  expect(inUtf8.length).toBeGreaterThan(0);
  expect(rulesOf({ 'a.yaml': utf16(text) }).toSorted()).toEqual([...inUtf8, 'not-utf8'].toSorted());
});

test('an entry point is followed', () => {
  const entry = `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: apps, namespace: flux-system}\nspec:\n  interval: 10m\n  path: ./apps\n  prune: true\n  sourceRef: {kind: GitRepository, name: flux-system}\n`;
  const files = (text: string | Uint8Array) => ({
    'clusters/prod/apps.yaml': text,
    'apps/kustomization.yaml': 'resources: [a.yaml]\n',
    'apps/a.yaml': pod('x'),
  });
  const environments = (text: string | Uint8Array) =>
    lint({ fileSystem: memoryFileSystem(files(text)), paths: [''] }).environments.map(({ name }) => name);
  expect(environments(entry)).not.toEqual([]);
  expect(environments(utf16(entry))).toEqual(environments(entry));
});
