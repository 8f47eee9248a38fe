import { describe, expect, it } from 'vitest';
import { blamedField, blameResource } from '../../src/build/blame.ts';
import { openBuilder } from '../../src/build/build.ts';
import type { Span } from '../../src/diagnostic/span.ts';
import { locateField, type Step } from '../../src/object/provenance.ts';
import { type Resource, trackedObject } from '../../src/object/resource.ts';
import { openSources } from '../../src/source/load.ts';
import { memoryFileSystem } from '../../src/source/memory.ts';
import { equalValues, formatPath, type Path, type Value, valueAt } from '../../src/source/value.ts';

const tree: Readonly<Record<string, string>> = {
  'base/kustomization.yaml': `resources:
- app.yaml
- role.yaml
commonAnnotations:
  team: core
configMapGenerator:
- name: settings
  literals:
  - LEVEL=info
  files:
  - motd.txt
  envs:
  - more.env
  options:
    disableNameSuffixHash: true
`,
  'base/motd.txt': 'hello\n',
  'base/more.env': 'REGION=eu\nZONE=one\n',
  'base/app.yaml': `apiVersion: apps/v1
kind: Deployment
metadata:
  name: app
  labels:
    tier: back
spec:
  replicas: 1
  template:
    spec:
      containers:
      - name: main
        image: app:1
        args: ["--one", "--two"]
        env:
        - name: LEVEL
          valueFrom:
            configMapKeyRef:
              name: settings
              key: LEVEL
        ports:
        - containerPort: 80
          name: http
        resources:
          limits:
            cpu: 100m
            memory: 64Mi
---
apiVersion: v1
kind: Service
metadata:
  name: app
spec:
  selector:
    tier: back
  ports:
  - port: 80
    targetPort: http
`,
  'base/role.yaml': `apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  name: bind
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: view
subjects:
- kind: ServiceAccount
  name: default
  namespace: elsewhere
`,
  'part/kustomization.yaml': `apiVersion: kustomize.config.k8s.io/v1alpha1
kind: Component
patches:
- target:
    kind: Deployment
  patch: |-
    - op: add
      path: /spec/template/spec/priorityClassName
      value: high
    - op: replace
      path: /spec/template/spec/containers/0/args/1
      value: "--three"
`,
  'top/kustomization.yaml': `namespace: prod
namePrefix: p-
nameSuffix: -s
resources:
- ../base
components:
- ../part
labels:
- pairs:
    env: prod
  includeTemplates: true
images:
- name: app
  newTag: "2"
replicas:
- name: app
  count: 3
patches:
- path: limits.yaml
replacements:
- source:
    kind: ConfigMap
    name: settings
    fieldPath: data.REGION
  targets:
  - select:
      kind: Deployment
    fieldPaths:
    - spec.template.spec.nodeSelector.region
    options:
      create: true
`,
  'top/limits.yaml': `apiVersion: apps/v1
kind: Deployment
metadata:
  name: app
spec:
  minReadySeconds: 5
  template:
    spec:
      containers:
      - name: main
        resources:
          limits:
            memory: 128Mi
      - name: side
        image: side:1
`,
};

// Lines that say which object or item is meant, or where to find it: changing one changes what is built, not a value.
const identity =
  /^\s*(?:- )?(?:apiVersion|kind|name|path|op|fieldPath|select|disableNameSuffixHash|create|namespace: elsewhere|includeTemplates)\b|\.yaml$|\.env$|\.txt$|^\s*- (?:\.\.\/|spec\.)/;

function build(files: Readonly<Record<string, string>>): readonly Resource[] {
  const { resources, complete, diagnostics } = openBuilder(openSources(memoryFileSystem(files))).build('top');
  expect(diagnostics).toEqual([]);
  expect(complete).toBe(true);
  return resources;
}

/** Every scalar of an object, and every empty list and mapping. */
function leaves(value: Value, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  const below = Array.isArray(value)
    ? value.flatMap((item: Value, index) => leaves(item, [...path, index]))
    : Object.entries(value).flatMap(([key, item]) => leaves(item, [...path, key]));
  return below.length === 0 ? [path] : below;
}

