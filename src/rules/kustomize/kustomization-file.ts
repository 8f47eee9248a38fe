import type { Build } from '../../object/build.ts';
import { isKustomizationPath, kustomizationIn } from '../../object/kustomization-path.ts';
import { getPart, itemsOf, originOfDocument, type Tracked } from '../../object/provenance.ts';
import { directoryOf } from '../../source/path.ts';
import { isMapping, type Mapping } from '../../source/value.ts';
import type { Surroundings } from '../../workload/surroundings.ts';

/** A kustomization.yaml that builds read. */
export interface KustomizationFile {
  readonly path: string;
  readonly directory: string;
  readonly isComponent: boolean;
  readonly document: Tracked<Mapping>;
}

/** The kustomizations that a build read, in the order of their paths. */
export function kustomizationFiles({ inputs }: Build, context: Surroundings): KustomizationFile[] {
  return inputs.filter(isKustomizationPath).flatMap((path) => kustomizationAt(path, context) ?? []);
}

/** The kustomization that the file at `path` belongs to: the nearest beside or above it that `exists`. */
export function ownerOf(path: string, exists: (file: string) => boolean): string | undefined {
  let directory = directoryOf(path);
  for (;;) {
    const file = kustomizationIn(directory, exists);
    if (file !== undefined || directory === '') return file;
    directory = directoryOf(directory);
  }
}

/** Reads one kustomization.yaml as kustomize does; undefined where there is none that can be read. */
export function kustomizationAt(path: string, { sources }: Surroundings): KustomizationFile | undefined {
  const document = sources.load(path, 'kustomization').documents[0];
  if (document === undefined || !isMapping(document.value)) return undefined;
  return {
    path,
    directory: directoryOf(path),
    isComponent: document.value['kind'] === 'Component',
    document: {
      value: document.value,
      origin: originOfDocument('kustomization', document.positions),
    },
  };
}

/** The texts of a list field, each with its place. */
export function listedTexts({ document }: KustomizationFile, field: string): Tracked<string>[] {
  const list = getPart(document, field);
  if (list === undefined) return [];
  return itemsOf(list).filter((item): item is Tracked<string> => typeof item.value === 'string');
}
