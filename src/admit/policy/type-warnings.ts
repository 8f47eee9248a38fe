import type { Diagnostic } from '../../diagnostic/diagnostic.ts';
import type { Resource } from '../../object/resource.ts';
import type { CustomKinds } from '../../schema/custom-kind.ts';
import { type Facts, factsFor } from '../../schema/facts.ts';
import type { Mapping } from '../../source/value.ts';
import { checkPolicy, correction, type PolicyProblem } from './check-policy.ts';
import { expressionFinding } from './expression-finding.ts';
import { type KindType, kindOf, kindsNamed } from './kind-type.ts';
import { mappings, texts } from './match.ts';
import type { CompiledPolicy } from './policy.ts';

export const mistyped = 'expression-mistyped';

// `object.kind == 'CronJob' ? … : …` may well speak of fields that a kind does not have.
const asksForKind = /\.(?:kind|apiVersion|resource|requestKind|requestResource)\b/u;

export interface TypeTarget {
  readonly kubernetesVersion?: string | undefined;
  readonly customKinds: CustomKinds;
}

/**
 * What the API server would warn of in `status.typeChecking`: expressions that do not fit the schema of a kind that the policy matches. The
 * server looks at validations alone; other expressions are told of where they fit none of the kinds, as validations are that ask for
 * the kind first: the server warns of those as well, and nothing is wrong with them.
 */
export function typeWarnings(policy: CompiledPolicy, resource: Resource, target: TypeTarget): Diagnostic[] {
  const facts = factsFor(target.kubernetesVersion ?? '');
  const { kinds, isWhole } = matchedKinds(policy.matchConstraints, facts, target.customKinds);
  if (kinds.length === 0) return [];
  const params = paramType(policy, facts, target.customKinds);
  const found = new Map<string, PolicyProblem & { readonly kinds: string[] }>();
  for (const { kind, type } of kinds) {
    for (const { expression, problem } of checkPolicy(policy, { object: type, ...params })) {
      const key = JSON.stringify([expression.path, problem.problem, problem.offset]);
      const known = found.get(key) ?? { expression, problem, kinds: [] };
      known.kinds.push(kind);
      found.set(key, known);
    }
  }
  return [...found.values()].flatMap((one) => {
    const branches = asksForKind.test(one.expression.text);
    const fitsNone = one.kinds.length === kinds.length;
    const isWarned = one.expression.path[1] === 'validations' && (fitsNone || !branches);
    const isCertain = isWhole && fitsNone && !branches;
    return isWarned || isCertain ? [warningOf(policy, resource, one)] : [];
  });
}

function warningOf(
  policy: CompiledPolicy,
  resource: Resource,
  { expression, problem, kinds }: PolicyProblem & { readonly kinds: readonly string[] },
): Diagnostic {
  const fate = policy.failurePolicy === 'Ignore' ? 'lets the object pass' : 'refuses the object';
  return expressionFinding(resource, expression, problem, {
    rule: mistyped,
    severity: 'warning',
    message: `policy ${policy.name} does not fit ${kinds.join(', ')}: ${problem.problem}`,
    help: `${correction(problem)}: the API server accepts the policy and warns in its status; if the expression fails, failurePolicy: ${policy.failurePolicy} ${fate}.`,
  });
}

const maxKinds = 10;

/** The kinds that rules name without a wildcard, ten at most, as the server checks them; whether these are all that the policy matches. */
function matchedKinds(
  match: Mapping | undefined,
  facts: Facts,
  customKinds: CustomKinds,
): { readonly kinds: readonly KindType[]; readonly isWhole: boolean } {
  const kinds = new Map<string, KindType>();
  let isWhole = true;
  for (const rule of mappings(match?.['resourceRules'])) {
    for (const [group, version, resource] of combinations(rule)) {
      const isExact = ![group, version, resource].some((part) => part.includes('*'));
      // A subresource has a kind of its own, which the server does not look at either.
      const named =
        isExact && !resource.includes('/')
          ? kindsNamed({ group, version, resource }, facts, customKinds)
          : undefined;
      isWhole &&= named !== undefined || resource.includes('/');
      if (named !== undefined && kinds.size < maxKinds) kinds.set(`${group}/${version}/${named.kind}`, named);
    }
  }
  return { kinds: [...kinds.values()], isWhole };
}

function combinations(rule: Mapping): (readonly [string, string, string])[] {
  const [groups, versions, resources] = [rule['apiGroups'], rule['apiVersions'], rule['resources']].map(
    texts,
  );
  return (groups ?? []).flatMap((group) =>
    (versions ?? []).flatMap((version) =>
      (resources ?? []).map((resource) => [group, version, resource] as const),
    ),
  );
}

function paramType(
  policy: CompiledPolicy,
  facts: Facts,
  customKinds: CustomKinds,
): { readonly params?: KindType['type'] } {
  const { paramKind } = policy;
  const found = paramKind === undefined ? undefined : kindOf(paramKind, facts, customKinds);
  return found === undefined ? {} : { params: found.type };
}
