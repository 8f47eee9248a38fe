import { invalidPolicy } from '../admit/policy/check-policy.ts';
import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import { isError, reaches, type Severity } from '../diagnostic/severity.ts';
import { safeguards } from '../workload/environment/safeguards.ts';
import { objectKey } from './object-key.ts';

/**
 * What an API server refuses is wrong for that reason; that it leads nowhere as well is no second mistake. Nor is that another
 * environment has it right, where a policy already says as gravely that this one has it wrong, or cannot say it of an object in
 * `unread`, which no server decodes.
 */
export function withoutRefused(
  ofRules: readonly Diagnostic[],
  admitted: readonly Diagnostic[],
  unread: ReadonlySet<string>,
): Diagnostic[] {
  const refusals = admitted.filter(isError);
  const fields = new Set(refusals.map(fieldKey));
  const told = new Map<string, Severity>();
  for (const { rule, severity, ...diagnostic } of admitted) {
    const key = ruleKey(rule, diagnostic);
    const known = told.get(key);
    if (known === undefined || reaches(severity, known)) told.set(key, severity);
  }
  return ofRules.filter((diagnostic) => {
    const { object, entryPoint } = diagnostic;
    const field = fieldKey(diagnostic);
    if (field !== undefined && fields.has(field)) return false;
    const asked = safeguards.find(({ name }) => name === diagnostic.difference?.property)?.policies ?? [];
    if (asked.length > 0 && object !== undefined && unread.has(objectKey(object, entryPoint))) return false;
    return !asked.some((policy) => {
      const severity = told.get(ruleKey(policy, diagnostic));
      return severity !== undefined && reaches(severity, diagnostic.severity);
    });
  });
}

/** An expression that does not compile is told of once: with what it means for the objects that the policy would judge. */
export function withoutUncompiled(
  admitted: readonly Diagnostic[],
  ofPolicies: readonly Diagnostic[],
): Diagnostic[] {
  const expressionKey = ({ object, field }: Diagnostic): string | undefined =>
    object?.kind === 'ValidatingAdmissionPolicy' ? `${object.name} ${field}` : undefined;
  const uncompiled = new Set(ofPolicies.filter(({ rule }) => rule === invalidPolicy).map(expressionKey));
  return admitted.filter((diagnostic) => {
    const key = diagnostic.rule === 'invalid-value' ? expressionKey(diagnostic) : undefined;
    return key === undefined || !uncompiled.has(key);
  });
}

function fieldKey({ object, entryPoint, field }: Diagnostic): string | undefined {
  if (object === undefined || field === undefined) return undefined;
  return `${objectKey(object, entryPoint)} ${field}`;
}

function ruleKey(rule: string, { object, entryPoint }: Pick<Diagnostic, 'object' | 'entryPoint'>): string {
  return `${rule} ${object === undefined ? '' : objectKey(object, entryPoint)}`;
}
