import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isMap, isScalar, isSeq, parseAllDocuments } from 'yaml';
import { type Mapping, newMapping, type Value } from '../../src/source/value.ts';

const directory = '../shared/conformance/kustomize/cases';

/** False where the recorded answers of kustomize are not at hand. */
export const hasKustomizeCases = existsSync(directory);

/** A file of each case that has it. */
export function* caseFiles(name: string): Generator<{ path: string; text: string }> {
  for (const folder of readdirSync(directory)) {
    const path = join(directory, folder, name);
    if (existsSync(path)) yield { path, text: readFileSync(path, 'utf8') };
  }
}

/** The documents of what kustomize printed, integers exact. */
export function decodeOutput(text: string): Mapping[] {
  return parseAllDocuments(text, { schema: 'yaml-1.1', intAsBigInt: true, merge: false }).map(
    (document) => toValue(document.contents) as Mapping,
  );
}

function toValue(node: unknown): Value {
  if (isMap(node)) {
    const mapping = newMapping();
    for (const pair of node.items)
      mapping[String(isScalar(pair.key) ? pair.key.value : '')] = toValue(pair.value);
    return mapping;
  }
  if (isSeq(node)) return node.items.map(toValue);
  return isScalar(node) ? (node.value as Value) : null;
}
