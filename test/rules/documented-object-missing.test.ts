import { expect, it } from 'vitest';
import { lintFiles } from '../support/lint-files.ts';

const deployment = `apiVersion: apps/v1
kind: Deployment
metadata: {name: redis}
spec:
  selector: {matchLabels: {app: redis}}
  template:
    metadata: {labels: {app: redis}}
    spec: {containers: [{name: redis, image: "redis:7.4.1"}]}
`;
const shop = {
  'shop/base/kustomization.yaml': 'resources: [redis.yaml]\n',
  'shop/base/redis.yaml': deployment,
  'shop/overlays/prod/kustomization.yaml': 'namePrefix: prod-\nresources: [../../base]\n',
};
const command = 'kubectl rollout status deployment/redis\n';

function places(files: Readonly<Record<string, string>>): string[] {
  const { findings } = lintFiles(files, { only: ['documented-object-missing'] });
  const ours = findings.filter(({ rule }) => rule === 'documented-object-missing');
  return ours.map(({ span: { file, start, end } }) => `${file.path} ${file.text.slice(start, end)}`);
}

it('points at the name in the block of a guide', () => {
  const guide = `# Shop\n\n\`\`\`console\n$ ${command}\`\`\`\n`;
  expect(places({ ...shop, 'README.md': guide })).toEqual(['README.md redis']);
});

it('looks at what is above or below the object, or in a folder for documents next to it', () => {
  const documents = [
    'shop/deploy.sh',
    'docs/guide/redis.sh',
    'shop/scripts/a.sh',
    'shop/base/a.ps1',
    'other/a.sh',
    'b/docs/a.sh',
  ];
  expect(places({ ...shop, ...Object.fromEntries(documents.map((path) => [path, command])) })).toEqual([
    'docs/guide/redis.sh redis',
    'shop/base/a.ps1 redis',
    'shop/deploy.sh redis',
    'shop/scripts/a.sh redis',
  ]);
});

it.each([
  ['a build has it by this name', { 'test/kustomization.yaml': 'resources: [../shop/base]\n' }],
  [
    'a file that no build reads has it',
    { 'shop/base/example/kustomization.yaml': 'resources: []\n', 'shop/base/example/redis.yaml': deployment },
  ],
  [
    'a build of the same file failed',
    { 'test/kustomization.yaml': 'resources: [../shop/base, missing.yaml]\n' },
  ],
  ['the configuration has it', { 'cdb-lint.yaml': 'provided: [{kind: Deployment, name: redis}]\n' }],
  [
    'a release may make it',
    {
      'release.yaml':
        'apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: redis, namespace: a}\n',
    },
  ],
  ['the script installs it', { 'deploy.sh': `helm upgrade --install redis charts/redis\n${command}` }],
  [
    'the script shows it',
    { 'deploy.sh': `kubectl apply -f - <<EOF\nmetadata:\n  name: redis\nEOF\n${command}` },
  ],
  ['the script applies the base', { 'deploy.sh': `kubectl apply -k shop/base\n${command}` }],
  [
    'the script applies what it fetches',
    { 'deploy.sh': `kubectl apply -f https://shop.internal/a.yaml\n${command}` },
  ],
])('says nothing where %s', (_, files) => {
  expect(places({ ...shop, 'deploy.sh': command, ...files })).toEqual([]);
});

it.each([
  'kubectl apply -k shop/overlays/prod',
  'kustomize build "$ROOT/overlays/$STAGE" | kubectl apply -f -',
  'kubectl kustomize ../overlays/prod/',
])('goes on where a script applies a build: %s', (apply) => {
  expect(places({ ...shop, 'shop/scripts/deploy.sh': `${apply}\n${command}` })).toEqual([
    'shop/scripts/deploy.sh redis',
  ]);
});
