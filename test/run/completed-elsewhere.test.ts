import { expect, it } from 'vitest';
import { lintFiles } from '../support/lint-files.ts';

const rules = ['required-field-missing', 'invalid-value', 'yaml-syntax'];

function severities(files: Readonly<Record<string, string>>): string[] {
  return lintFiles(files, { only: rules }).findings.map(({ severity }) => severity);
}

const binding = `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: { name: web }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: web }
subjects: [{ kind: ServiceAccount, name: web }]
`;

it('a program sets what the manifests lack that it embeds', () => {
  const tree = (embed: string): Record<string, string> => ({
    'pkg/web/resources.go': `package web\n\nimport "embed"\n\n//go:embed ${embed}\nvar files embed.FS\n`,
    'pkg/web/server/kustomization.yaml': 'resources: [binding.yaml]\n',
    'pkg/web/server/binding.yaml': binding,
    'README.md': '```sh\nkubectl apply -k pkg/web/server\n```\n',
  });
  expect(severities(tree('server patches'))).toEqual(['note']);
  expect(severities(tree('all:*.yaml "ser*"'))).toEqual(['note']);
  expect(severities(tree('client'))).toEqual(['error']);
});

it('the base of a bundle of the Operator SDK gets its deployments from the program', () => {
  const base = `apiVersion: operators.coreos.com/v1alpha1
kind: ClusterServiceVersion
metadata: { name: web.v0.0.0, namespace: placeholder }
spec:
  displayName: Web
  install: { strategy: "", spec: { deployments: null } }
`;
  const tree = (folder: string): Record<string, string> => ({
    [`${folder}/kustomization.yaml`]: 'resources: [bases/web.clusterserviceversion.yaml]\n',
    [`${folder}/bases/web.clusterserviceversion.yaml`]: base,
  });
  expect(severities(tree('config/manifests'))).toEqual(['note']);
  expect(severities(tree('config/other'))).toEqual(['error']);
});

it('a value with an action of a template is to be filled in where no controller applies it', () => {
  const ingress = (host: string): string =>
    `apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: { name: web }\nspec: { rules: [{ host: "${host}" }] }\n`;
  expect(severities({ 'web.yaml': ingress('web.{{ .Values.domain }}') })).toEqual(['note']);
  expect(severities({ 'web.yaml': ingress('web_.example.org') })).toEqual(['error']);
});

it('a part of an object, by the name of its file or folder, lacks what another file has', () => {
  const part = 'apiVersion: example.org/v1\nmetadata: { annotations: { a: b } }\nspec: { a: b }\n';
  const workload =
    'apiVersion: apps/v1\nkind: DaemonSet\nmetadata: { name: web }\nspec: { selector: { matchLabels: { a: b } }, template: { metadata: { labels: { a: b } }, spec: { containers: [{ name: web, args: [a] }] } } }\n';
  expect(severities({ 'scripts/web-patch.yaml': part })).toEqual(['note']);
  expect(severities({ 'scripts/web.yaml': part })).toEqual(['error']);
  expect(severities({ 'module/kustomize/web.yaml': workload })).toEqual(['note']);
  expect(severities({ 'module/web.yaml': workload })).toEqual(['error']);
});
