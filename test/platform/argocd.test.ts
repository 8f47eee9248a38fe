import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { findRendered, type Rendered, render, specsOf } from './rendered.ts';

const objects = render('argocd');
const application = (name: string) => findRendered(objects, 'Application', name);
const project = (name: string) => findRendered(objects, 'AppProject', name).spec ?? {};

interface Entry {
  readonly group: string;
  readonly kind: string;
}

describe.each([
  ['dev', 'cdb-trading-dev'],
  ['prod', 'cdb-trading'],
])('Argo CD in %s', (environment, namespace) => {
  const { spec = {}, metadata } = application(`cdb-${environment}`);

  it('deploys the environment as a whole, and its policies before it', () => {
    expect(spec).toMatchObject({
      project: 'cdb',
      source: { path: `k8s/overlays/${environment}`, targetRevision: 'main' },
      destination: { name: `cdb-${environment}`, namespace },
    });
    const policies = application(`policies-${environment}`);
    expect(policies.spec).toMatchObject({
      project: 'cdb-policies',
      source: { path: `policies/overlays/${environment}` },
    });
    expect(policies.metadata.annotations?.['argocd.argoproj.io/sync-wave']).toBe('-1');
  });

  it('heals, prunes, retries, and deletes nothing when it is deleted itself', () => {
    for (const one of [spec, application(`policies-${environment}`).spec])
      expect(one?.['syncPolicy']).toMatchObject({
        automated: { prune: true, selfHeal: true },
        retry: { limit: 5, backoff: { duration: '30s', factor: 2, maxDuration: '5m' } },
      });
    expect(Object.keys(metadata)).not.toContain('finalizers');
  });

  it('leaves the replicas to who owns them, and the Namespace to the manifests', () => {
    const { syncOptions } = spec['syncPolicy'] as { syncOptions: string[] };
    expect(syncOptions).toContain('RespectIgnoreDifferences=true');
    expect(syncOptions).toContain('CreateNamespace=false');
    expect(spec['ignoreDifferences']).toEqual([
      { group: 'apps', kind: 'Deployment', managedFieldsManagers: ['kube-controller-manager'] },
    ]);
    const namespaces = render(`k8s/overlays/${environment}`).filter(({ kind }) => kind === 'Namespace');
    expect(namespaces.map((one) => one.metadata.name)).toEqual([namespace]);
  });

  it('starts the applications in the wave after everything else', () => {
    const { kustomize } = spec['source'] as {
      kustomize: { patches: { target: object; patch: string }[] };
    };
    expect(kustomize.patches.map(({ target }) => target)).toEqual([
      { labelSelector: 'app.kubernetes.io/component=application' },
    ]);
    const patch = parse(kustomize.patches[0]?.patch ?? '');
    expect(patch.metadata.annotations).toEqual({ 'argocd.argoproj.io/sync-wave': '1' });
  });

  it('permits what the environment consists of, and nothing else without a component for it', () => {
    const lists = (field: string) => (project('cdb')[field] as Entry[]).map(({ kind }) => kind);
    const rendered = render(`k8s/overlays/${environment}`);
    const isOfCluster = ({ metadata: { namespace: own } }: Rendered) => own === undefined;
    const kindsOf = (some: readonly Rendered[]) => [...new Set(some.map(({ kind }) => kind))];
    const namespaced = kindsOf(rendered.filter((one) => !isOfCluster(one)));
    expect(namespaced.filter((kind) => !lists('namespaceResourceWhitelist').includes(kind))).toEqual([]);
    const ofCluster = kindsOf(rendered.filter(isOfCluster));
    expect(ofCluster.filter((kind) => !lists('clusterResourceWhitelist').includes(kind))).toEqual([]);
    expect(lists('namespaceResourceWhitelist')).not.toContain('Secret');
  });
});

it('no project permits more than it names, or the projects of others', () => {
  const projects = specsOf(objects, 'AppProject');
  expect(projects).toHaveLength(3);
  expect(JSON.stringify(projects)).not.toContain('*');
  expect(project('cdb-root')['clusterResourceWhitelist']).toEqual([]);
  expect(project('cdb-policies')['namespaceResourceWhitelist']).toEqual([]);
});

it('the address of the repository is the same everywhere, and the one that Flux has', () => {
  const sources = specsOf(objects, 'Application').map(
    (spec) => (spec['source'] as { repoURL: string }).repoURL,
  );
  const permitted = specsOf(objects, 'AppProject').flatMap((spec) => spec['sourceRepos'] as string[]);
  const flux = specsOf(render('flux/clusters/prod'), 'GitRepository').map((spec) => spec['url']);
  expect(new Set([...sources, ...permitted])).toEqual(new Set(flux));
});

it('the environments differ in their names alone', () => {
  const text = (environment: string, namespace: string) =>
    JSON.stringify([application(`cdb-${environment}`), application(`policies-${environment}`)])
      .replaceAll(`"${namespace}"`, '"namespace"')
      .replaceAll(environment, 'any');
  expect(text('dev', 'cdb-trading-dev')).toBe(text('prod', 'cdb-trading'));
});
