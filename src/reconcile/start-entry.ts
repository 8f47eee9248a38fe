import { isKind } from '../object/object-field.ts';
import type { Rendered } from '../object/renderer.ts';
import { nameOf, namespaceOf, type Resource } from '../object/resource.ts';
import { directoryOf } from '../source/path.ts';
import {
  type ClusterGroup,
  dropRenamed,
  findIn,
  groupAbove,
  groupOf,
  identityOf,
  newGroup,
  rememberKept,
} from './cluster-group.ts';
import { isOf } from './controller-kind.ts';
import { controllerKindOf, entryKindOf, isEntryPoint, pathOf } from './controller-kinds.ts';
import type { Declared } from './declared-objects.ts';
import type { LastingDeclaration } from './discover-options.ts';
import { contextWith, type Run } from './discovery-run.ts';
import { fluxKustomizationKind } from './flux/flux-kustomization.ts';
import { resolveSource } from './flux/flux-source.ts';
import { hasKustomization } from './flux/generated-kustomization.ts';
import { reconcileAll, reconcileAlone, take } from './follow-entries.ts';
import { type MadeReconciliation, nothingSaid, type Reconciliation } from './reconciliation.ts';
import { renderKustomize } from './render-kustomize.ts';

export function startAt(run: Run, { file, resource }: Declared, isOwn: boolean): void {
  if (run.reached.has(file)) return;
  const path = isOwn ? pathOf(resource) : undefined;
  const identity = identityOf(resource, namespaceOf(resource.object));
  const key = path ?? directoryOf(file);
  const above = groupAbove(run.groups, { key, identity, file });
  const group = isAnother(run, above, key, resource)
    ? newGroup(run.groups, key, above.id.alternative)
    : above;
  const declaration = isOwn ? asAppliedByItself(run, group, { file, resource }) : resource;
  const owners = reconcileAll(run, group, [declaration]);
  run.begun.push({
    key,
    appliesItself:
      isOwn ||
      controllerKindOf(resource)?.isInstallation === true ||
      // What it brings may bring Flux, with the directory that all began with.
      group.reconciliations.some((one) => one.path === key),
    owners,
  });
  const own = owners.find((one) => one.declaration === declaration);
  if (own !== undefined) dropRenamed(run.groups, declaration, own);
}

/**
 * What applies itself is in the cluster as its own build has it: a kustomization on the way may patch it, as the one that `flux bootstrap`
 * writes is there for. Where that build leaves it out, it is in the cluster as `flux bootstrap` applied it, with the kustomization beside it.
 */
function asAppliedByItself(run: Run, group: ClusterGroup, { file, resource }: Declared): Resource {
  const identity = identityOf(resource, namespaceOf(resource.object) || 'default');
  const findAmong = (some: readonly Resource[]): Resource | undefined =>
    some.find((one) => isEntryPoint(one) && identityOfBrought(one) === identity);
  return (
    findAmong(entriesOf(run, group, resource)) ?? findAmong(resourcesBeside(run.context, file)) ?? resource
  );
}

/** What the kustomization in the folder of a file renders, if there is one. */
function resourcesBeside({ builder, sources }: Run['context'], file: string): readonly Resource[] {
  const root = directoryOf(file);
  if (!hasKustomization(sources.fileSystem, root)) return [];
  return renderKustomize({ root, loadRestrictor: 'none' }, { builder }).build.resources;
}

/**
 * Whether an entry point further down brings most of the entry points that one of the group above brings: the two are ways to set up a
 * cluster, and not both of one.
 */
function isAnother(run: Run, group: ClusterGroup, key: string, resource: Resource): boolean {
  if (key === group.id.root || group.reconciliations.length === 0) return false;
  const brought = entriesOf(run, group, resource).map(identityOfBrought);
  if (brought.length < 2) return false;
  return group.reconciliations.some((one) => {
    const known = new Set(one.build.resources.filter(isEntryPoint).map(identityOfBrought));
    return brought.filter((identity) => known.has(identity)).length * 2 > brought.length;
  });
}

