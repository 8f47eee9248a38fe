import { textAt } from '../../object/object-field.ts';
import { groupVersionKind, type Resource } from '../../object/resource.ts';
import { matchesGlob } from '../../source/glob.ts';
import { parseDocuments } from '../../source/parse.ts';
import {
  isMapping,
  isSequence,
  itemsAt,
  type Mapping,
  mappingOf,
  newMapping,
  type Value,
  valueAt,
} from '../../source/value.ts';
import { valueText } from '../../source/value-text.ts';
import type { Cluster } from '../cluster.ts';

/** The ConfigMap that Argo CD keeps its settings in. */
export function isArgoSettings({ object }: Resource): boolean {
  return object['kind'] === 'ConfigMap' && valueAt(object, ['metadata', 'name']) === 'argocd-cm';
}

/**
 * The data of each ConfigMap `argocd-cm` of the repository, as a cluster gets it and as files have it, patches for it included: what
 * one of them says may hold.
 */
export function argoSettings({ reconciliations, declared }: Cluster): Mapping[] {
  return settingsIn([...reconciliations.flatMap(({ build }) => build.resources), ...declared]);
}

export function settingsIn(resources: readonly Resource[]): Mapping[] {
  return resources
    .filter(isArgoSettings)
    .map(({ object: { data } }) => (isMapping(data) ? data : newMapping()));
}

/** A project whose permissions those chosen by label have as well. */
export interface GlobalProject {
  readonly name: string;
  readonly selector: Value;
}

/** `globalProjects` (util/settings of 3.6). */
export function globalProjectsOf(settings: readonly Mapping[]): GlobalProject[] {
  return settings.flatMap((data) => {
    const list = parsed(data['globalProjects']);
    return (isSequence(list) ? list : []).flatMap((entry) => {
      const name = isMapping(entry) ? textAt(entry, 'projectName') : undefined;
      return name === undefined || !isMapping(entry)
        ? []
        : [{ name, selector: entry['labelSelector'] ?? null }];
    });
  });
}

const customizations = 'resource.customizations';

/**
 * Differences that all Applications ignore, in the form of an entry of `ignoreDifferences`: `resource.customizations` and its keys of
 * the form `resource.customizations.ignoreDifferences.apps_Deployment` (GetResourceOverrides of 3.6).
 */
export function ignoredEverywhere(settings: readonly Mapping[]): Mapping[] {
  return settings.flatMap((data) =>
    Object.keys(data).flatMap((key) => {
      const split = `${customizations}.ignoreDifferences.`;
      if (key.startsWith(split)) return entryOf(key.slice(split.length).replace('_', '/'), parsed(data[key]));
      const all = key === customizations ? parsed(data[key]) : null;
      return isMapping(all)
        ? Object.keys(all).flatMap((kind) => {
            const own = all[kind];
            return entryOf(kind, isMapping(own) ? parsed(own['ignoreDifferences']) : null);
          })
        : [];
    }),
  );
}

function entryOf(groupKind: string, ignored: Value): Mapping[] {
  if (!isMapping(ignored)) return [];
  const parts = groupKind === 'all' ? ['*', '*'] : groupKind.split('/');
  const [group, kind] = parts.length > 1 ? parts : ['', parts[0]];
  return [mappingOf({ ...ignored, group: group ?? '', kind: kind ?? '' })];
}

/** What the manifests of Argo CD 3 exclude: kinds that controllers make. */
const excludedByDefault: readonly Mapping[] = [
  ['', 'Endpoints'],
  ['discovery.k8s.io', 'EndpointSlice'],
  ['coordination.k8s.io', 'Lease'],
  ['certificates.k8s.io', 'CertificateSigningRequest'],
  ['cert-manager.io', 'CertificateRequest'],
  ['cilium.io', 'CiliumIdentity'],
  ['cilium.io', 'CiliumEndpoint'],
  ['cilium.io', 'CiliumEndpointSlice'],
].map(([group = '', kind = '']) => mappingOf({ apiGroups: [group], kinds: [kind] }));

/** Tells which objects Argo CD takes out of what it syncs, as `resource.exclusions` says (util/settings FilteredResource of 3.6). */
export function exclusionsIn(settings: readonly Mapping[]): (object: Mapping) => boolean {
  const written = settings.flatMap((data) => data['resource.exclusions'] ?? []);
  const entries =
    written.length === 0 ? excludedByDefault : written.flatMap((text) => itemsAt(parsed(text), []));
  const lists = (entry: Value, field: string, value: string): boolean => {
    const patterns = itemsAt(entry, [field]);
    return patterns.length === 0 || patterns.some((one) => matchesGlob(valueText(one), value));
  };
  return (object) => {
    const { group, kind } = groupVersionKind(object);
    // Of those for some clusters nobody knows whether this is one.
    return entries.some(
      (entry) => isMapping(entry) && lists(entry, 'apiGroups', group) && lists(entry, 'kinds', kind),
    );
  };
}

/** Whether builds may read files outside of their directory (`kustomize.buildOptions`). */
export function loadRestrictorOf(settings: readonly Mapping[]): 'none' | 'root-only' {
  const isOff = settings.some((data) => switchedOff.test(valueText(data['kustomize.buildOptions'])));
  return isOff ? 'none' : 'root-only';
}

const switchedOff = /LoadRestrictionsNone/u;

const byCommand = /--load[-_]restrictor[ =]+["']?(?:LoadRestrictionsNone|none)\b/u;

/** The same of a file that says how Argo CD is installed, such as the values of its chart, and of a command that builds with kustomize. */
export function switchesRestrictorOff(text: string): boolean {
  return (text.includes('kustomize.buildOptions') && switchedOff.test(text)) || byCommand.test(text);
}

const newGlobbing =
  /applicationsetcontroller\.enable\.new\.git\.file\.globbing["']?\s*:\s*["']?true\b|ENABLE_NEW_GIT_FILE_GLOBBING["']?\s*(?:[:=]|\n\s*-?\s*["']?value["']?\s*:)\s*["']?true\b|--enable-new-git-file-globbing\b(?!=false)/u;

/** Whether a file that says how Argo CD is installed has stars in the files of Git generators stay within a directory. */
export function switchesGlobbing(text: string): boolean {
  return /globbing/iu.test(text) && newGlobbing.test(text);
}

/** A value of a ConfigMap, which is YAML in a text. */
function parsed(text: Value | undefined): Value {
  if (typeof text !== 'string') return text ?? null;
  return parseDocuments({ path: 'argocd-cm', text }, 'api-server').documents[0]?.value ?? null;
}
