import type { KustomizationEdit } from '../../build/build.ts';
import type { Problem } from '../../build/problem.ts';
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
import { fillEnvironment } from './build-environment.ts';

/**
 * What Argo CD's repo-server writes into the kustomization.yaml of a source by `kustomize edit` before it builds
 * (util/kustomize/kustomize.go of 3.6), from the `kustomize` field of the source.
 */
export function argoEdit(
  options: Tracked,
  place: EditPlace & { readonly environment: ReadonlyMap<string, string> },
): KustomizationEdit {
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
    const taken = takenKey(own, options);
    if (taken !== undefined) return taken;
    const images = listAt(options, 'images').map((one) => filled(one, place.environment));
    edited = mergeImages(edited, images.flatMap(imageEntry));
    edited = mergeReplicas(edited, listAt(options, 'replicas').flatMap(replicaEntry));
    edited = addLabels(edited, options, place.environment);
    edited = mergeMap(edited, 'commonAnnotations', annotationsOf(options, place.environment));
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
function addLabels(
  edited: Tracked<Mapping>,
  options: Tracked,
  environment: ReadonlyMap<string, string>,
): Tracked<Mapping> {
  const written = getPart(options, 'commonLabels');
  if (written === undefined) return edited;
  const labels = filledMap(written, environment);
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

/** A label or annotation that the kustomization has already, which `kustomize edit add` refuses to change without `--force`. */
function takenKey(own: Tracked<Mapping>, options: Tracked): Problem | undefined {
  const isOn = (field: string): boolean => getPart(options, field)?.value === true;
  const fields = [
    ...(isOn('forceCommonLabels') || isOn('labelWithoutSelector') ? [] : ['commonLabels']),
    ...(isOn('forceCommonAnnotations') ? [] : ['commonAnnotations']),
  ];
  for (const field of fields) {
    const [mine, theirs] = [getPart(options, field), getPart(own, field)];
    if (mine === undefined || !isMapping(mine.value) || theirs === undefined || !isMapping(theirs.value))
      continue;
    const key = Object.keys(mine.value).find((one) => getPart(theirs, one) !== undefined);
    if (key === undefined) continue;
    return {
      rule: 'application-label-taken',
      problem: `${key} is in ${field} of the kustomization already, and Argo CD does not change it: the build fails`,
      help: `take it out here, or set ${field === 'commonLabels' ? 'forceCommonLabels' : 'forceCommonAnnotations'}: true`,
      at: (getPart(mine, key) ?? mine).origin,
    };
  }
  return undefined;
}

function annotationsOf(options: Tracked, environment: ReadonlyMap<string, string>): Tracked | undefined {
  const annotations = getPart(options, 'commonAnnotations');
  const fills = getPart(options, 'commonAnnotationsEnvsubst')?.value === true;
  return annotations === undefined || !fills ? annotations : filledMap(annotations, environment);
}

function filledMap(map: Tracked, environment: ReadonlyMap<string, string>): Tracked {
  if (!isMapping(map.value)) return map;
  return Object.keys(map.value).reduce<Tracked<Mapping>>(
    (filledIn, key) => {
      const part = getPart(map, key);
      return part === undefined ? filledIn : setKey(filledIn, key, filled(part, environment));
    },
    map as Tracked<Mapping>,
  );
}

function filled(part: Tracked, environment: ReadonlyMap<string, string>): Tracked {
  const { value, origin } = part;
  return typeof value === 'string' && value.includes('$')
    ? { value: fillEnvironment(value, environment), origin }
    : part;
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
