import { mappingOf, type Tracked } from '../../object/provenance.ts';
import { encodeBase64 } from '../../source/base64.ts';
import type { Mapping } from '../../source/value.ts';
import { isProblem, type Problem } from '../problem.ts';
import { loadPairs } from './data-source.ts';
import { type GeneratedResource, makeResource } from './generated-resource.ts';
import { originOfStructure, remade, textAt } from './generator-entry.ts';
import type { LoadFile } from './generator-file.ts';

/** The Secret of an entry of `secretGenerator`: `data` in base64, there even when empty, `type` Opaque unless given. */
export function generateSecret(
  entry: Tracked<Mapping>,
  generatorOptions: Tracked<Mapping> | undefined,
  load: LoadFile,
): GeneratedResource | Problem {
  const by = 'secretGenerator';
  const pairs = loadPairs(entry, by, load);
  if (isProblem(pairs)) return pairs;
  const origin = originOfStructure(entry, by);
  const type = textAt(entry, ['type']);
  const parts = [...pairs.values()].map(({ key, content, origin }): [string, Tracked] => [
    key,
    { value: encodeBase64(content), origin },
  ]);
  return makeResource('Secret', by, entry, generatorOptions, [
    ['type', type === undefined ? { value: 'Opaque', origin } : remade(type, by)],
    ['data', mappingOf(parts, origin)],
  ]);
}
