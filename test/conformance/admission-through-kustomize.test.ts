import { describe, expect, it } from 'vitest';
import { admitObject } from '../../src/admit/admit.ts';
import { openBuilder } from '../../src/build/build.ts';
import { openSources } from '../../src/source/load.ts';
import { memoryFileSystem } from '../../src/source/memory.ts';
import { type AdmissionCase, readAdmissionCases } from '../support/admission-cases.ts';

const cases = readAdmissionCases();

type Outcome = 'accept' | 'reject' | 'error';

/** What becomes of a document that a kustomization renders before the API server sees it. */
function outcomeOf(entry: AdmissionCase): Outcome {
  const files = { 'kustomization.yaml': 'resources:\n- case.yaml\n', 'case.yaml': entry.yaml };
  const build = openBuilder(openSources(memoryFileSystem(files))).build('');
  if (!build.complete) return 'error';
  const verdicts = build.resources.map(
    ({ object }) => admitObject(object, { kubernetesVersion: '1.36' }).verdict,
  );
  return verdicts.every((verdict) => verdict === 'accept') ? 'accept' : 'reject';
}

// The record tells kustomize's part where it was run on the file, and that was on some classes of cases only.
describe.skipIf(cases === undefined)('documents that kustomize reads first (../shared/admission)', () => {
  const recorded = (cases ?? []).filter(({ kustomize }) => kustomize !== undefined);

  it('end as with kustomize and a real API server', () => {
    const wrong = recorded.filter((entry) => outcomeOf(entry) !== entry.kustomize).map(({ id }) => id);
    console.log(
      `through kustomize: same outcome for ${recorded.length - wrong.length} of ${recorded.length}`,
    );
    expect(wrong).toEqual([]);
  });
});
