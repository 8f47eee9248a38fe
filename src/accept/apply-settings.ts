import type { ApprovedDifference, Configuration, Exclusion } from '../configuration/configuration.ts';
import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { Suppression } from '../diagnostic/suppression.ts';
import { applySuppressions, type SuppressionContext } from './apply-suppressions.ts';
import { ofNotJudged } from './not-judged.ts';
import type { Settled } from './settled.ts';

export interface Selection {
  /** Only these rules; all where empty. */
  readonly only: readonly string[];
  readonly skip: readonly string[];
}

/**
 * Applies rule selection, severities and suppressions: those given, and the exclusions of the configuration. What could
 * not be checked stays, save for what is not in the repository and `notJudged` names: no setting turns a failure into "clean".
 */
export function applySettings(
  diagnostics: readonly Diagnostic[],
  configuration: Configuration,
  selection: Selection,
  context: SuppressionContext,
): Settled {
  const chosen = diagnostics.flatMap((diagnostic) => {
    if (diagnostic.unchecked !== undefined) return [diagnostic];
    const severity = configuration.rules.get(diagnostic.rule)?.severity ?? diagnostic.severity;
    return severity === 'off' || !isSelected(diagnostic.rule, selection) ? [] : [{ ...diagnostic, severity }];
  });
  const exclusions = configuration.exclusions.map((exclusion) => ofExclusion(exclusion, configuration));
  const approvals = configuration.approvedDifferences.map((one) => ofApproval(one, configuration));
  return applySuppressions(chosen, {
    ...context,
    suppressions: [
      ...exclusions,
      ...approvals,
      ...configuration.notJudged.map(ofNotJudged),
      ...context.suppressions,
    ],
  });
}

export function isSelected(rule: string, { only, skip }: Selection): boolean {
  return (only.length === 0 || only.includes(rule)) && !skip.includes(rule);
}

function ofExclusion(exclusion: Exclusion, configuration: Configuration): Suppression {
  const { rule, reason, expires, owner, span } = exclusion;
  return {
    by: 'exclusion',
    rule,
    reason,
    ...(expires === undefined ? {} : { expires }),
    ...(owner === undefined ? {} : { owner }),
    span,
    covers: (diagnostic) => covers(exclusion, diagnostic, configuration),
  };
}

/** The rule that tells what an environment lacks. */
const differenceRule = 'safeguard-missing';

function ofApproval(approval: ApprovedDifference, configuration: Configuration): Suppression {
  const { property, service, environment, reason, expires, owner, span } = approval;
  return {
    by: 'approval',
    rule: differenceRule,
    reason,
    ...(expires === undefined ? {} : { expires }),
    ...(owner === undefined ? {} : { owner }),
    span,
    covers: ({ difference, entryPoint }) =>
      difference?.property === property &&
      (service === undefined || service === difference.service) &&
      (environment === undefined ||
        environment === entryPoint ||
        isRootOf(environment, entryPoint, configuration)),
  };
}

function covers(exclusion: Exclusion, diagnostic: Diagnostic, configuration: Configuration): boolean {
  const { file, object, environment } = exclusion;
  if (file !== undefined && file !== diagnostic.span.file.path) return false;
  if (object !== undefined && !namesObject(object, diagnostic)) return false;
  return environment === undefined || isRootOf(environment, diagnostic.entryPoint, configuration);
}

function isRootOf(
  environment: string,
  entryPoint: string | undefined,
  { environments }: Configuration,
): boolean {
  return environments.some(({ name, root }) => name === environment && root === entryPoint);
}

function namesObject(reference: string, { object }: Diagnostic): boolean {
  if (object === undefined) return false;
  return reference === object.name || reference === `${object.kind}/${object.name}`;
}