/** The tree with the last character of the value at a place changed, so that its type stays. */
function mutate(span: Span): Readonly<Record<string, string>> {
  const text = tree[span.file.path] as string;
  const whole = text.slice(span.start, span.end).trimEnd();
  const at = span.start + whole.length - (/["']$/.test(whole) ? 2 : 1);
  const old = text[at] as string;
  const changed = /\d/.test(old) ? String((Number(old) + 1) % 10) : old === 'z' ? 'y' : 'z';
  return { ...tree, [span.file.path]: text.slice(0, at) + changed + text.slice(at + 1) };
}

const resources = build(tree);
const fields = resources.flatMap((resource, index) =>
  leaves(resource.object).map((path) => {
    const { steps } = locateField(trackedObject(resource), path);
    return { index, path, steps, name: `${String(resource.object['kind'])} ${formatPath(path)}` };
  }),
);

function isIdentity(span: Span): boolean {
  const text = span.file.text;
  const start = text.lastIndexOf('\n', span.start) + 1;
  const end = text.indexOf('\n', span.start);
  return identity.test(text.slice(start, end < 0 ? undefined : end)) && !span.file.path.endsWith('.txt');
}

describe('the line that is blamed for a field', () => {
  const blamed = fields.filter(({ steps }) => steps.length > 0 && !isIdentity((steps.at(-1) as Step).span));

  it('is known for every field', () => {
    expect(fields.filter(({ steps }) => steps.length === 0)).toEqual([]);
    expect(blamed.length).toBeGreaterThan(35);
  });

  it.each(blamed)('sets $name', ({ index, path, steps }) => {
    const { span } = steps.at(-1) as Step;
    const target =
      span.end > span.start ? span : { ...span, end: (tree[span.file.path] as string).trimEnd().length };
    const after = build(mutate(target));
    expect(valueAt(after[index]?.object, path)).not.toEqual(valueAt(resources[index]?.object, path));
  });

  it('sets no other field', () => {
    const spans = new Map(
      blamed.map(({ steps }) => {
        const { span } = steps.at(-1) as Step;
        return [`${span.file.path}:${span.start}`, span] as const;
      }),
    );
    for (const [place, span] of spans) {
      if (span.end <= span.start) continue;
      const after = build(mutate(span));
      for (const { index, path, steps, name } of fields) {
        if (steps.some((step) => `${step.span.file.path}:${step.span.start}` === place)) continue;
        const isSame = equalValues(
          valueAt(after[index]?.object, path),
          valueAt(resources[index]?.object, path),
        );
        expect(isSame, `${name} changed with ${place}`).toBe(true);
      }
    }
  });
});

describe('blame', () => {
  const deployment = resources.find(({ object }) => object['kind'] === 'Deployment') as Resource;
  const places = (field: string): string[] =>
    (blamedField(deployment, field)?.steps ?? []).map(({ by, span }) => {
      return `${span.file.path}:${span.file.text.slice(0, span.start).split('\n').length} ${by}`;
    });

  it('names every layer of a value, the oldest first', () => {
    expect(places('spec.replicas')).toEqual([
      'base/app.yaml:8 resources',
      'top/kustomization.yaml:17 replicas',
    ]);
    expect(places('spec.template.spec.containers[name=main].image')).toEqual([
      'base/app.yaml:13 resources',
      'top/kustomization.yaml:14 images',
    ]);
    expect(places('spec.template.spec.containers[name=main].resources.limits.memory')).toEqual([
      'base/app.yaml:27 resources',
      'top/limits.yaml:13 patches',
    ]);
    expect(places('spec.template.spec.priorityClassName')).toEqual(['part/kustomization.yaml:9 patches']);
    expect(places('metadata.name')).toEqual([
      'base/app.yaml:4 resources',
      'top/kustomization.yaml:2 namePrefix',
      'top/kustomization.yaml:3 nameSuffix',
    ]);
  });

  it('gives the parent in the most specific layer for a field that is missing', () => {
    const blamed = blamedField(
      deployment,
      'spec.template.spec.containers[name=main].resources.limits.storage',
    );
    expect(blamed?.missingIn).toBe('spec.template.spec.containers[0].resources.limits');
    expect(places('spec.template.spec.containers[name=main].resources.limits.storage').at(-1)).toBe(
      'top/limits.yaml:12 patches',
    );
  });

  it('knows no path through an item that is not there', () => {
    expect(blamedField(deployment, 'spec.template.spec.containers[name=other].image')).toBeUndefined();
  });

  it('goes line by line through what is rendered', () => {
    const lines = blameResource(deployment);
    const replicas = lines.find(({ text }) => text.startsWith('  replicas:'));
    expect(replicas?.steps.map(({ by }) => by)).toEqual(['resources', 'replicas']);
    expect(lines.every(({ steps }) => steps.length > 0)).toBe(true);
  });
});
