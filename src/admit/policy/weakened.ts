import type { Diagnostic } from '../../diagnostic/diagnostic.ts';
import { reaches } from '../../diagnostic/severity.ts';
import { findingAt } from '../../object/finding.ts';
import type { Resource } from '../../object/resource.ts';
import { equalValues, isMapping, type Mapping } from '../../source/value.ts';
import { mappings } from './match.ts';
import type { CompiledPolicy, PolicyBinding, PolicyExpression } from './policy.ts';

/** What the repository's policies with names of the catalogue leave out of what the catalogue asks; each cause is told of once. */
export function weakenedFindings(
  own: readonly CompiledPolicy[],
  catalogue: readonly CompiledPolicy[],
): Diagnostic[] {
  const byName = new Map(own.map((policy) => [policy.name, policy]));
  const pairs = catalogue.flatMap((theirs) => {
    const ours = byName.get(theirs.name);
    return ours === undefined ? [] : [{ ours, theirs }];
  });
  const weaker = pairs.flatMap(({ ours, theirs }) => {
    const why = whatIsLess(ours, theirs);
    return why === undefined ? [] : [{ policy: ours, why }];
  });
  const told = new Set(weaker.map(({ policy }) => policy));
  const lenient = pairs
    .filter(({ ours, theirs }) => !told.has(ours) && !isAsGrave(ours, theirs))
    .map(({ ours }) => ({ policy: ours, why: 'its bindings do not deny' }));
  return [
    ...finding(weaker, 'error', {
      one: 'replaces one of the catalogue and is weaker',
      many: 'replace those of the catalogue and are weaker',
    }),
    ...finding(lenient, 'warning', {
      one: 'of the catalogue no longer denies anything',
      many: 'of the catalogue no longer deny anything',
    }),
  ];
}

/** Whether a policy asks less, or less gravely, than the one of the catalogue whose name it has. */
export function asksLess(own: CompiledPolicy, catalogue: readonly CompiledPolicy[]): boolean {
  const theirs = catalogue.find(({ name }) => name === own.name);
  return theirs !== undefined && (whatIsLess(own, theirs) !== undefined || !isAsGrave(own, theirs));
}

interface Weaker {
  readonly policy: CompiledPolicy;
  readonly why: string;
}

const mostNamed = 5;

interface Verb {
  readonly one: string;
  readonly many: string;
}

function finding(all: readonly Weaker[], severity: 'error' | 'warning', verb: Verb): Diagnostic[] {
  const [first] = all;
  if (first?.policy.resource === undefined) return [];
  const names = all.slice(0, mostNamed).map(({ policy, why }) => `${policy.name} (${why})`);
  const more = all.length > mostNamed ? ` and ${all.length - mostNamed} more` : '';
  return [
    findingAt(first.policy.resource, {
      rule: 'catalogue-policy-weakened',
      severity,
      message: `${all.length} ${all.length === 1 ? `policy ${verb.one}` : `policies ${verb.many}`}: ${names.join(', ')}${more}`,
      help: 'give a policy of your own another name, or accept this with a reason in cdb-lint.yaml',
      path: ['metadata', 'name'],
      related: all.slice(1, mostNamed).flatMap(({ policy, why }) => placeOf(policy.resource, why)),
    }),
  ];
}

function placeOf(
  resource: Resource | undefined,
  message: string,
): { readonly resource: Resource; readonly path: string[]; readonly message: string }[] {
  return resource === undefined ? [] : [{ resource, path: ['metadata', 'name'], message }];
}

/** The first thing that a policy asks less than the one whose name it has. */
function whatIsLess(ours: CompiledPolicy, theirs: CompiledPolicy): string | undefined {
  if (ours.bindings.length === 0) return 'has no binding';
  const validations = textsOf(ours.validations.map(({ expression }) => expression));
  const missing = theirs.validations.filter(({ expression }) => !validations.has(textOf(expression)));
  if (missing.length > 0) return `lacks ${missing.length} of ${theirs.validations.length} validations`;
  for (const [name, variable] of theirs.variables) {
    const own = ours.variables.get(name);
    if (own === undefined || textOf(own) !== textOf(variable)) return `the variable ${name} differs`;
  }
  const conditions = textsOf(theirs.matchConditions);
  if (ours.matchConditions.some((one) => !conditions.has(textOf(one)))) return 'has more match conditions';
  if (ours.failurePolicy === 'Ignore' && theirs.failurePolicy === 'Fail') return 'ignores failures';
  if (ours.usesParams && !theirs.usesParams) return 'applies only with parameters';
  if (!matchesAsMuch(ours.matchConstraints, theirs.matchConstraints)) return 'matches fewer objects';
  return theirs.bindings.every((one) => ours.bindings.some((other) => bindsAsMuch(other, one)))
    ? undefined
    : 'is bound for fewer objects';
}

function textOf({ text }: PolicyExpression): string {
  return text.replaceAll(/\s+/gu, ' ').trim();
}

function textsOf(expressions: readonly PolicyExpression[]): ReadonlySet<string> {
  return new Set(expressions.map(textOf));
}

const narrowing = ['excludeResourceRules', 'namespaceSelector', 'objectSelector', 'matchPolicy'] as const;

/** Whether all that a match takes another one takes as well, as far as it is written alike. */
function matchesAsMuch(ours: Mapping | undefined, theirs: Mapping | undefined): boolean {
  const rules = mappings(ours?.['resourceRules']);
  const isTaken = (rule: Mapping): boolean => rules.some((one) => equalValues(one, rule));
  const isSame = narrowing.every((key) => {
    const own = ours?.[key];
    return own === undefined || isEmpty(own) || equalValues(own, theirs?.[key] ?? null);
  });
  const wanted = mappings(theirs?.['resourceRules']);
  return isSame && (wanted.length === 0 ? rules.length === 0 : wanted.every(isTaken));
}

function isEmpty(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}

function bindsAsMuch(ours: PolicyBinding, theirs: PolicyBinding): boolean {
  if (ours.matchResources !== undefined && !matchesAsMuch(ours.matchResources, theirs.matchResources))
    return false;
  return (
    theirs.paramRef !== undefined || !isMapping(ours.paramRef) || ours.parameterNotFoundAction === 'Deny'
  );
}

function isAsGrave(ours: CompiledPolicy, theirs: CompiledPolicy): boolean {
  return theirs.bindings.every((one) =>
    ours.bindings.some((other) => reaches(other.severity, one.severity) && bindsAsMuch(other, one)),
  );
}
