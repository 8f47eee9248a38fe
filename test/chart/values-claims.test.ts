import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { claimsOf, isProven, renderTree } from '../support/values-claims.ts';

const fixtures = fileURLToPath(new URL('fixtures', import.meta.url));

function treeOf(folder: string): Record<string, string> {
  const files = readdirSync(`${fixtures}/${folder}`, { recursive: true, withFileTypes: true });
  return Object.fromEntries(
    files
      .filter((one) => one.isFile())
      .map(({ parentPath, name }) => {
        const path = `${parentPath}/${name}`;
        return [path.replace(`${fixtures}/${folder}`, 'chart'), readFileSync(path, 'utf8')];
      }),
  );
}

it.each([
  ['its own values', 'shop', {}],
  [
    'those of a release above them',
    'shop',
    { 'release.yaml': readFileSync(`${fixtures}/prod.yaml`, 'utf8') },
  ],
  ['what templates wrote as YAML or JSON and read again', 'derived', {}],
])('changes each field whose line of values is named with that line: %s', (_, folder, own) => {
  const tree = { ...treeOf(folder), ...own };
  const resources = renderTree(tree) ?? [];
  const claims = claimsOf(resources);
  expect(claims.length).toBeGreaterThan(10);
  const unproven = claims.filter((claim) => !isProven(tree, resources, claim));
  expect(unproven.map(({ name }) => name)).toEqual([]);
});

it('names no values for what a template itself wrote before it was read again', () => {
  const fields = claimsOf(renderTree(treeOf('derived')) ?? []).map(({ name, span }) => [
    name,
    span.file.text.slice(span.start, span.end),
  ]);
  expect(fields).toContainEqual(['Service spec.ports[1].protocol', 'protocol: TCP']);
  expect(fields).toContainEqual(['Pod spec.containers[0].env[1].value', 'WORKERS: 3']);
  expect(fields).toContainEqual(['Pod spec.containers[0].probe.seconds', 'seconds: 10']);
  expect(fields).toContainEqual(['Pod spec.containers[0].env[1].name', 'WORKERS']);
  expect(fields).toContainEqual([
    'ConfigMap metadata.annotations[example.org/path]',
    'example.org/path: /metrics',
  ]);
  expect(fields).toContainEqual(['ConfigMap metadata.annotations[example.org/port]', 'port: 8080']);
  expect(fields).toContainEqual([
    'ConfigMap metadata.annotations[example.org/scrape]',
    'example.org/scrape: "yes"',
  ]);
  expect(fields).toContainEqual(['ConfigMap metadata.annotations[example.org/url]', 'voters: 2']);
  expect(fields).toContainEqual(['ConfigMap data.majority', 'voters: 2']);
  expect(fields.map(([name]) => name)).not.toContain('Pod spec.containers[0].name');
});
