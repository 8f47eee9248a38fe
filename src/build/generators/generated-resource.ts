import { mappingOf, type Origin, type StepKind, type Tracked } from '../../object/provenance.ts';
import type { Mapping, Value } from '../../source/value.ts';
import type { Problem } from '../problem.ts';
import { mappingAt, originOfStructure, remade, textAt } from './generator-entry.ts';
import { mergeOptions } from './generator-options.ts';

/** What a generator's entry makes. */
export interface GeneratedResource {
  readonly object: Mapping;
  readonly origin: Origin;
  /** True where the name gets a hash of the content as suffix. */
  readonly needsHash: boolean;
  readonly behavior: GeneratorBehavior;
}

export type GeneratorBehavior = 'create' | 'replace' | 'merge' | 'unspecified';

/** The object around what is specific to the kind (generators/utils.go, resource/factory.go makeOne). */
export function makeResource(
  kind: 'ConfigMap' | 'Secret',
  by: StepKind,
  entry: Tracked<Mapping>,
  generatorOptions: Tracked<Mapping> | undefined,
  specific: readonly [string, Tracked][],
): GeneratedResource | Problem {
  // As the file of a `generators:` entry, the name and namespace may stand below `metadata`.
  const name = textAt(entry, ['name']) ?? textAt(entry, ['metadata', 'name']);
  if (name === undefined) {
    return { problem: `a ${by} entry has no name`, help: 'Add `name:`.', at: entry.origin };
  }
  const namespace = textAt(entry, ['namespace']) ?? textAt(entry, ['metadata', 'namespace']);
  const options = mergeOptions(mappingAt(entry, 'options'), generatorOptions, by);
  const origin = originOfStructure(entry, by);
  const metadata: [string, Tracked][] = [['name', remade(name, by)]];
  if (namespace !== undefined) metadata.push(['namespace', remade(namespace, by)]);
  if (options.labels !== undefined) metadata.push(['labels', options.labels]);
  if (options.annotations !== undefined) metadata.push(['annotations', options.annotations]);
  const parts: [string, Tracked][] = [
    ['apiVersion', { value: 'v1', origin }],
    ['kind', { value: kind, origin }],
    ['metadata', mappingOf(metadata, origin)],
    ...specific,
  ];
  if (options.immutable !== undefined) parts.push(['immutable', options.immutable]);
  const object = mappingOf(parts, origin);
  return {
    object: object.value,
    origin: object.origin,
    needsHash: !options.disableNameSuffixHash,
    behavior: behaviorOf(entry.value['behavior']),
  };
}

/** Anything but the three words is read as no word. */
function behaviorOf(value: Value | undefined): GeneratorBehavior {
  return value === 'create' || value === 'replace' || value === 'merge' ? value : 'unspecified';
}
