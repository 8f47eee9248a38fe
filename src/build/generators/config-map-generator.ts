import { mappingOf, type Tracked } from '../../object/provenance.ts';
import { encodeBase64 } from '../../source/base64.ts';
import type { Mapping } from '../../source/value.ts';
import { isProblem, type Problem } from '../problem.ts';
import type { DataPair } from './data-pair.ts';
import { loadPairs } from './data-source.ts';
import { type GeneratedResource, makeResource } from './generated-resource.ts';
import { originOfStructure } from './generator-entry.ts';
import type { LoadFile } from './generator-file.ts';

/** The ConfigMap of an entry of `configMapGenerator`; content that is not UTF-8 goes to `binaryData`. */
export function generateConfigMap(
  entry: Tracked<Mapping>,
  generatorOptions: Tracked<Mapping> | undefined,
  load: LoadFile,
): GeneratedResource | Problem {
  const pairs = loadPairs(entry, 'configMapGenerator', load);
  if (isProblem(pairs)) return pairs;
  const origin = originOfStructure(entry, 'configMapGenerator');
  const fields: [string, Tracked][] = [];
  for (const [field, isBinary] of [['data', false] as const, ['binaryData', true] as const]) {
    const parts = [...pairs.values()].filter(({ content }) => (typeof content !== 'string') === isBinary);
    if (parts.length > 0) fields.push([field, mappingOf(parts.map(toPart), origin)]);
  }
  return makeResource('ConfigMap', 'configMapGenerator', entry, generatorOptions, fields);
}

function toPart({ key, content, origin }: DataPair): [string, Tracked] {
  return [key, { value: typeof content === 'string' ? content : encodeBase64(content), origin }];
}
