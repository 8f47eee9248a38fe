import { textAt } from '../object/object-field.ts';
import { groupVersionKind, type Resource } from '../object/resource.ts';
import { normalisePath } from '../source/path.ts';
import { applicationKind } from './argocd/application.ts';
import { applicationSetKind } from './argocd/application-set.ts';
import type { ControllerKind, EntryKind } from './controller-kind.ts';
import { fluxKustomizationKind } from './flux/flux-kustomization.ts';
import { fluxInstanceKind, resourceSetKind } from './flux/flux-operator.ts';
import { artifactGeneratorKind, pathInSource, relative } from './flux/flux-source.ts';
import { helmReleaseKind } from './flux/helm-release.ts';
import { instanceReleaseEntry, isInstanceRelease } from './flux/instance-release.ts';

const source = 'source.toolkit.fluxcd.io';
const image = 'image.toolkit.fluxcd.io';
const notification = 'notification.toolkit.fluxcd.io';

/** The kinds of Flux and Argo CD of which something is known here. Another one gets a line here, and a file where it applies things. */
export const controllerKinds: readonly ControllerKind[] = [
  fluxKustomizationKind,
  fluxInstanceKind,
  resourceSetKind,
  applicationKind,
  applicationSetKind,
  { ...helmReleaseKind, isEntry: isInstanceRelease, entry: instanceReleaseEntry },
  { group: 'fluxcd.controlplane.io', kind: 'ResourceSetInputProvider', givesInputs: true },
  { group: source, kind: 'GitRepository', isSource: true },
  { group: source, kind: 'OCIRepository', isSource: true },
  { group: source, kind: 'Bucket', isSource: true },
  { group: source, kind: 'HelmRepository', isSource: true },
  {
    group: source,
    kind: 'HelmChart',
    isSource: true,
    links: [{ path: ['spec', 'sourceRef'], kind: '' }],
  },
  artifactGeneratorKind,
  {
    group: image,
    kind: 'ImagePolicy',
    links: [{ path: ['spec', 'imageRepositoryRef'], kind: 'ImageRepository' }],
  },
  {
    group: image,
    kind: 'ImageUpdateAutomation',
    links: [{ path: ['spec', 'sourceRef'], kind: 'GitRepository' }],
  },
  {
    group: notification,
    kind: 'Alert',
    links: [
      { path: ['spec', 'providerRef'], kind: 'Provider' },
      { path: ['spec', 'eventSources'], kind: '', isList: true },
    ],
  },
  {
    group: notification,
    kind: 'Receiver',
    links: [{ path: ['spec', 'resources'], kind: '', isList: true }],
  },
];

const byName = new Map(controllerKinds.map((one) => [`${one.group}/${one.kind}`, one]));

/** What is known of an object's kind, where it is one of Flux or Argo CD. */
export function controllerKindOf({ object }: Resource): ControllerKind | undefined {
  const { group, kind } = groupVersionKind(object);
  return byName.get(`${group}/${kind}`);
}

/** How an object names more to deploy; undefined for what does not. */
export function entryKindOf(resource: Resource): EntryKind | undefined {
  const known = controllerKindOf(resource);
  return known?.isEntry?.(resource.object) === false ? undefined : known?.entry;
}

/** Whether an object names more to deploy. */
export function isEntryPoint(resource: Resource): boolean {
  return entryKindOf(resource) !== undefined;
}

/** The directory that an entry point applies; undefined where it has none of its own, or leads out of the repository. */
export function pathOf(declaration: Resource): string | undefined {
  const field = entryKindOf(declaration)?.pathField(declaration);
  if (field === undefined) return undefined;
  const written = textAt(declaration.object, ...field.map(String)) ?? '';
  const isFlux = controllerKindOf(declaration)?.group.endsWith('argoproj.io') === false;
  return normalisePath(isFlux ? pathInSource(written) : relative(written));
}

/** Whether objects that other builds bring may change what an entry point makes. */
export function readsObjects(declaration: Resource): boolean {
  return entryKindOf(declaration)?.readsObjects?.(declaration.object) ?? false;
}

/** Whether `dependsOn` of Flux may name an object of this kind. */
export function isAwaited(kind: string): boolean {
  return controllerKinds.some((one) => one.kind === kind && one.isAwaited === true);
}
