import { describe, expect, it } from 'vitest';
import { fixFiles } from '../support/fix-files.ts';

const kustomization = 'resources: [web.yaml]\n';

function deployment(container: string, pod = ''): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  selector:
    matchLabels: {app: web}
  template:
    metadata:
      labels: {app: web}
    spec:
${pod}      containers:
${container}`;
}

function fixed(
  files: Readonly<Record<string, string>>,
  ...only: readonly string[]
): Readonly<Record<string, string>> {
  const outcome = fixFiles(files, { profile: 'acceptance', only });
  expect(outcome.refused).toEqual([]);
  expect(outcome.left).toEqual([]);
  return outcome.files;
}

const securityRules = [
  'privilege-escalation-allowed',
  'writable-root-file-system',
  'runs-as-root',
  'capabilities-not-dropped',
  'seccomp-profile-missing',
  'service-account-token-mounted',
];

describe('security contexts', () => {
  it('are completed at the end of the container and of the pod, comments and all', () => {
    const before = deployment(`        # the shop
        - name: web
          image: shop/web:1.0.0
          args:
            - --verbose # for now
            # - --debug
          # none yet
        - name: sidecar
          securityContext: {runAsUser: 1000} # numeric
          image: shop/sidecar:1.0.0
`);
    const { 'web.yaml': after } = fixed(
      { 'kustomization.yaml': kustomization, 'web.yaml': before },
      ...securityRules,
    );
    expect(after).toBe(
      deployment(`        # the shop
        - name: web
          image: shop/web:1.0.0
          args:
            - --verbose # for now
            # - --debug
          securityContext:
            capabilities:
              drop: [ALL]
            allowPrivilegeEscalation: false
            readOnlyRootFilesystem: true
          # none yet
        - name: sidecar
          securityContext: {runAsUser: 1000, capabilities: {drop: [ALL]}, allowPrivilegeEscalation: false, readOnlyRootFilesystem: true} # numeric
          image: shop/sidecar:1.0.0
      securityContext:
        runAsNonRoot: true
        seccompProfile:
          type: RuntimeDefault
      automountServiceAccountToken: false
