import type { KustomizationEdit } from '../../build/build.ts';
import { isProblem, type Problem } from '../../build/problem.ts';
import {
  getAt,
  getPart,
  itemsOf,
  mappingOf,
  namedOrigin,
  type Origin,
  setKey,
  type Tracked,
} from '../../object/provenance.ts';
import { type Resource, trackedObject } from '../../object/resource.ts';
import type { FileSystem } from '../../source/file-system.ts';
import { isMapping, isSequence, type Mapping } from '../../source/value.ts';
import {
  appendItems,
  listAt,
  listOf,
  namedParts,
  presentComponents,
  replaceField,
} from '../kustomization-edit.ts';
import { manifestsBelow } from './generated-kustomization.ts';
import type { IsIgnored } from './source-ignore.ts';

/** What a Flux Kustomization is built from. */
export interface FluxPlace {
  readonly fileSystem: FileSystem;
  readonly directory: string;
  readonly isIgnored: IsIgnored;
}

/**
 * What kustomize-controller 1.9 writes into the kustomization.yaml at `spec.path` before it builds
 * (fluxcd/pkg/kustomize/kustomize_generator.go): one of all manifests where there is none, then the fields of the spec.
 */
export function fluxEdit(declaration: Resource, place: FluxPlace): KustomizationEdit {
  return (own) => {
    const spec = getAt(trackedObject(declaration), ['spec']) ?? trackedObject(declaration);
    const start = own === undefined ? generated(spec.origin, place) : ownParts(own);
    if (isProblem(start)) return start;
    let edited = replaceField(start, 'namespace', getPart(spec, 'targetNamespace'));
    edited = replaceField(edited, 'namePrefix', getPart(spec, 'namePrefix'));
    edited = replaceField(edited, 'nameSuffix', getPart(spec, 'nameSuffix'));
    edited = appendItems(edited, 'patches', patchesOf(spec, 'patches'));
    edited = appendItems(edited, 'components', presentComponents(spec, place));
    edited = mergeImages(edited, listAt(spec, 'images'));
    const metadata = listAt(spec, 'buildMetadata');
    return metadata.length === 0 ? edited : setKey(edited, 'buildMetadata', listOf(spec, metadata));
  };
}

function generated(
  origin: Origin,
  { fileSystem, directory, isIgnored }: FluxPlace,
): Tracked<Mapping> | Problem {
  const paths = manifestsBelow(fileSystem, directory, isIgnored);
  if (paths === undefined)
    return {
      problem: `${directory || '.'} is nested too deeply, or has too many files, to search`,
      help: 'add a kustomization.yaml that lists what is deployed',
      at: origin,
    };
  const text = (value: string): Tracked => ({ value, origin });
  // Without any manifest the controller writes a field that does nothing, so that kustomize takes the file.
  const content: readonly [string, Tracked] =
    paths.length === 0 ? ['namespace', text('_placeholder')] : ['resources', { value: paths, origin }];
  return mappingOf(
    [['apiVersion', text('kustomize.config.k8s.io/v1beta1')], ['kind', text('Kustomization')], content],
    origin,
  );
}

// The controller writes this where there are no resources, so that kustomize takes a file with nothing but components.
function ownParts(own: Tracked<Mapping>): Tracked<Mapping> {
  const { resources } = own.value;
  const parts = namedParts(own);
  if (isSequence(resources) && resources.length > 0) return parts;
  return setKey(parts, 'buildMetadata', { value: ['originAnnotations'], origin: own.origin });
}

// Only these two fields of a patch are taken over.
function patchesOf(spec: Tracked, field: string): Tracked[] {
  return listAt(spec, field).map((item) => {
    const parts = ['patch', 'target'].flatMap((key): [string, Tracked][] => {
      const part = getPart(item, key);
      return part === undefined ? [] : [[key, { ...part, origin: namedOrigin(field, part.origin) }]];
    });
    return mappingOf(parts, item.origin);
  });
}

/** An image that the kustomization names already keeps what the spec does not say; tag and digest go together. */
function mergeImages(edited: Tracked<Mapping>, images: readonly Tracked[]): Tracked<Mapping> {
  if (images.length === 0) return edited;
  const own = getPart(edited, 'images');
  const merged = own === undefined ? [] : itemsOf(own);
  for (const image of images) {
    const index = merged.findIndex((one) => nameOfImage(one) === nameOfImage(image));
    const before = merged[index];
    if (before === undefined || !isMapping(before.value)) merged.push(image);
    else merged[index] = mergeImage(before as Tracked<Mapping>, image);
  }
  return setKey(edited, 'images', listOf(own ?? edited, merged));
}

function mergeImage(before: Tracked<Mapping>, image: Tracked): Tracked<Mapping> {
  const says = (field: string): boolean => Boolean(getPart(image, field)?.value);
  const setsVersion = says('newTag') || says('digest');
  const kept = ['name', 'newName', 'newTag', 'digest', 'tagSuffix'].flatMap((field): [string, Tracked][] => {
    const isVersion = field === 'newTag' || field === 'digest';
    const from = (isVersion && setsVersion) || says(field) ? image : before;
    const part = getPart(from, field);
    return part === undefined ? [] : [[field, part]];
  });
  return mappingOf(kept, image.origin);
}

function nameOfImage(image: Tracked): string {
  const name = getPart(image, 'name')?.value;
  return typeof name === 'string' ? name : '';
}
