import { describe, expect, it } from 'vitest';
import { lintFiles } from '../support/lint-files.ts';

function deployment(name: string): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name} }
spec:
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata: { labels: { app: ${name} } }
    spec: { containers: [{ name: main, image: "shop/${name}:1.4.2" }] }
`;
}

const component = 'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\n';
const environments = {
  'base/kustomization.yaml': 'resources: [web.yaml]\n',
  'base/web.yaml': deployment('web'),
  'overlays/dev/kustomization.yaml': 'resources: [../../base]\n',
  'overlays/prod/kustomization.yaml': 'resources: [../../base, worker.yaml]\n',
  'overlays/prod/worker.yaml': deployment('worker'),
};

function judge(files: Readonly<Record<string, string>>): {
  findings: string[];
  tried: readonly string[];
  left: readonly string[];
} {
  const { findings, coverage } = lintFiles(
    { ...environments, ...files },
    { only: ['unknown-field', 'required-field-missing', 'invalid-value', 'file-missing', 'not-json'] },
  );
  return {
    findings: findings.map(({ rule, span }) => `${rule} ${span.file.path}`),
    tried: coverage.tried ?? [],
    left: coverage.notDeployed,
  };
}

const patched = (patch: string): Record<string, string> => ({
  'components/more/kustomization.yaml': `${component}patches:\n  - path: patch.yaml\n`,
  'components/more/patch.yaml': patch,
});

describe('a component that no environment takes', () => {
  it('is tried on top of them, and a misspelt field in it is found', () => {
    expect(
      judge(
        patched('apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web }\nspec: { replica: 2 }\n'),
      ),
    ).toEqual({
      findings: ['unknown-field components/more/patch.yaml'],
      tried: ['components/more'],
      left: [],
    });
  });

  it('has warnings where nothing shows that somebody applies it', () => {
    const tree = {
      ...environments,
      ...patched('apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web }\nspec: { replica: 2 }\n'),
      'components/other/kustomization.yaml': `${component}resources: [gone.yaml]\n`,
    };
    const severities = (files: Readonly<Record<string, string>>): Set<string> =>
      new Set(
        lintFiles(files, { only: ['unknown-field', 'file-missing'] }).findings.map((one) => one.severity),
      );
    expect(severities(tree)).toEqual(new Set(['error']));
    expect(severities({ ...tree, 'main.go': 'package main\n' })).toEqual(new Set(['warning']));
  });

  it('says nothing of what only some environments lack, and nothing where all is well', () => {
    const volume =
      'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web }\nspec: { template: { spec: { containers: [{ name: main, volumeMounts: [{ name: data, mountPath: /data }] }] } } }\n';
    const files = {
      ...patched(volume),
      'overlays/prod/kustomization.yaml':
        'resources: [../../base, worker.yaml]\npatches: [{ path: volume.yaml }]\n',
      'overlays/prod/volume.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web }\nspec: { template: { spec: { volumes: [{ name: data, emptyDir: {} }] } } }\n',
    };
    expect(judge(files).findings).toEqual([]);
    expect(
      judge(
        patched('apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web }\nspec: { replicas: 2 }\n'),
      ),
    ).toMatchObject({
      findings: [],
      tried: ['components/more'],
    });
  });

  it('is checked where one environment can take it', () => {
    const patch = 'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: worker }\nspec: { replica: 2 }\n';
    expect(judge(patched(patch))).toMatchObject({
      findings: ['unknown-field components/more/patch.yaml'],
      tried: ['components/more'],
    });
  });

  it('is checked document by document where none can, and stays named as part of no build', () => {
    const patch =
      'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: gone }\nspec: { replica: 2 }\n---\n$patch: delete\napiVersion: apps/v1\nkind: Deployment\nmetadata: { name: other }\n';
    expect(judge(patched(patch))).toEqual({
      findings: ['unknown-field components/more/patch.yaml'],
      tried: [],
      left: ['components/more'],
    });
  });

  it('may name no file that is not there', () => {
    const files = { 'components/more/kustomization.yaml': `${component}resources: [gone.yaml]\n` };
    expect(judge(files).findings).toEqual(['file-missing components/more/kustomization.yaml']);
  });

  it('may hold no patch that kustomize cannot read on top of whatever environment', () => {
    const patch = `patches: [{ target: { kind: Deployment }, patch: '[{op: add, path: /spec/replicas, value: 3}]' }]\n`;
    const files = { 'components/more/kustomization.yaml': `${component}${patch}` };
    expect(judge(files).findings).toEqual(['not-json components/more/kustomization.yaml']);
  });

  it('is not checked twice where an environment takes it', () => {
    const files = {
      ...patched('apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web }\nspec: { replica: 2 }\n'),
      'overlays/dev/kustomization.yaml': 'resources: [../../base]\ncomponents: [../../components/more]\n',
    };
    expect(judge(files)).toEqual({
      findings: ['unknown-field components/more/patch.yaml'],
      tried: [],
      left: [],
    });
  });
});
