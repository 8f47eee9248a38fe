import type { KustomizationEdit } from '../../build/build.ts';
import type { Problem } from '../../build/problem.ts';
import { splitImage } from '../../build/transformers/images.ts';
import { getPart, itemsOf, mappingOf, namedOrigin, setKey, type Tracked } from '../../object/provenance.ts';
import { isMapping, type Mapping } from '../../source/value.ts';
import { valueNumber, valueText } from '../../source/value-text.ts';
import {
  appendItems,
  type EditPlace,
  listAt,
  listOf,
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
        help: 'add a kustomization.yaml, or remove the kustomize options',
        at: options.origin,
      };
    const refused = refusedOption(own, options);
    if (refused !== undefined) return refused;
    let edited = replaceField(namedParts(own), 'namePrefix', getPart(options, 'namePrefix'));
    edited = replaceField(edited, 'nameSuffix', getPart(options, 'nameSuffix'));
    const images = listAt(options, 'images').map((one) => filled(one, place.environment));
    edited = setImages(edited, images.flatMap(imageEntry));
    edited = mergeReplicas(edited, listAt(options, 'replicas').flatMap(replicaEntry));
    edited = addLabels(edited, options, place.environment);
    edited = mergeMap(edited, 'commonAnnotations', annotationsOf(options, place.environment));
    edited = replaceField(edited, 'namespace', getPart(options, 'namespace'));
    edited = appendItems(edited, 'patches', listAt(options, 'patches'));
    return appendItems(edited, 'components', presentComponents(options, place));
  };
}

/** `name=newName:tag`, `name:tag`, `name@digest` and what lies between (kustomize edit set image of 5.8). */
function imageEntry({ value, origin }: Tracked): Tracked<Mapping>[] {
  if (typeof value !== 'string') return [];
  const equals = value.indexOf('=');
  const { name, tag, digest } = splitImage(value.slice(equals + 1));
  const fields: readonly (readonly [string, string])[] = [
    ['name', equals < 0 ? name : value.slice(0, equals)],
    ['newName', equals < 0 ? '' : name],
    ['newTag', tag],
    ['digest', digest],
  ];
  const parts = fields
    .filter(([, text]) => text !== '')
    .map(([key, text]): [string, Tracked] => [key, { value: text, origin }]);
  return [mappingOf(parts, origin)];
}

/** An image takes the place of the entry that the kustomization has for it, of which a star keeps a part. */
function setImages(edited: Tracked<Mapping>, images: readonly Tracked<Mapping>[]): Tracked<Mapping> {
  if (images.length === 0) return edited;
  const own = getPart(edited, 'images');
  const entries = own === undefined ? [] : itemsOf(own);
  const nameOf = (item: Tracked): unknown => getPart(item, 'name')?.value;
  const set = images.map((image) => {
    const before = entries.find((entry) => nameOf(entry) === nameOf(image));
    const parts = Object.keys(image.value).flatMap((key): [string, Tracked][] => {
      const part = getPart(image, key);
      const kept = part?.value === '*' ? before && getPart(before, key) : part;
      return kept === undefined ? [] : [[key, kept]];
    });
    return mappingOf(parts, image.origin);
  });
  const names = new Set(images.map(nameOf));
  const others = entries.filter((entry) => !names.has(nameOf(entry)));
  return setKey(edited, 'images', listOf(own ?? edited, [...others, ...set]));
}

function replicaEntry(item: Tracked): Tracked[] {
  if (!isMapping(item.value)) return [];
  const count = getPart(item, 'count');
  const amount = valueNumber(count?.value);
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

/** What `kustomize edit` refuses, so that the build fails. */
function refusedOption(own: Tracked<Mapping>, options: Tracked): Problem | undefined {
  const isOn = (field: string): boolean => getPart(options, field)?.value === true;
  const templates = getPart(options, 'labelIncludeTemplates');
  if (templates?.value === true && getPart(options, 'commonLabels') && !isOn('labelWithoutSelector'))
    return {
      rule: 'application-option-refused',
      problem: 'labelIncludeTemplates needs labelWithoutSelector, without which the build fails',
      help: 'set labelWithoutSelector: true as well, or remove labelIncludeTemplates',
      at: templates.origin,
    };
  const image = listAt(options, 'images').find(
    ({ value }) => typeof value === 'string' && splitImage(value).name === value && !value.includes('='),
  );
  if (image !== undefined)
    return {
      rule: 'application-option-refused',
      problem: `the image ${valueText(image.value)} has neither a new name nor a version, so the build fails`,
      help: 'write name:tag, name@digest or name=other:tag',
      at: image.origin,
    };
  return takenKey(own, options, isOn);
}

/** A label or annotation that the kustomization has already, which `kustomize edit add` refuses to change without `--force`. */
function takenKey(
  own: Tracked<Mapping>,
  options: Tracked,
  isOn: (field: string) => boolean,
): Problem | undefined {
  const labels = isOn('labelWithoutSelector')
    ? pairsOf(own, isOn('labelIncludeTemplates'))
    : [getPart(own, 'commonLabels')];
  return (
    takenIn(options, 'commonLabels', isOn('forceCommonLabels') ? [] : labels) ??
    takenIn(
      options,
      'commonAnnotations',
      isOn('forceCommonAnnotations') ? [] : [getPart(own, 'commonAnnotations')],
    )
  );
}

/** The pairs of the first of `labels` that are for the same fields, to which new ones are added. */
function pairsOf(own: Tracked<Mapping>, includesTemplates: boolean): (Tracked | undefined)[] {
  const isOn = (entry: Tracked, field: string): boolean => getPart(entry, field)?.value === true;
  const alike = listAt(own, 'labels').find(
    (entry) => !isOn(entry, 'includeSelectors') && isOn(entry, 'includeTemplates') === includesTemplates,
  );
  return alike === undefined ? [] : [getPart(alike, 'pairs')];
}

function takenIn(
  options: Tracked,
  field: 'commonLabels' | 'commonAnnotations',
  existing: readonly (Tracked | undefined)[],
): Problem | undefined {
  const mine = getPart(options, field);
  for (const theirs of existing) {
    if (mine === undefined || !isMapping(mine.value) || theirs === undefined || !isMapping(theirs.value))
      continue;
    const key = Object.keys(mine.value).find((one) => getPart(theirs, one) !== undefined);
    if (key === undefined) continue;
    return {
      rule: 'application-label-taken',
      problem: `${key} is in the ${field === 'commonLabels' ? 'labels' : 'annotations'} of the kustomization already, and Argo CD does not override it: the build fails`,
      help: `remove it here, or set ${field === 'commonLabels' ? 'forceCommonLabels' : 'forceCommonAnnotations'}: true`,
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
