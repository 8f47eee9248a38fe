import { expect, test } from 'vitest';
import { untracked } from '../../src/object/provenance.ts';
import { applyTemplatePatch, isPatchFailure } from '../../src/reconcile/argocd/template-patch.ts';
import { mappingOf } from '../support/mapping-of.ts';

const application = {
  metadata: { name: 'a', finalizers: ['x/y', 'z/w'] },
  spec: { source: { repoURL: 'r', path: 'p', targetRevision: 'main' } },
};

// What apimachinery's strategicpatch makes of it over the struct of an Application of Argo CD 3.6.0.
test.each([
  [
    'keys that are retained',
    { spec: { source: { $retainKeys: ['repoURL'], repoURL: 'q' } } },
    { source: { repoURL: 'q' } },
  ],
  [
    'a directive that meets nothing',
    { spec: { sources: [{ $patch: 'delete' }], syncPolicy: { $patch: 'replace', automated: {} } } },
    { ...application.spec, sources: [] },
  ],
])('%s', (_, patch, spec) => {
  const patched = applyTemplatePatch(
    { value: mappingOf(application), origin: untracked },
    { value: mappingOf(patch), origin: untracked },
  );
  expect(isPatchFailure(patched)).toBe(false);
  expect(patched).toMatchObject({ value: mappingOf({ ...application, spec }) });
});

test('finalizers of the patch come first, and those that it names to be deleted go', () => {
  const patchOf = (metadata: object): unknown => {
    const result = applyTemplatePatch(
      { value: mappingOf(application), origin: untracked },
      { value: mappingOf({ metadata }), origin: untracked },
    );
    return isPatchFailure(result) ? result : result.value;
  };
  expect(patchOf({ finalizers: ['n/m'] })).toMatchObject({ metadata: { finalizers: ['n/m', 'x/y', 'z/w'] } });
  expect(patchOf({ '$deleteFromPrimitiveList/finalizers': ['x/y'] })).toEqual(
    mappingOf({ ...application, metadata: { name: 'a', finalizers: ['z/w'] } }),
  );
});
