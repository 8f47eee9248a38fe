import { expect, test } from 'vitest';
import { judgeResources } from '../../src/admit/judge.ts';
import { builtInPolicies } from '../../src/admit/policy/built-in.ts';
import { mostJudged, newRunBudgets } from '../../src/admit/policy/run-budget.ts';
import { untracked } from '../../src/object/provenance.ts';
import type { Mapping } from '../../src/source/value.ts';
import { lintFiles } from '../support/lint-files.ts';
import { mappingOf } from '../support/mapping-of.ts';

const image = 'shop/web:1.4.2';

function rulesFor(container: object): string[] {
  const object = mappingOf({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'web' },
    spec: { containers: [{ name: 'web', ...container }] },
  }) as Mapping;
  const { diagnostics } = judgeResources([{ object, origin: untracked }], {
    policies: builtInPolicies(),
    kubernetesVersions: ['1.36'],
  });
  return [...new Set(diagnostics.map(({ rule }) => rule))].sort();
}

test('policies check what the server can read', () => {
  expect(rulesFor({ image })).toContain('limits-missing');
  expect(rulesFor({ image, imagePullPolicy: 'Sometimes' })).toEqual(
    expect.arrayContaining(['limits-missing', 'unsupported-value']),
  );
});

test('a field of the wrong type hides them, an unknown field does not', () => {
  expect(rulesFor({ image, command: 'run' })).toEqual(['wrong-type']);
  expect(rulesFor({ image, comand: ['run'] })).toEqual(
    expect.arrayContaining(['limits-missing', 'unknown-field']),
  );
});

test('a policy that stumbles over an object that is refused anyway is silent', () => {
  const rules = rulesFor({});
  expect(rules).not.toContain('placeholder-value');
  expect(rules).toContain('required-field-missing');
});

test('a policy that stumbles over a variable is silent', () => {
  const object = mappingOf({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'web' },
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of Flux
    data: '${DATA}',
  }) as Mapping;
  const options = { policies: builtInPolicies(), kubernetesVersions: ['1.36'], hasPlaceholders: true };
  expect(judgeResources([{ object, origin: untracked }], options).diagnostics).toEqual([]);
});

test('a variable that nothing substitutes is called one', () => {
  const object = mappingOf({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web' },
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of Flux
    spec: { replicas: '${REPLICAS}' },
  }) as Mapping;
  const judged = judgeResources([{ object, origin: untracked }], {
    policies: builtInPolicies(),
    kubernetesVersions: ['1.36'],
  });
  expect(judged.diagnostics.find(({ rule }) => rule === 'wrong-type')?.help).toContain('postBuild');
});

test('warns of what only a feature gate lets pass', () => {
  const autoscaler = (metric: string): string => `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web}
spec:
  minReplicas: 0
  maxReplicas: 2
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
  metrics: [${metric}]
`;
  const external = '{type: External, external: {metric: {name: queued}, target: {type: Value, value: "1"}}}';
  const cpu = '{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 80}}}';
  const severities = (metric: string) =>
    lintFiles(
      { 'web.yaml': autoscaler(metric) },
      { only: ['invalid-value'], kubernetesVersions: ['1.36'] },
    ).findings.map(({ severity }) => severity);
  expect(severities(external)).toEqual(['warning']);
  expect(severities(cpu)).toEqual(['error']);
});

test('a namespace without effect is told of where someone wrote it', () => {
  const issuer = 'apiVersion: example.com/v1\nkind: Issuer\nmetadata: {name: web}\n';
  const crd = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: issuers.example.com}
spec:
  group: example.com
  scope: Cluster
  names: {plural: issuers, kind: Issuer}
  versions: [{name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object}}}]
`;
  const warnings = (object: string) =>
    lintFiles(
      {
        'kustomization.yaml': 'namespace: shop\nresources: [crd.yaml, web.yaml]\n',
        'crd.yaml': crd,
        'web.yaml': object,
      },
      { only: ['without-effect'] },
    ).findings.length;
  expect(warnings(issuer)).toBe(0);
  expect(warnings(issuer.replace('}', ', namespace: shop}'))).toBe(1);
});

test('a kind whose rules are not known here is not fully checked', () => {
  const object = mappingOf({
    apiVersion: 'v1',
    kind: 'Binding',
    metadata: { name: 'web' },
    target: { kind: 'Node', name: 'n' },
  }) as Mapping;
  const pod = mappingOf({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'web' } }) as Mapping;
  const resources = [object, pod].map((one) => ({ object: one, origin: untracked }));
  const judged = judgeResources(resources, { policies: [], kubernetesVersions: ['1.36'] });
  expect(judged.ruleless).toEqual([resources[0]]);
  expect(judged.diagnostics).toEqual([]);
});

test('so few bytes can ask for so much that the rest is no longer checked, which is told', () => {
  const spec = { template: { spec: { containers: [{ name: 'web', image }] } } };
  const deployments = (names: readonly string[], own: boolean) => {
    const shared = mappingOf(spec);
    return names.map((name) => {
      const object = mappingOf({ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name } }) as Mapping;
      return { object: { ...object, spec: own ? mappingOf(spec) : shared }, origin: untracked };
    });
  };
  const names = Array.from({ length: 100 }, (_, index) => `d${index}`);
  const leftOf = (own: boolean): number => {
    const { diagnostics, undecoded } = judgeResources(deployments(names, own), {
      policies: [],
      kubernetesVersions: ['1.36'],
      budgets: newRunBudgets(undefined, () => 1_000),
    });
    const told = diagnostics.filter(({ rule }) => rule === 'too-large');
    expect(told.map(({ unchecked }) => unchecked)).toEqual([`${undecoded.length} objects of .`]);
    return undecoded.length;
  };
  // What overlays share costs less.
  expect(leftOf(false)).toBeLessThan(leftOf(true));
  expect(leftOf(true)).toBeLessThan(99);
});

test('a repository may ask for more the more it has', () => {
  const [few = 0, million = 0, two = 0] = [10_000, 1_000_000, 2_000_000].map(mostJudged);
  // Whoever wants a run to take long writes few bytes: up to a million of them, a byte may cost little more.
  expect([million - few, two - million]).toEqual([99_000, 5_000_000]);
});
