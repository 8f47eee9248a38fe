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
  ['its own values', {}],
  ['those of a release above them', { 'release.yaml': readFileSync(`${fixtures}/prod.yaml`, 'utf8') }],
])('changes each field whose line of values is named with that line: %s', (_, own) => {
  const tree = { ...treeOf('shop'), ...own };
  const resources = renderTree(tree) ?? [];
  const claims = claimsOf(resources);
  expect(claims.length).toBeGreaterThan(10);
  const unproven = claims.filter((claim) => !isProven(tree, resources, claim));
  expect(unproven.map(({ name }) => name)).toEqual([]);
});
