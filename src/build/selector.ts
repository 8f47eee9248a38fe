import type { GroupVersionKind } from '../object/resource.ts';
import { isMapping, isSequence, type Mapping, type Value } from '../source/value.ts';
import { compileWholeGoRegExp, type GoRegExp } from './go-regexp.ts';
import { compileLabelSelector, type LabelMatcher } from './label-selector.ts';
import { isProblem, type Problem } from './problem.ts';

/** What a selector looks at: any of the names and any of the namespaces may match. */
export interface SelectorCandidate {
  readonly gvk: GroupVersionKind;
  readonly names: readonly string[];
  readonly namespaces: readonly string[];
  readonly labels: Value | undefined;
  readonly annotations: Value | undefined;
}

/** The `target` of a patch, or `select` and `reject` of a replacement. */
export interface ResourceSelector {
  matches(candidate: SelectorCandidate): boolean;
  /** Group, version, kind, name and namespace alone. */
  matchesId(gvk: GroupVersionKind, name: string, namespace: string): boolean;
  /** The label and the annotation selector alone. */
  matchesMetadata(labels: Value | undefined, annotations: Value | undefined): boolean;
  /** Whether it asks for a group, version, kind, name or namespace at all. */
  readonly selectsId: boolean;
  readonly selectsMetadata: boolean;
}

const idFields = ['group', 'version', 'kind', 'name', 'namespace'] as const;

/** Compiles a selector: anchored regular expressions of Go, and label selectors for labels and annotations. */
export function compileSelector(selector: Mapping): ResourceSelector | Problem {
  const expressions = new Map<string, GoRegExp>();
  for (const field of idFields) {
    const source = textField(selector, field);
    if (isProblem(source)) return source;
    const expression = compileWholeGoRegExp(source);
    if (isProblem(expression)) return expression;
    if (source !== '') expressions.set(field, expression);
  }
  const labels = labelMatcher(selector, 'labelSelector');
  if (isProblem(labels)) return labels;
  const annotations = labelMatcher(selector, 'annotationSelector');
  if (isProblem(annotations)) return annotations;
  return selectorOf(expressions, labels, annotations);
}

function selectorOf(
  expressions: ReadonlyMap<string, GoRegExp>,
  labels: LabelMatcher | undefined,
  annotations: LabelMatcher | undefined,
): ResourceSelector {
  const matches = (field: (typeof idFields)[number], text: string) =>
    expressions.get(field)?.test(text) ?? true;
  const matchesKind = (gvk: GroupVersionKind) =>
    matches('group', gvk.group) && matches('version', gvk.version) && matches('kind', gvk.kind);
  const matchesMetadata: ResourceSelector['matchesMetadata'] = (ofLabels, ofAnnotations) =>
    (labels?.(ofLabels) ?? true) && (annotations?.(ofAnnotations) ?? true);
  return {
    matches: ({ gvk, names, namespaces, labels: ofLabels, annotations: ofAnnotations }) =>
      matchesKind(gvk) &&
      names.some((name) => matches('name', name)) &&
      namespaces.some((namespace) => matches('namespace', namespace)) &&
      matchesMetadata(ofLabels, ofAnnotations),
    matchesId: (gvk, name, namespace) =>
      matchesKind(gvk) && matches('name', name) && matches('namespace', namespace),
    matchesMetadata,
    selectsId: expressions.size > 0,
    selectsMetadata: labels !== undefined || annotations !== undefined,
  };
}

function labelMatcher(selector: Mapping, field: string): LabelMatcher | undefined | Problem {
  const source = textField(selector, field);
  if (isProblem(source)) return source;
  return source === '' ? undefined : compileLabelSelector(source);
}

/** A text of a selector, empty where it is missing or null. */
function textField(selector: Mapping, field: string): string | Problem {
  const value = Object.hasOwn(selector, field) ? selector[field] : undefined;
  if (value === undefined || value === null) return '';
  if (typeof value === 'string') return value;
  const found = isMapping(value) ? 'a mapping' : isSequence(value) ? 'a list' : String(value);
  return { problem: `${field} of a selector must be a string, not ${found}`, help: 'put it in quotes' };
}