`),
    );
  });

  it('are set in the base for all, and where a layer sets them wrongly, there', () => {
    const files = {
      'base/kustomization.yaml': kustomization,
      'base/web.yaml': deployment('        - name: web\n          image: shop/web:1.0.0\n'),
      'dev/kustomization.yaml': 'resources: [../base]\nnamePrefix: dev-\n',
      'prod/kustomization.yaml': 'resources: [../base]\npatches: [{path: patch.yaml}]\n',
      'prod/patch.yaml': deployment(
        '        - name: web\n          securityContext:\n            allowPrivilegeEscalation: true # once needed\n',
      ),
    };
    const after = fixed(files, 'privilege-escalation-allowed');
    expect(after['base/web.yaml']).toBe(
      deployment(
        '        - name: web\n          image: shop/web:1.0.0\n          securityContext:\n            allowPrivilegeEscalation: false\n',
      ),
    );
    expect(after['prod/patch.yaml']).toBe(
      deployment(
        '        - name: web\n          securityContext:\n            allowPrivilegeEscalation: false # once needed\n',
      ),
    );
  });

  it('are written in JSON, too, and next to capabilities that are dropped by name', () => {
    const pod = (container: string): string =>
      `{"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "web"}, "spec": {"containers": [\n  {\n    "name": "web",\n    "image": "shop/web:1.0.0"${container}\n  }\n]}}\n`;
    expect(fixed({ 'pod.json': pod('') }, 'capabilities-not-dropped')['pod.json']).toBe(
      pod(',\n    "securityContext": {"capabilities": {"drop": ["ALL"]}}'),
    );
    const list = (items: string): string =>
      deployment(
        `        - name: web\n          image: shop/web:1.0.0\n          securityContext:\n            capabilities:\n              drop:${items}\n`,
      );
    const dropped = (items: string): string | undefined =>
      fixed({ 'web.yaml': list(items) }, 'capabilities-not-dropped')['web.yaml'];
    expect(dropped(' [NET_RAW]')).toBe(list(' [NET_RAW, ALL]'));
    expect(dropped(' []')).toBe(list(' [ALL]'));
    expect(dropped('\n              - NET_RAW # ping')).toBe(
      list('\n              - NET_RAW # ping\n              - ALL'),
    );
  });

  it('go behind what can be seen to end: not behind a block scalar, and before what is left', () => {
    const container = '        - image: |-\n            shop/web:1.0.0\n';
    const named = '        - name: web\n          image: |-\n            shop/web:1.0.0\n';
    expect(fixed({ 'web.yaml': deployment(named) }, 'writable-root-file-system')['web.yaml']).toBe(
      deployment(
        '        - name: web\n          securityContext:\n            readOnlyRootFilesystem: true\n          image: |-\n            shop/web:1.0.0\n',
      ),
    );
    const pod = deployment(
      '        - name: web\n          image: shop/web:1.0.0\n          env:\n            - name: A\n              value: |\n                a\n',
    );
    expect(fixed({ 'web.yaml': pod }, 'service-account-token-mounted')['web.yaml']).toBe(
      pod.replace('      containers:', '      automountServiceAccountToken: false\n      containers:'),
    );
    expect(
      fixFiles({ 'web.yaml': deployment(container) }, { only: ['writable-root-file-system'] }).left,
    ).toEqual([]);
  });

  it('are left alone where a pod runs as root by number, seccomp was switched off, or the server would refuse', () => {
    const left = (container: string, rule: string): readonly string[] => {
      const files = {
        'web.yaml': deployment(`        - name: web\n          image: shop/web:1.0.0\n${container}`),
      };
      const outcome = fixFiles(files, { only: [rule] });
      expect(outcome.files).toEqual(files);
      return [...outcome.left, ...outcome.refused];
    };
    expect(left('          securityContext: {runAsUser: 0}\n', 'runs-as-root')).toEqual([
      'runs-as-root',
      'runs-as-root',
    ]);
    expect(
      left('          securityContext: {seccompProfile: {type: Unconfined}}\n', 'seccomp-profile-missing'),
    ).toEqual(['seccomp-profile-missing']);
    for (const all of ['privileged: true', 'capabilities: {add: [SYS_ADMIN]}'])
      expect(left(`          securityContext: {${all}}\n`, 'privilege-escalation-allowed')).toEqual([
        'privilege-escalation-allowed',
      ]);
  });

  it('are not written into what another program writes', () => {
    const files = {
      'web.yaml': `# This manifest was generated by flux. DO NOT EDIT.\n${deployment('        - name: web\n          image: shop/web:1.0.0\n')}`,
    };
    const outcome = fixFiles(files, { only: ['privilege-escalation-allowed'] });
    expect([outcome.files, outcome.applied, outcome.refused]).toEqual([files, [], []]);
  });

  it('change no one else who shares the text', () => {
    const files = {
      'web.yaml': deployment(
        '        - name: web\n          image: shop/web:1.0.0\n          securityContext: &context\n            runAsUser: 1000\n        - name: other\n          image: shop/web:1.0.0\n          securityContext: *context\n',
      ),
    };
    const { applied, refused } = fixFiles(files, { only: ['writable-root-file-system'] });
    expect(applied).toEqual([]);
    expect(refused).toEqual([
      'writable-root-file-system: in the tree Deployment/web would change at spec.template.spec.containers[1].securityContext.readOnlyRootFilesystem',
    ]);
    const one = {
      'web.yaml': files['web.yaml'].replace(
        '*context',
        '\n            <<: *context\n            readOnlyRootFilesystem: true',
      ),
    };
    // What a merge key brings yields to the same key beside it.
    const mended = fixFiles(one, { only: ['writable-root-file-system'] });
    expect(mended.refused).toEqual([]);
    expect(mended.files['web.yaml']).toContain(
      '            runAsUser: 1000\n            readOnlyRootFilesystem: true\n',
    );
  });
});

describe('values of another type', () => {
  it('get quotes, as the file writes them, and keep their text', () => {
    const container = (value: string): string =>
      deployment(
        `        - name: web\n          image: 'shop/web:1.0.0'\n          env:\n            - name: PORT\n              value: ${value} # text\n`,
      );
    for (const value of ['8080', 'true', '010', '1e3', '1_000'])
      expect(fixed({ 'web.yaml': container(value) }, 'wrong-type')['web.yaml'], value).toBe(
        container(`'${value}'`),
      );
    const map = (value: string): string =>
      `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n  annotations:\n    on: ${value}\ndata: {port: ${value}}\n`;
    expect(fixed({ 'a.yaml': map('yes') }, 'wrong-type')['a.yaml']).toBe(map('"yes"'));
  });

  it('lose them where a number or truth is required', () => {
    const replicas = (value: string, paused: string): string =>
      deployment('        - {name: web, image: "shop/web:1.0.0"}\n').replace(
        'spec:\n  selector',
        `spec:\n  replicas: ${value}\n  paused: ${paused}\n  selector`,
      );
    expect(fixed({ 'web.yaml': replicas('"3"', "'true'") }, 'wrong-type')['web.yaml']).toBe(
      replicas('3', 'true'),
    );
  });

  it('stay where that helps nothing', () => {
    const files = { 'a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: 5\n' };
    const { applied, refused, left } = fixFiles(files, { only: ['wrong-type'] });
    expect([applied, refused, left]).toEqual([[], [], ['wrong-type']]);
  });
});

