import { knownOnce } from '../../object/known-once.ts';
import { equalValues, isMapping, type Mapping, type Value } from '../../source/value.ts';
import { hasNameRules, matchesNamespace } from './match.ts';
import type { CompiledPolicy, PolicyExpression } from './policy.ts';
import type { Target } from './target.ts';

/**
 * What all objects have in common that differ in their names alone, as those of a base under a thousand prefixes do: their values are
 * the same ones, and a policy that looks at no name finds the same in them. Undefined for what is judged one by one.
 */
export function valuesBesideNames(
  object: Mapping,
): { readonly spec: Mapping; readonly values: readonly unknown[] } | undefined {
  const { spec } = object;
  // The catalogue asks Pods for whoever made them.
  if (!isMapping(spec) || object['kind'] === 'Pod') return undefined;
  const values = Object.keys(object).flatMap((field): readonly unknown[] =>
    field === 'metadata' ? [field, ...withoutNames(object[field])] : [field, object[field]],
  );
  return { spec, values };
}

function withoutNames(metadata: Value | undefined): readonly unknown[] {
  if (!isMapping(metadata)) return [metadata];
  const rest = Object.keys(metadata).filter((key) => key !== 'name' && key !== 'namespace');
  return rest.flatMap((key) => [key, metadata[key]]);
}

/** What the selectors of policies say of the namespace of an object, as one text; asked once for all objects of a namespace. */
export function namespaceAnswers(policies: readonly CompiledPolicy[], target: Target): string {
  const { namespaceObject } = target;
  const known = answersOf(policies);
  const answers = namespaceObject && known.get(namespaceObject);
  if (answers !== undefined) return answers;
  const asked = namespaceSelectors(policies).map((selector) => matchesNamespace(selector, target));
  if (namespaceObject !== undefined) known.set(namespaceObject, asked.join());
  return asked.join();
}

const answersOf = knownOnce((_policies: readonly CompiledPolicy[]) => new WeakMap<Mapping, string>());

const namespaceSelectors = knownOnce((policies: readonly CompiledPolicy[]): readonly Value[] => {
  const all = policies.flatMap(({ matchConstraints, bindings }) => [
    matchConstraints?.['namespaceSelector'] ?? null,
    ...bindings.map(({ matchResources }) => matchResources?.['namespaceSelector'] ?? null),
  ]);
  return all.filter((one, place) => all.findIndex((other) => equalValues(one, other)) === place);
});

/** Whether a policy says the same of objects that differ in their names alone, and in namespaces that its selectors take alike. */
export const looksAtNoName = knownOnce(
  (policy: CompiledPolicy) =>
    selectsByNoName(policy.matchConstraints) &&
    policy.bindings.every(
      ({ matchResources, paramRef }) => paramRef === undefined && selectsByNoName(matchResources),
    ) &&
    expressionsOf(policy).every(({ text }) => !aboutNames.test(withoutTexts(text.replace(ofPods, '')))),
);

// Selectors of objects look at their labels.
function selectsByNoName(match: Mapping | undefined): boolean {
  return match === undefined || !hasNameRules(match);
}

// What `valuesBesideNames` holds, all other fields of the object and of its metadata, is none.
const aboutNames =
  /\b(?:request|namespaceObject|authorizer)\b|\bobject\b(?!\s*\.\s*\??\s*(?:metadata\s*\.\s*\??\s*(?!(?:name|namespace)\b)[A-Za-z]\w*|(?!metadata\b)[A-Za-z]\w*)\b)/;

/** Without what stands in quotes, where no other quotes than the plain ones are in it. */
function withoutTexts(expression: string): string {
  return /\\|'''|"""/.test(expression) ? expression : expression.replace(/'[^']*'|"[^"]*"/g, "''");
}

// What the variables of the catalogue begin with; nothing is shared between Pods.
const ofPods = /^\s*object\.kind == 'Pod' \? object(?=\s*:)/;

function expressionsOf({ matchConditions, variables, validations }: CompiledPolicy): PolicyExpression[] {
  const ofValidations = validations.flatMap(({ expression, messageExpression }) =>
    messageExpression === undefined ? [expression] : [expression, messageExpression],
  );
  return [...matchConditions, ...variables.values(), ...ofValidations];
}
