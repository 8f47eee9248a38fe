import { expect, test } from 'vitest';
import { jqPath } from '../../src/reconcile/argocd/jq-path.ts';

// What gojq 0.12 deletes with del(…) is what stands at the path.
test.each([
  ['.', []],
  ['.spec.replicas', ['spec', 'replicas']],
  ['.spec["replicas"]', ['spec', 'replicas']],
  ['.["spec"]."replicas"', ['spec', 'replicas']],
  ['.["spec"].["replicas"]', ['spec', 'replicas']],
  [' .spec | .replicas ', ['spec', 'replicas']],
  ['. | .spec', ['spec']],
  ['.spec?.replicas?', ['spec', 'replicas']],
  ['.metadata.annotations["a.io/b-c"]', ['metadata', 'annotations', 'a.io/b-c']],
  ['.spec.containers[0].image', ['spec', 'containers', 0, 'image']],
  ['.spec.containers[]?.image', ['spec', 'containers', undefined, 'image']],
  ['.spec.containers.[ ].image', ['spec', 'containers', undefined, 'image']],
])('%s is a path', (text, steps) => {
  expect(jqPath(text)).toEqual({ steps, isChosen: false });
});

test('a condition behind a path', () => {
  const expected = { steps: ['spec', 'rules', undefined], isChosen: true };
  expect(jqPath('.spec.rules[] | select(.name == "a|b")')).toEqual(expected);
});

test.each([
  '',
  '..',
  '.spec.foo-bar',
  '.spec.replicas, .spec.paused',
  '.spec[1:2]',
  '.spec . replicas',
  '.spec[.key]',
  'spec.replicas',
  '["spec"]',
  '.spec | replicas',
  '.spec | select(.a) | .b',
  '.spec["a\\"b"]',
])('%s is none', (text) => {
  expect(jqPath(text)).toBeUndefined();
});