describe('API versions', () => {
  it('are replaced in every layer that names them', () => {
    const budget = (version: string): string =>
      `apiVersion: ${version} # old\nkind: PodDisruptionBudget\nmetadata:\n  name: web\nspec:\n  minAvailable: 1\n  selector: {matchLabels: {app: web}}\n`;
    const patch = (version: string): string =>
      `apiVersion: "${version}"\nkind: PodDisruptionBudget\nmetadata:\n  name: web\nspec:\n  minAvailable: 2\n`;
    const files = (version: string): Record<string, string> => ({
      'base/kustomization.yaml': 'resources: [budget.yaml]\n',
      'base/budget.yaml': budget(version),
      'prod/kustomization.yaml': 'resources: [../base]\npatches: [{path: patch.yaml}]\n',
      'prod/patch.yaml': patch(version),
    });
    expect(fixed(files('policy/v1beta1'), 'unsupported-value')).toEqual(files('policy/v1'));
  });

  it('of Flux are replaced where the object is valid under the new one', () => {
    const repository = (version: string, more = ''): string =>
      `apiVersion: source.toolkit.fluxcd.io/${version}\nkind: GitRepository\nmetadata: {name: a, namespace: flux-system}\nspec:\n  interval: 1m\n  url: https://example.com/a.git\n${more}`;
    expect(fixed({ 'a.yaml': repository('v1beta2') }, 'unsupported-value')['a.yaml']).toBe(repository('v1'));
    const gone = fixFiles(
      { 'a.yaml': repository('v1beta2', '  gitImplementation: libgit2\n') },
      { only: ['unsupported-value'] },
    );
    expect([gone.applied, gone.left]).toEqual([[], ['unsupported-value']]);
  });

  it('stay where the same words mean something else', () => {
    const budget =
      'apiVersion: policy/v1beta1\nkind: PodDisruptionBudget\nmetadata: {name: web}\nspec: {minAvailable: 1, selector: {}}\n';
    const ingress =
      'apiVersion: networking.k8s.io/v1beta1\nkind: Ingress\nmetadata: {name: web}\nspec: {backend: {serviceName: web, servicePort: 80}}\n';
    for (const text of [budget, ingress]) {
      const { applied, left } = fixFiles({ 'a.yaml': text }, { only: ['unsupported-value'] });
      expect([applied, left]).toEqual([[], ['unsupported-value']]);
    }
  });
});

describe('variables of programs', () => {
  const flux = `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {name: apps, namespace: flux-system}
spec:
  interval: 1m
  path: ./apps
  prune: true
  sourceRef: {kind: GitRepository, name: flux-system}
  postBuild: {substitute: {region: eu}}
`;
  const script = (dollar: string): string => `apiVersion: v1
kind: ConfigMap
metadata: {name: backup}
data:
  region: \${region}
  backup.sh: |
    #!/bin/sh
    target=/backup/$(date +%F)
    echo "${dollar}{target} $\${target} \${region}"
    for file in a b; do cp "${dollar}{file}" "${dollar}{target}/"; done
`;
  const files = (text: string): Record<string, string> => ({
    'clusters/prod/apps.yaml': flux,
    'apps/kustomization.yaml': 'resources: [backup.yaml]\n',
    'apps/backup.yaml': text,
  });

  it('are kept from Flux, those that it sets are not', () => {
    expect(fixed(files(script('$')), 'variable-undefined')['apps/backup.yaml']).toBe(script('$$'));
  });

  it('are not touched where no one says whose they are, or where another entry point would see the dollar', () => {
    const unknown = script('$').replaceAll(/\{(?:target|file)\}/gu, '{OTHER}');
    expect(fixFiles(files(unknown), { only: ['variable-undefined'] }).applied).toEqual([]);
    const shared = { ...files(script('$')), 'other/kustomization.yaml': 'resources: [../apps]\n' };
    const { applied, refused } = fixFiles(shared, { only: ['variable-undefined'] });
    expect(applied).toEqual([]);
    expect(refused).toEqual([
      'variable-undefined: in other ConfigMap/backup would change at data[backup.sh]',
      'variable-undefined: in other ConfigMap/backup would change at data[backup.sh]',
    ]);
  });

  it('that Flux cannot read are kept from it', () => {
    const odd = (dollar: string): string => script('$$').replace('a b;', () => `"${dollar}{files[@]}";`);
    expect(fixed(files(odd('$')), 'substitution-invalid')['apps/backup.yaml']).toBe(odd('$$'));
  });
});
