import { plainAddress } from '../../fetched/address.ts';
import { textAt } from '../../object/object-field.ts';
import { nameOf, type Resource } from '../../object/resource.ts';
import type { Sources } from '../../source/load.ts';
import { normalisePath } from '../../source/path.ts';
import { valueText } from '../../source/value-text.ts';
import { isOf } from '../controller-kind.ts';
import { controllerKindOf, pathOf } from '../controller-kinds.ts';
import type { SourceKnowledge } from '../reconcile-context.ts';
import { artifactRoots, pushedKinds } from './artifact-root.ts';
import { syncObjects } from './flux-instance.ts';
import { fluxKustomizationKind } from './flux-kustomization.ts';
import { fluxInstanceKind } from './flux-operator.ts';
import { copiedDirectories, sourceKey } from './flux-source.ts';
import { instanceOf } from './instance-release.ts';

/** What declared objects tell of the sources of Flux: which there are, and which of them bring directories of this repository. */
export function sourceKnowledge(
  sources: Sources,
  declared: readonly Resource[],
  { repositories, files }: Pick<SourceKnowledge, 'repositories' | 'files'>,
): SourceKnowledge {
  const synced = declared
    .flatMap((one) => (isOf(fluxInstanceKind, one) ? one : (instanceOf(one) ?? [])))
    .flatMap((instance) => syncObjects(instance, sources).resources);
  const all = [...declared, ...synced];
  const isDirectory = (path: string): boolean => sources.fileSystem.kind(path) === 'directory';
  const kustomizations = all.filter((one) => isOf(fluxKustomizationKind, one));
  const applied = kustomizations.flatMap((one) => sourceApplied(one, isDirectory));
  const roots = artifactRoots(kustomizations, files);
  const copied = declared.flatMap((one) =>
    copiedDirectories(one).flatMap(({ source, directory }) =>
      normalisePath(directory) !== undefined && isDirectory(directory) ? [source] : [],
    ),
  );
  const objects = all.filter((one) => controllerKindOf(one)?.isSource === true);
  const evidence = new Set([...ofOneRepository([...applied, ...copied], objects), ...roots.keys()]);
  return { objects, evidence, roots, files, repositories };
}

/**
 * The sources that are this repository: of several addresses the one that brings most directories. Another repository that is laid out
 * alike, such as a private one beside it, has paths that are here as well.
 */
function ofOneRepository(evidence: readonly string[], objects: readonly Resource[]): Set<string> {
  const addresses = new Map<string, Set<string>>();
  for (const { object } of objects) {
    const url = textAt(object, 'spec', 'url');
    if (url === undefined) continue;
    const key = sourceKey({ kind: valueText(object['kind']), name: nameOf(object) });
    addresses.set(key, (addresses.get(key) ?? new Set()).add(plainAddress(url)));
  }
  const counts = new Map<string, number>();
  for (const key of evidence)
    for (const address of addresses.get(key) ?? []) counts.set(address, (counts.get(address) ?? 0) + 1);
  const most = Math.max(0, ...counts.values());
  const isHere = (key: string): boolean => {
    const own = [...(addresses.get(key) ?? [])];
    return own.length === 0 || own.some((address) => (counts.get(address) ?? 0) * 2 > most);
  };
  return new Set(evidence.filter(isHere));
}

/** The same with what rendered Kustomizations tell: a patch may have said where they lead. */
export function withRendered(
  knowledge: SourceKnowledge,
  sources: Sources,
  rendered: readonly Resource[],
): SourceKnowledge {
  const isDirectory = (path: string): boolean => sources.fileSystem.kind(path) === 'directory';
  const kustomizations = rendered.filter((one) => isOf(fluxKustomizationKind, one));
  const applied = kustomizations.flatMap((one) => sourceApplied(one, isDirectory));
  const roots = new Map([...knowledge.roots, ...artifactRoots(kustomizations, knowledge.files)]);
  return { ...knowledge, roots, evidence: new Set([...knowledge.evidence, ...applied, ...roots.keys()]) };
}

/** The source of a Kustomization whose path is a directory here; the root counts where the source is that of `flux bootstrap`. */
function sourceApplied(kustomization: Resource, isDirectory: (path: string) => boolean): string[] {
  const kind = textAt(kustomization.object, 'spec', 'sourceRef', 'kind') ?? '';
  const name = textAt(kustomization.object, 'spec', 'sourceRef', 'name') ?? '';
  const path = pathOf(kustomization);
  // Of what was pushed the root may be any directory of this repository.
  const isRoot = path === '' && name === 'flux-system' && !pushedKinds.has(kind);
  const isHere = path === '' ? isRoot : path !== undefined && isDirectory(path);
  return isHere ? [sourceKey({ kind, name })] : [];
}