/** The entry points that one would bring to a cluster. */
function entriesOf(run: Run, group: ClusterGroup, resource: Resource): Resource[] {
  const entry = entryKindOf(resource);
  if (entry === undefined) return [];
  const namespace = namespaceOf(resource.object) || 'default';
  const context = { ...run.context, find: findIn(group) };
  const { build } = reconcileAlone(resource, namespace, () => entry.reconcile(resource, namespace, context));
  return build.resources.filter(isEntryPoint);
}

function identityOfBrought(resource: Resource): string {
  return identityOf(resource, namespaceOf(resource.object));
}

export function startLasting(run: Run, lasting: readonly LastingDeclaration[]): void {
  if (lasting.length === 0) return;
  const knowing = {
    ...run,
    context: contextWith(
      run,
      lasting.map(({ declaration }) => declaration),
    ),
  };
  const started = lasting.map((one) => ({
    ...one,
    group: groupOf(run.groups, one.cluster.root, one.cluster.alternative),
  }));
  for (const { group, kept } of started) rememberKept(group, kept);
  for (const { group, declaration } of started) reconcileAll(knowing, group, [declaration]);
}

export function startAtRoot(run: Run, root: string, alternative: string | undefined, isFree: boolean): void {
  const { context } = run;
  // kustomize-controller builds without kustomize's load restrictor (fluxcd/pkg/kustomize, SecureBuild).
  const rendered = renderKustomize({ root, ...(isFree ? { loadRestrictor: 'none' } : {}) }, context);
  const { build } = rendered;
  const entries = build.resources.filter(isEntryPoint);
  if (entries.length === 0 && build.complete) return;
  const group = groupSetUpBy(run, entries) ?? newGroup(run.groups, root, alternative);
  const knowing = { ...run, context: contextWith(run, entries) };
  // A cluster that `flux bootstrap` made applies itself, with what this object says: substitution, patches.
  const own = entries.find(
    (entry) =>
      isOf(fluxKustomizationKind, entry) &&
      resolveSource(entry, namespaceOf(entry.object), knowing.context.knowledge).path === root,
  );
  if (own !== undefined) reconcileAll(knowing, group, [own]);
  if (group.reconciliations.some(({ path }) => path === root)) return;
  const once = take(run, group, byHand(root, rendered));
  const begun = reconcileAll(knowing, group, entries);
  run.begun.push({ key: root, appliesItself: build.resources.some(isFluxItself), owners: [once, ...begun] });
  dropOnce(run, group, { once, begun, entries });
}

/** The one known cluster that applies itself and whose directory all of these name: they set it up, and are no cluster of their own. */
function groupSetUpBy({ groups }: Run, entries: readonly Resource[]): ClusterGroup | undefined {
  const [first, ...more] = new Set(entries.map((entry) => groups.byKey.get(pathOf(entry) ?? '')));
  return first !== undefined && more.length === 0 && appliesItself(first) ? first : undefined;
}

function appliesItself({ id, reconciliations }: ClusterGroup): boolean {
  return reconciliations.some(({ declaration, path }) => declaration !== undefined && path === id.root);
}

/** What `flux install` writes: whoever applies it sets a cluster up. */
function isFluxItself(resource: Resource): boolean {
  return isKind(resource, 'apps', 'Deployment') && nameOf(resource.object) === 'kustomize-controller';
}

/** What an entry point turned out to apply as well was applied by hand once, perhaps in another namespace, and counts as it is from then on. */
function dropOnce(
  run: Run,
  { reconciliations }: ClusterGroup,
  {
    once,
    begun,
    entries,
  }: {
    readonly once: Reconciliation;
    readonly begun: readonly Reconciliation[];
    readonly entries: readonly Resource[];
  },
): void {
  const isWhole = ({ path, build }: Reconciliation): boolean =>
    path === once.path && once.build.inputs.every((file) => build.inputs.includes(file));
  if (!reconciliations.some((one) => one !== once && isWhole(one))) return;
  reconciliations.splice(reconciliations.indexOf(once), 1);
  for (const entry of entries) {
    const own = begun.find(({ declaration }) => declaration === entry);
    if (own !== undefined) dropRenamed(run.groups, entry, own);
  }
}

function byHand(root: string, rendered: Rendered): MadeReconciliation {
  const name = root === '' ? '.' : root;
  const own = { by: 'kustomize', kind: 'kustomization', name, namespace: '', path: root } as const;
  return { ...nothingSaid, ...own, ...rendered };
}
