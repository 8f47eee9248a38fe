import { expect, test } from 'vitest';
import { openBuilder } from '../../src/build/build.ts';
import { locateField } from '../../src/object/provenance.ts';
import { openSources } from '../../src/source/load.ts';
import { memoryFileSystem } from '../../src/source/memory.ts';

test('the history of a list grows by one step for each patch of it', () => {
  const patches = Array.from(
    { length: 40 },
    (_, index) => `  - target: {kind: Shop}
    patch: |-
      - op: replace
        path: /spec/rules/0/a
        value: ${index}
`,
  );
  const files = {
    'kustomization.yaml': `resources: [shop.yaml]\npatches:\n${patches.join('')}`,
    'shop.yaml':
      'apiVersion: example.com/v1\nkind: Shop\nmetadata: {name: a}\nspec:\n  rules:\n    - a: 99\n',
  };
  const [resource] = openBuilder(openSources(memoryFileSystem(files))).build('').resources;
  if (resource === undefined) throw new Error('nothing was built');
  const tracked = { value: resource.object, origin: resource.origin };
  expect(locateField(tracked, ['spec', 'rules']).steps.length).toBeLessThanOrEqual(41);
  expect(locateField(tracked, ['spec', 'rules', 0, 'a']).steps).toHaveLength(41);
});
