import { knownBeside, knownOnce } from '../../object/known-once.ts';
import { isMapping, type Mapping } from '../../source/value.ts';
import { closerLook } from './closer-look.ts';
import type { CompiledPolicy, PolicyBinding, PolicyExpression } from './policy.ts';
import type { Seen, Target } from './target.ts';

/**
 * What a binding finds in objects that differ in their names alone, as those of a base under a thousand prefixes do: their values are the
 * same ones, and a policy that looks at no name finds the same in them.
 */
export function foundAlike<Violation>(
  { policy, binding }: { readonly policy: CompiledPolicy; readonly binding: PolicyBinding },
  { target, seen }: { readonly target: Target; readonly seen: Seen },
  find: () => Violation[],
): Violation[] {
  const { request, kinds } = target;
  const spec = request.object?.['spec'];
  const isAlone = request.oldObject === undefined && request.object !== undefined;
  if (!isAlone || !isMapping(spec) || target.kind === 'Pod') return find();
  if (binding.paramRef !== undefined || !looksAtNoName(policy)) return find();
  const { facts, customKinds } = kinds;
  const around = [policy, seen.version, seen.view, facts, customKinds, request.isApplied];
  return foundBy(binding)(spec, [...around, ...valuesOf(request.object)], find) as Violation[];
}

const foundBy = knownOnce((_binding: PolicyBinding) => knownBeside<Mapping, unknown>());

/** All values of an object by their fields, but for its name and its namespace. */
function valuesOf(object: Mapping): unknown[] {
  return Object.keys(object).flatMap((field) => {
    const value = object[field];
    if (field !== 'metadata' || !isMapping(value)) return [field, value];
    const rest = Object.keys(value).filter((key) => key !== 'name' && key !== 'namespace');
    return [field, ...rest.flatMap((key) => [key, value[key]])];
  });
}

const aboutNames =
  /\b(?:request|namespaceObject|authorizer)\b|\bobject\b(?!\s*\.\s*\??\s*(?:spec|kind|apiVersion|metadata\s*\.\s*\??\s*(?:labels|annotations))\b)/;

/** Whether nothing but the spec, the kind, the labels and the annotations of an object is asked for. */
const looksAtNoName = knownOnce(
  (policy: CompiledPolicy) =>
    closerLook(policy) === undefined &&
    expressionsOf(policy).every(({ text }) => !aboutNames.test(withoutTexts(text.replace(ofPods, '')))),
);

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
