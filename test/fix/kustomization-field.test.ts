import { describe, expect, it } from 'vitest';
import { fixFiles } from '../support/fix-files.ts';

const only = { only: ['kustomization-field-deprecated'] };

const base = {
  'base/kustomization.yaml': 'resources:\n- web.yaml\n',
  'base/web.yaml': `apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: web
spec:
  serviceName: web
  selector:
    matchLabels: {app: web}
  template:
    metadata:
      labels: {app: web}
    spec:
      containers:
        - name: web
          image: shop/web:1.0.0
  volumeClaimTemplates:
    - metadata: {name: data}
      spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
`,
};

function fixed(kustomization: string, more: Readonly<Record<string, string>> = {}): string {
  const { files, refused, left } = fixFiles(
    { ...base, ...more, 'prod/kustomization.yaml': kustomization },
    only,
  );
  expect(refused).toEqual([]);
  expect(left).toEqual([]);
  return files['prod/kustomization.yaml'] ?? '';
}

describe('bases', () => {
  it('become resources', () => {
    expect(fixed('# prod\nbases: # shared\n  - ../base # all of it\n')).toBe(
      '# prod\nresources: # shared\n  - ../base # all of it\n',
    );
    expect(fixed('"bases": [../base]\n')).toBe('resources: [../base]\n');
  });

  it('move behind the resources that are there, with their comments', () => {
    const extra = { 'prod/extra.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: extra}\n' };
    expect(
      fixed(
        '# what all share\nbases:\n- ../base # pinned\n\n# own\nresources:\n  # settings\n  - extra.yaml\n\nnamePrefix: prod-\n',
        extra,
      ),
    ).toBe(
      '\n# own\nresources:\n  # settings\n  - extra.yaml\n  # what all share\n  - ../base # pinned\n\nnamePrefix: prod-\n',
    );
    expect(fixed('resources:\n  - extra.yaml\nbases:\n  - ../base', extra)).toBe(
      'resources:\n  - extra.yaml\n  - ../base\n',
    );
  });
});

describe('patches', () => {
  const patch = {
    'prod/patch.yaml': 'apiVersion: apps/v1\nkind: StatefulSet\nmetadata: {name: web}\nspec: {replicas: 3}\n',
  };

  it('take the files and strings of patchesStrategicMerge', () => {
    expect(
      fixed(
        `resources: [../base]
patchesStrategicMerge:
  - patch.yaml # replicas
  # in place
  - |-
    apiVersion: apps/v1
    kind: StatefulSet
    metadata:
      name: web

    spec:
      minReadySeconds: 5
`,
        patch,
      ),
    ).toBe(`resources: [../base]
patches:
  - path: patch.yaml # replicas
  # in place
  - patch: |-
      apiVersion: apps/v1
      kind: StatefulSet
      metadata:
        name: web

      spec:
        minReadySeconds: 5
`);
  });

  it('take all three kinds, in the order in which they were applied', () => {
    expect(
      fixed(
        `resources: [../base]
patches:
- target: {kind: StatefulSet}
  patch: '[{"op": "replace", "path": "/spec/replicas", "value": 5}]'
patchesJson6902:
  - target: {group: apps, version: v1, kind: StatefulSet, name: web}
    patch: |-
      - {op: add, path: /spec/minReadySeconds, value: 7}
patchesStrategicMerge:
  - patch.yaml
`,
        patch,
      ),
    ).toBe(`resources: [../base]
patches:
- path: patch.yaml
- target: {kind: StatefulSet}
  patch: '[{"op": "replace", "path": "/spec/replicas", "value": 5}]'
- target: {group: apps, version: v1, kind: StatefulSet, name: web}
  patch: |-
    - {op: add, path: /spec/minReadySeconds, value: 7}
`);
  });

  it('stay where moving them would change what is rendered', () => {
    const kustomization = `resources: [../base]
namePrefix: prod-
patchesJson6902:
  - target: {group: apps, version: v1, kind: StatefulSet, name: web}
    patch: '[{"op": "replace", "path": "/metadata/name", "value": "shop"}]'
`;
    const { files, refused, left } = fixFiles({ ...base, 'prod/kustomization.yaml': kustomization }, only);
    expect(files['prod/kustomization.yaml']).toBe(kustomization);
    expect(refused).toEqual([
      'kustomization-field-deprecated: in prod StatefulSet/shop would become StatefulSet/prod-shop',
    ]);
    expect(left).toEqual(['kustomization-field-deprecated']);
  });
});

describe('commonLabels', () => {
  it('become labels that reach selectors and templates', () => {
    expect(
      fixed('resources:\n- ../base\ncommonLabels:\n  team: shop # who\n\n  tier: web\nnamePrefix: prod-\n'),
    ).toBe(
      'resources:\n- ../base\nlabels:\n- pairs:\n    team: shop # who\n\n    tier: web\n  includeSelectors: true\nnamePrefix: prod-\n',
    );
    expect(fixed('resources:\n  - ../base\ncommonLabels: {team: shop}\n')).toBe(
      'resources:\n  - ../base\nlabels:\n  - pairs: {team: shop}\n    includeSelectors: true\n',
    );
  });

  it('join the labels that are there', () => {
    expect(
      fixed('commonLabels:\n  team: shop\nlabels:\n  - pairs: {owner: ann}\nresources:\n  - ../base\n'),
    ).toBe(
      'labels:\n  - pairs: {owner: ann}\n  - pairs:\n      team: shop\n    includeSelectors: true\nresources:\n  - ../base\n',
    );
  });
});

it('env becomes envs, imageTags images, and vars stay', () => {
  expect(
    fixed(
      'resources: [../base]\nimageTags:\n  - {name: shop/web, newTag: 2.0.0}\nconfigMapGenerator:\n  - name: settings\n    env: a.env # all\n',
      {
        'prod/a.env': 'A=1\n',
      },
    ),
  ).toBe(
    'resources: [../base]\nimages:\n  - {name: shop/web, newTag: 2.0.0}\nconfigMapGenerator:\n  - name: settings\n    envs: [a.env] # all\n',
  );
  const vars =
    'resources: [../base]\nvars:\n  - {name: A, objref: {kind: StatefulSet, name: web, apiVersion: apps/v1}}\n';
  const { files, applied, refused, left } = fixFiles({ ...base, 'prod/kustomization.yaml': vars }, only);
  expect([files['prod/kustomization.yaml'], applied, refused, left]).toEqual([
    vars,
    [],
    [],
    ['kustomization-field-deprecated'],
  ]);
});

it('keeps CRLF and a byte order mark', () => {
  const kustomization =
    '\ufeffresources:\r\n  - extra.yaml\r\ncommonLabels:\r\n  team: shop\r\nbases:\r\n  - ../base\r\n';
  const extra = { 'prod/extra.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: extra}\n' };
  expect(fixed(kustomization, extra)).toBe(
    '\ufeffresources:\r\n  - extra.yaml\r\n  - ../base\r\nlabels:\r\n  - pairs:\r\n      team: shop\r\n    includeSelectors: true\r\n',
  );
});
