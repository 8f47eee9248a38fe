import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { compareTrees } from '../fuzz/compare.ts';
import type { Tree } from '../fuzz/generate-tree.ts';

// Recorded from kustomize 5.8.2 by test/fuzz/record.mjs.
const recorded = JSON.parse(
  readFileSync(new URL('fixtures/known-trees.json', import.meta.url), 'utf8'),
) as readonly (readonly [Tree, Parameters<typeof compareTrees>[1]])[];

test.each(recorded.map(([tree, answer]) => [changing(tree), tree, answer] as const))(
  'builds what kustomize builds: %s',
  (_, tree, answer) => {
    const [{ verdict, detail } = { verdict: 'none', detail: '' }] = compareTrees(tree, answer);
    expect({ verdict, detail }).toEqual({ verdict: 'agree', detail });
  },
);

function changing(tree: Tree): string {
  return JSON.stringify([tree['a.yaml'], tree['kustomization.yaml']]);
}
