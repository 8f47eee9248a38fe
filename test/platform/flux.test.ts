import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { findRendered, type Rendered, render, seconds, specsOf } from './rendered.ts';

const STEPS = ['policies', 'infrastructure', 'applications'] as const;
const kinds = (objects: readonly Rendered[]) => new Set(objects.map(({ kind }) => kind));
const isFlux = ({ apiVersion }: Rendered) => apiVersion.startsWith('kustomize.toolkit.fluxcd.io/');

describe.each(['dev', 'prod'])('flux/clusters/%s', (environment) => {
  const cluster = render(`flux/clusters/${environment}`);
  const step = (name: string) => findRendered(cluster, 'Kustomization', name).spec ?? {};

  it('polls the source every minute', () => {
    const source = findRendered(cluster, 'GitRepository', 'flux-system').spec;
    expect(source).toMatchObject({ interval: '1m', ref: { branch: 'main' } });
  });

  it('takes policies, then infrastructure, then applications, and waits for each', () => {
    expect(step('policies')['dependsOn']).toBeUndefined();
    expect(step('infrastructure')['dependsOn']).toEqual([{ name: 'policies' }]);
    expect(step('applications')['dependsOn']).toEqual([{ name: 'infrastructure' }]);
    for (const name of STEPS) {
      const spec = step(name);
      expect(spec).toMatchObject({ interval: '5m', retryInterval: '1m', prune: true, wait: true });
      expect(seconds(spec['timeout'])).toBeLessThan(seconds(spec['interval']));
    }
    expect(step('policies')['path']).toBe(`./policies/overlays/${environment}`);
  });

  it('gives a rollout the time that it may take', () => {
    for (const spec of specsOf(render(`flux/environments/${environment}/applications`), 'Deployment'))
      expect(Number(spec['progressDeadlineSeconds'])).toBeLessThan(seconds(step('applications')['timeout']));
  });

  it('applies itself, and leaves what holds data when it is deleted', () => {
    expect(step('flux-system')).toMatchObject({
      path: `./flux/clusters/${environment}`,
      prune: true,
      deletionPolicy: 'Orphan',
    });
    expect(step('infrastructure')).toMatchObject({
      deletionPolicy: 'Orphan',
      decryption: { provider: 'sops' },
    });
  });

  it('brings the whole environment and nothing twice', () => {
    const part = (name: string) => render(`flux/environments/${environment}/${name}`);
    const [infrastructure, applications] = [part('infrastructure'), part('applications')];
    const whole = render(`k8s/overlays/${environment}`);
    const texts = (objects: readonly Rendered[]) => objects.map((object) => JSON.stringify(object)).sort();
    expect(texts([...infrastructure, ...applications])).toEqual(texts(whole));
    expect(kinds(infrastructure)).toContain('PersistentVolumeClaim');
    expect(specsOf(applications, 'Deployment')).toHaveLength(5);
    expect([...kinds(applications)]).not.toContain('Namespace');
  });

  it('lets nothing that holds data be pruned', () => {
    const held = render(`k8s/overlays/${environment}`).filter(({ kind }) =>
      ['Namespace', 'PersistentVolumeClaim', 'StatefulSet'].includes(kind),
    );
    expect(held).toHaveLength(5);
    for (const { metadata } of held)
      expect(metadata.annotations).toMatchObject({
        'kustomize.toolkit.fluxcd.io/prune': 'disabled',
        'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false',
      });
  });

  it('reports every commit under a name of the environment', () => {
    const provider = findRendered(cluster, 'Provider', 'commit-status').spec;
    expect(provider).toMatchObject({
      type: 'github',
      commitStatusExpr: `'flux/${environment}/' + event.involvedObject.name`,
    });
    const addresses = specsOf(cluster, 'Provider').map((spec) => spec['address']);
    const source = findRendered(cluster, 'GitRepository', 'flux-system').spec;
    expect(new Set(addresses)).toEqual(new Set([source?.['url']]));
    expect(findRendered(cluster, 'Alert', 'commit-status').spec).toMatchObject({
      eventSeverity: 'info',
      eventSources: [{ kind: 'Kustomization', name: '*' }],
    });
  });

  it('reads what is deployed with other credentials than those that may push', () => {
    const [source, images] = ['flux-system', 'images'].map(
      (name) => findRendered(cluster, 'GitRepository', name).spec ?? {},
    );
    expect(images?.['url']).toBe(source?.['url']);
    expect(images?.['secretRef']).not.toEqual(source?.['secretRef']);
  });

  it('finds new versions of the images that have a mark', () => {
    const text = readFileSync(`k8s/overlays/${environment}/kustomization.yaml`, 'utf8');
    const images: { name: string }[] = parse(text).images;
    expect(images).toHaveLength(5);
    for (const { name } of images) {
      const service = name.slice(name.lastIndexOf('/') + 1);
      expect(findRendered(cluster, 'ImageRepository', service).spec).toMatchObject({ image: name });
      expect(findRendered(cluster, 'ImagePolicy', service).spec).toMatchObject({
        imageRepositoryRef: { name: service },
      });
      expect(text).toContain(`# {"$imagepolicy": "flux-system:${service}:tag"}\n`);
    }
    expect(specsOf(cluster, 'ImageUpdateAutomation')).toMatchObject([
      {
        sourceRef: { name: 'images' },
        update: { path: `./k8s/overlays/${environment}`, strategy: 'Setters' },
      },
    ]);
  });
});

it('the clusters differ in the name of the environment alone, where they reconcile', () => {
  const steps = (environment: string) =>
    JSON.stringify(render(`flux/clusters/${environment}`).filter(isFlux)).replaceAll(
      `/${environment}`,
      '/any',
    );
  expect(steps('dev')).toBe(steps('prod'));
});

it('new images go to dev by the branch it follows, to prod by a branch that becomes a pull request', () => {
  const push = (environment: string) => {
    const [spec = {}] = specsOf(render(`flux/clusters/${environment}`), 'ImageUpdateAutomation');
    return (spec['git'] as { push: { branch: string } }).push.branch;
  };
  expect(push('dev')).toBe('main');
  const workflow = parse(readFileSync('.github/workflows/image-updates.yml', 'utf8'));
  expect(workflow.on.push.branches).toEqual([push('prod')]);
});

it('a step of prod that fails starts the workflow of the way back', () => {
  const prod = render('flux/clusters/prod');
  expect(findRendered(prod, 'Provider', 'rollback').spec).toMatchObject({ type: 'githubdispatch' });
  const alert = findRendered(prod, 'Alert', 'rollback').spec;
  expect(alert).toMatchObject({ eventSeverity: 'error', providerRef: { name: 'rollback' } });
  // The event that notification-controller sends is called `Kind/name.namespace`.
  const sources = alert?.['eventSources'] as { kind: string; name: string }[];
  const events = sources.map(({ kind, name }) => `${kind}/${name}.flux-system`);
  const workflow = parse(readFileSync('.github/workflows/rollback.yml', 'utf8'));
  expect(workflow.on.repository_dispatch.types).toEqual(events);
  expect(render('flux/clusters/dev').filter(({ metadata }) => metadata.name === 'rollback')).toEqual([]);
});
