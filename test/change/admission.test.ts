import { describe, expect, it } from 'vitest';
import type { ChangeReport } from '../../src/report/change-report.ts';
import { type Files, fluxCluster, fluxKustomization, objectLines, planFiles } from '../support/plan-files.ts';

function plan(files: Files, edits: Record<string, string | undefined>, more = 'prune: true'): ChangeReport {
  const base: Record<string, string> = {
    ...fluxCluster('clusters/prod'),
    'clusters/prod/apps.yaml': fluxKustomization('apps', 'apps', more),
  };
  for (const [name, text] of Object.entries(files)) base[`apps/${name}`] = text;
  return planFiles(
    base,
    Object.fromEntries(Object.entries(edits).map(([name, text]) => [`apps/${name}`, text])),
  );
}

function policyFor(operations: string, expression: string, actions = 'Deny'): string {
  return `apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata: {name: keep}
spec:
  matchConstraints:
    resourceRules: [{apiGroups: [""], apiVersions: [v1], resources: [configmaps, secrets], operations: [${operations}]}]
  validations:
    - expression: ${JSON.stringify(expression)}
      message: it is kept
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata: {name: keep}
spec: {policyName: keep, validationActions: [${actions}]}
`;
}

const settings = `apiVersion: v1
kind: ConfigMap
metadata: {name: settings, namespace: shop}
data: {mode: old}
`;

describe('a policy of the repository', () => {
  const frozen = policyFor('CREATE, UPDATE', 'oldObject == null || object.data == oldObject.data');
  const edit = { 'settings.yaml': settings.replace('mode: old', 'mode: new') };

  it('refuses an update that it would let be created', () => {
    const found = plan({ 'policy.yaml': frozen, 'settings.yaml': settings }, edit);
    expect(objectLines(found)).toEqual(['prod ConfigMap/settings refused refused-by-policy']);
    expect(found.rows[0]).toMatchObject({
      severity: 'breaks',
      title: 'ConfigMap shop/settings is refused by a policy: policy keep: it is kept',
    });
  });

  it('makes force create the object again', () => {
    const found = plan(
      { 'policy.yaml': frozen, 'settings.yaml': settings },
      edit,
      'prune: true\nforce: true',
    );
    expect(objectLines(found)).toEqual(['prod ConfigMap/settings delete,create recreated']);
  });

  it('is told of by a finding where it refuses the object anyway', () => {
    const never = policyFor('CREATE, UPDATE', "object.data.mode == 'old'");
    const found = plan({ 'policy.yaml': never, 'settings.yaml': settings }, edit);
    expect(objectLines(found)).toEqual(['prod ConfigMap/settings update updated']);
  });

  it('that only warns lets it pass', () => {
    const warning = policyFor('UPDATE', 'object.data == oldObject.data', 'Warn');
    const found = plan({ 'policy.yaml': warning, 'settings.yaml': settings }, edit);
    expect(objectLines(found)).toEqual(['prod ConfigMap/settings update updated']);
  });

  it('refuses a deletion', () => {
    const kept = policyFor('DELETE', "oldObject.metadata.name != 'settings'");
    const found = plan({ 'policy.yaml': kept, 'settings.yaml': settings }, { 'settings.yaml': undefined });
    expect(found.rows.map(({ severity, reason }) => `${severity} ${reason}`)).toEqual([
      'breaks deletion-refused',
    ]);
    expect(found.rows[0]?.details).toContain('ConfigMap shop/settings is deleted');
  });

  it('says of a Secret no more than its name', () => {
    const secret = settings.replace('ConfigMap', 'Secret').replace('data: {mode', 'stringData: {mode');
    const kept = policyFor('DELETE', 'false');
    const found = plan({ 'policy.yaml': kept, 'secret.yaml': secret }, { 'secret.yaml': undefined });
    expect(found.rows.find(({ reason }) => reason === 'deletion-refused')?.title).toMatch(/: policy keep$/u);
  });
});

describe('a custom kind', () => {
  const definition = (versions: string): string => `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: shops.example.com}
spec:
  group: example.com
  scope: Namespaced
  names: {kind: Shop, plural: shops}
  versions:
${versions}`;
  const version = (name: string, served: boolean, storage: boolean): string =>
    `    - {name: ${name}, served: ${served}, storage: ${storage}, schema: {openAPIV3Schema: {type: object}}}\n`;
  const shop = 'apiVersion: example.com/v1alpha1\nkind: Shop\nmetadata: {name: web, namespace: shop}\n';
  const before = definition(version('v1alpha1', true, true) + version('v1', true, false));
  const after = definition(version('v1alpha1', false, true) + version('v1', true, false));

  it('that no longer serves a version breaks who uses it', () => {
    const found = plan({ 'crd.yaml': before, 'shop.yaml': shop }, { 'crd.yaml': after });
    expect(found.rows.find(({ reason }) => reason === 'version-not-served')).toMatchObject({
      severity: 'breaks',
      details: [
        'Shop shop/web can no longer be applied',
        'CustomResourceDefinition shops.example.com changes: spec.versions.served true → false',
      ],
    });
  });

  it('that no longer serves a version that no one uses is said', () => {
    const other = shop.replace('v1alpha1', 'v1');
    const found = plan({ 'crd.yaml': before, 'shop.yaml': other }, { 'crd.yaml': after });
    expect(found.rows.find(({ reason }) => reason === 'version-not-served')?.severity).toBe('changes');
  });

  it('that stores another version is said', () => {
    const moved = definition(version('v1alpha1', true, false) + version('v1', true, true));
    const found = plan({ 'crd.yaml': before }, { 'crd.yaml': moved });
    expect(found.rows.map(({ reason }) => reason)).toContain('stored-otherwise');
  });

  it('may not lose a version in which objects are stored', () => {
    const gone = definition(version('v1', true, true));
    const found = plan({ 'crd.yaml': before }, { 'crd.yaml': gone });
    expect(objectLines(found)).toEqual(['prod CustomResourceDefinition/shops.example.com refused refused']);
  });
});

describe('a level of Pod Security', () => {
  const namespace = (labels: string): string =>
    `apiVersion: v1\nkind: Namespace\nmetadata: {name: shop, labels: {team: a${labels}}}\n`;
  const deployment = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {hostNetwork: true, containers: [{name: web, image: "web:1.4.0"}]}
`;

  it.each([
    [', pod-security.kubernetes.io/enforce: baseline', 'breaks pods-refused'],
    [', pod-security.kubernetes.io/warn: baseline', 'silent pods-warned-of'],
    [', pod-security.kubernetes.io/enforce: privileged', 'changes updated'],
  ])('%s', (labels, row) => {
    const files = { 'namespace.yaml': namespace(''), 'web.yaml': deployment };
    const found = plan(files, { 'namespace.yaml': namespace(labels) });
    expect(found.rows.map(({ severity, reason }) => `${severity} ${reason}`)).toEqual([row]);
  });
});
