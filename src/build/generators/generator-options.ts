import { getPart, mappingOf, type StepKind, type Tracked } from '../../object/provenance.ts';
import type { Mapping } from '../../source/value.ts';
import { mappingAt, remade } from './generator-entry.ts';

/** `options` of an entry and `generatorOptions` of its kustomization as one. */
interface GeneratorOptions {
  readonly labels: Tracked<Mapping> | undefined;
  readonly annotations: Tracked<Mapping> | undefined;
  readonly immutable: Tracked<true> | undefined;
  readonly disableNameSuffixHash: boolean;
}

/** The entry's own labels and annotations win; a boolean is true if either is (types/generatoroptions.go). */
export function mergeOptions(
  local: Tracked<Mapping> | undefined,
  global: Tracked<Mapping> | undefined,
  by: StepKind,
): GeneratorOptions {
  const layers: Layer[] = [];
  if (global !== undefined) layers.push({ by: 'generatorOptions', options: global });
  if (local !== undefined) layers.push({ by, options: local });
  return {
    labels: mergeTexts(layers, 'labels'),
    annotations: mergeTexts(layers, 'annotations'),
    immutable: findTrue(layers, 'immutable'),
    disableNameSuffixHash: findTrue(layers, 'disableNameSuffixHash') !== undefined,
  };
}

interface Layer {
  readonly by: StepKind;
  readonly options: Tracked<Mapping>;
}

function mergeTexts(layers: readonly Layer[], field: string): Tracked<Mapping> | undefined {
  const parts = new Map<string, Tracked>();
  let origin: Tracked['origin'] | undefined;
  for (const { by, options } of layers) {
    const texts = mappingAt(options, field);
    if (texts === undefined) continue;
    for (const key of Object.keys(texts.value)) {
      const part = getPart(texts, key);
      if (part === undefined) continue;
      // Go decodes them into texts, and null into the empty one.
      parts.set(key, remade(part.value === null ? { ...part, value: '' } : part, by));
      origin = remade(texts, by).origin;
    }
  }
  return origin === undefined ? undefined : mappingOf(parts, origin);
}

function findTrue(layers: readonly Layer[], field: string): Tracked<true> | undefined {
  for (const { by, options } of layers) {
    const part = getPart(options, field);
    if (part?.value === true) return remade({ value: true, origin: part.origin }, by);
  }
  return undefined;
}
