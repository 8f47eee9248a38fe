import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { newBuildMemory } from '../../src/build/build-memory.ts';
import { judge, type RunJudgement } from '../../src/run/judge.ts';
import { judgeChange } from '../../src/run/judge-change.ts';
import { judgeTwo } from '../../src/run/judge-two.ts';
import { memoryFileSystem } from '../../src/source/memory.ts';
import { withKnownBytes } from '../../src/source/remembered-files.ts';
import type { Mapping } from '../../src/source/value.ts';

const policy = `apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata: {name: replicas}
spec:
  matchConstraints:
    resourceRules: [{apiGroups: [apps], apiVersions: [v1], operations: [CREATE], resources: [deployments]}]
  validations: [{expression: 'object.spec.replicas < 9'}]
`;
const definition = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: cars.shop.example}
spec:
  group: shop.example
  scope: Namespaced
  names: {kind: Car, plural: cars, singular: car, listKind: CarList}
  versions: [{name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object}}}]
`;
const settings = (edit: number): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings, namespace: shop}\ndata: {EDIT: "${edit}"}\n`;

const edits = 60;
const mostKept = 8;

function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
}

/** Judges one edit after the other, as an editor does: what was changed alone, then all beside HEAD. How many objects are still held. */
async function keptAfterEdits(files: Readonly<Record<string, string>>): Promise<number> {
  const [memory, bytes] = [newBuildMemory(), new Map<string, Uint8Array>()];
  const base = memoryFileSystem({ ...files, 'app/settings.yaml': settings(0) });
  const objects = new Set<WeakRef<Mapping>>();
  let judged: RunJudgement | undefined;
  for (let edit = 0; edit < edits; edit++) {
    const edited = memoryFileSystem({ ...files, 'app/settings.yaml': settings(edit) });
    const request = { fileSystem: withKnownBytes(edited, bytes), paths: [''], memory };
    judge({ ...request, touched: ['app/settings.yaml'] });
    const two = judgeTwo(request, { files: () => base, ...(judged === undefined ? {} : { judged }) });
    judged = two.base;
    judgeChange({ ...two, names: { base: { name: 'HEAD' }, head: { name: 'the editor' } } });
    for (const { resources } of two.head.builds.values())
      for (const { object } of resources) objects.add(new WeakRef(object));
  }
  // What is looked at through a weak reference is held until the turn ends.
  await new Promise((next) => setImmediate(next));
  collectGarbage();
  return new Set([...objects].flatMap((one) => one.deref() ?? [])).size;
}

it.each([
  ['settings alone', {}],
  ['policies', { 'app/policy.yaml': policy }],
  ['definitions of kinds', { 'app/crd.yaml': definition }],
])('objects of builds with %s are forgotten once these were edited', async (_what, more) => {
  const names = ['settings.yaml', ...Object.keys(more).map((path) => path.slice(4))];
  const kustomization = `labels: [{pairs: {a: b}}]\nresources: [${names.join(', ')}]\n`;
  const files = { 'app/kustomization.yaml': kustomization, ...more };
  expect(await keptAfterEdits(files)).toBeLessThanOrEqual(mostKept);
});
