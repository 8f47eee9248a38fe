import { getPart, originOfDocument, setKey, type Tracked } from '../../object/provenance.ts';
import { nameOf, namespaceOf } from '../../object/resource.ts';
import type { Sources } from '../../source/load.ts';
import { isMapping, type Mapping } from '../../source/value.ts';
import { mergePatch } from '../merge-patch.ts';

/** What an override cannot change (reposerver mergeSourceParameters of 3.6). */
const fixed = ['repoURL', 'path', 'targetRevision', 'chart'] as const;

/**
 * The files beside the manifests that change how a source is built; the one of the Application comes last, whose name has the namespace
 * in front where that is not Argo CD's own.
 */
export function overrideFiles(sources: Sources, directory: string, application: Mapping): string[] {
  const prefix = directory === '' ? '' : `${directory}/`;
  const name = nameOf(application);
  const names = [name, `${namespaceOf(application)}_${name}`];
  return ['.argocd-source.yaml', ...names.map((one) => `.argocd-source-${one}.yaml`)]
    .map((name) => prefix + name)
    .filter((file) => sources.fileSystem.kind(file) === 'file');
}

/** A source with the overrides of `.argocd-source.yaml` and `.argocd-source-<application>.yaml`. */
export function withOverrides(
  source: Tracked<Mapping>,
  sources: Sources,
  files: readonly string[],
): Tracked<Mapping> {
  let merged = source;
  for (const file of files) {
    const [document] = sources.load(file, 'api-server').documents;
    if (document === undefined || !isMapping(document.value)) continue;
    const patch = { value: document.value, origin: originOfDocument('source', document.positions) };
    merged = mergePatch(merged, patch) as Tracked<Mapping>;
  }
  for (const field of fixed) {
    const own = getPart(source, field);
    if (own !== undefined && merged !== source) merged = setKey(merged, field, own);
  }
  return merged;
}
