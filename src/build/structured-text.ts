import { isScalar, parseDocument, visit } from 'yaml';
import { getAt, type Tracked, untracked } from '../object/provenance.ts';
import { parseDocuments } from '../source/parse.ts';
import { isMapping, isSequence, type Path, type Value, valueAt } from '../source/value.ts';
import { matchFields, setAt } from './field-path.ts';
import { formatGoJson } from './go-json.ts';
import { isProblem } from './problem.ts';
import { type FieldOptions, type ReplacementValue, replaceField } from './replacement-value.ts';

/**
 * Writes into YAML or JSON that a string holds, e.g. a file in a ConfigMap; undefined where the steps lead to no field
 * there. JSON comes out sorted, YAML keeps its comments (kustomize 5.8, setValueInStructuredData).
 */
export function replaceInText(
  text: string,
  steps: readonly string[],
  source: ReplacementValue,
  options: FieldOptions,
): string | undefined {
  const { documents, diagnostics } = parseDocuments({ path: '', text }, 'kustomize');
  const before = documents[0]?.value;
  if (before === undefined || diagnostics.length > 0) return undefined;
  const kind = isMapping(source.value) ? 'mapping' : isSequence(source.value) ? 'sequence' : 'scalar';
  const creation = options.create ? ({ kind, origin: untracked } as const) : undefined;
  const found = matchFields({ value: before, origin: untracked }, steps, creation);
  if (isProblem(found) || found.fields.length === 0) return undefined;
  let after: Tracked = found.root;
  for (const { path, created } of found.fields) {
    const field = getAt(after, path);
    if (field === undefined) return undefined;
    const value = replaceField(field, created, source, options);
    if (isProblem(value)) return undefined;
    after = setAt(after, path, { value, origin: untracked });
  }
  if (!/^\s*[{[]/.test(text)) {
    const paths = found.fields.map(({ path }) => path);
    return rewriteYaml(text, before, after.value, paths);
  }
  const isPretty = text.includes('\n') && text.includes('  ');
  return formatGoJson(after.value, isPretty ? '  ' : '');
}

function rewriteYaml(text: string, before: Value, after: Value, paths: readonly Path[]): string {
  const document = parseDocument(text, { uniqueKeys: false });
  for (const path of paths) {
    // Where parents were created, too, the first of them brings the rest.
    let depth = path.length;
    while (depth > 1 && valueAt(before, path.slice(0, depth - 1)) === undefined) depth -= 1;
    const place = path.slice(0, depth);
    const value = valueAt(after, place) ?? null;
    const node = document.getIn(place, true);
    if (isScalar(node) && typeof value !== 'object') node.value = value;
    else document.setIn(place, document.createNode(value));
  }
  // go-yaml forgets blank lines between fields.
  visit(document, {
    Node: (_, node) => {
      delete node.spaceBefore;
    },
  });
  return document.toString({ lineWidth: 0, indentSeq: false, flowCollectionPadding: false }).trim();
}
