import type { KustomizationEdit } from '../../build/build.ts';
import { getPart, itemsOf, mappingOf, namedOrigin, setKey, type Tracked } from '../../build/provenance.ts';
import { isMapping, type Mapping } from '../../source/value.ts';
import {
  appendItems,
  type EditPlace,
  listAt,
  listOf,
  mergeImages,
  namedParts,
  presentComponents,
  replaceField,
} from '../kustomization-edit.ts';

/**
 * What Argo CD's repo-server writes into the kustomization.yaml of a source by `kustomize edit` before it builds
 * (util/kustomize/kustomize.go of 3.x), from the `kustomize` field of the source.
 */
export function argoEdit(options: Tracked, place: EditPlace): KustomizationEdit {
  return (own) => {
    if (own === undefined)
      return {
        rule: 'kustomization-missing',
        problem: `${place.directory || '.'} has no kustomization.yaml, but the source has options for one`,
        help: 'add a kustomization.yaml, or take the kustomize options out',
        at: options.origin,
      };
    let edited = replaceField(namedParts(own), 'namePrefix', getPart(options, 'namePrefix'));
    edited = replaceField(edited, 'nameSuffix', getPart(options, 'nameSuffix'));
    edited = mergeImages(edited, listAt(options, 'images').flatMap(imageEntry));
    edited = mergeReplicas(edited, listAt(options, 'replicas').flatMap(replicaEntry));
    edited = addLabels(edited, options);
    edited = mergeMap(edited, 'commonAnnotations', getPart(options, 'commonAnnotations'));
    edited = replaceField(edited, 'namespace', getPart(options, 'namespace'));
    edited = appendItems(edited, 'patches', listAt(options, 'patches'));
    return appendItems(edited, 'components', presentComponents(options, place));
  };
}

/** `name=newName:tag`, `name:tag`, `name@digest` and what lies between. */
function imageEntry({ value, origin }: Tracked): Tracked[] {
  if (typeof value !== 'string') return [];
  const equals = value.indexOf('=');
  const target = value.slice(equals + 1);
  const at = target.indexOf('@');
  const colon = target.lastIndexOf(':');
  const hasTag = at < 0 && colon > target.lastIndexOf('/');
  const path = at >= 0 ? target.slice(0, at) : hasTag ? target.slice(0, colon) : target;
  const fields: Record<string, string> = {
    name: equals < 0 ? path : value.slice(0, equals),
    ...(equals < 0 ? {} : { newName: path }),
    ...(hasTag ? { newTag: target.slice(colon + 1) } : {}),
    ...(at < 0 ? {} : { digest: target.slice(at + 1) }),
  };
  const parts = Object.entries(fields).map(([key, text]): [string, Tracked] => [
    key,
    { value: text, origin },
  ]);
  return [mappingOf(parts, origin)];
}

function replicaEntry(item: Tracked): Tracked[] {
  if (!isMapping(item.value)) return [];
  const count = getPart(item, 'count');
  const amount = Number(count?.value);
  if (count === undefined || !Number.isInteger(amount)) return [];
  return [setKey(item as Tracked<Mapping>, 'count', { value: amount, origin: count.origin })];
}

function mergeReplicas(edited: Tracked<Mapping>, replicas: readonly Tracked[]): Tracked<Mapping> {
  if (replicas.length === 0) return edited;
  const own = getPart(edited, 'replicas');
  const nameOf = (item: Tracked): unknown => getPart(item, 'name')?.value;
  const names = new Set(replicas.map(nameOf));
  const kept = own === undefined ? [] : itemsOf(own).filter((item) => !names.has(nameOf(item)));
  return setKey(edited, 'replicas', listOf(own ?? edited, [...kept, ...replicas]));
}

/** Without `labelWithoutSelector` the labels go into selectors as well, as `kustomize edit add label` has it. */
function addLabels(edited: Tracked<Mapping>, options: Tracked): Tracked<Mapping> {
  const labels = getPart(options, 'commonLabels');
  if (labels === undefined) return edited;
  if (getPart(options, 'labelWithoutSelector')?.value !== true)
    return mergeMap(edited, 'commonLabels', labels);
  const templates = getPart(options, 'labelIncludeTemplates');
  const entry = mappingOf(
    [
      ['pairs', { ...labels, origin: namedOrigin('labels', labels.origin) }],
      ...(templates === undefined ? [] : [['includeTemplates', templates] as [string, Tracked]]),
    ],
    labels.origin,
  );
  return appendItems(edited, 'labels', [entry]);
}

function mergeMap(edited: Tracked<Mapping>, field: string, added: Tracked | undefined): Tracked<Mapping> {
  if (added === undefined || !isMapping(added.value)) return edited;
  const own = getPart(edited, field);
  let map =
    own !== undefined && isMapping(own.value) ? (own as Tracked<Mapping>) : mappingOf([], added.origin);
  for (const key of Object.keys(added.value)) {
    const part = getPart(added, key);
    if (part !== undefined) map = setKey(map, key, { ...part, origin: namedOrigin(field, part.origin) });
  }
  return setKey(edited, field, map);
}
