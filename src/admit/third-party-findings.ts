import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { Resource } from '../object/resource.ts';
import { isOfBaseline } from './policy/built-in.ts';
import type { CompiledPolicy } from './policy/policy.ts';
import type { PolicyFinding } from './policy-findings.ts';

/** Objects that others wrote: what policies say of them by a profile of their own. */
export interface ThirdParties {
  readonly policies: readonly CompiledPolicy[];
  /** Why an object is one of theirs; undefined for one's own. */
  whyOf(resource: Resource): TheirsBecause | undefined;
  /** Whether a file is one of theirs: what one's own layers set in such an object is one's own. */
  isTheirs(file: string): boolean;
}

/** Why an object is taken for one that others wrote, and whether the configuration says so, or only where it stands and what it looks like. */
export interface TheirsBecause {
  readonly why: string;
  readonly isConfigured: boolean;
}

/** What counts of the findings of an object that others wrote, and what is only counted. */
interface SettledThirdParty {
  readonly diagnostics: readonly Diagnostic[];
  readonly accepted: readonly { readonly diagnostic: Diagnostic; readonly reason: string }[];
}

/**
 * What one's own layers set is as grave as in an object of one's own, and so is what takes over a node, unless the configuration names the
 * object: whoever writes it writes its folder and labels. Of the rest notes are counted and not listed, and whatever their profile makes
 * graver, or nobody could judge, is listed.
 */
export function settleThirdParty(
  found: readonly PolicyFinding[],
  { why, isConfigured }: TheirsBecause,
  {
    policies,
    thirdParties,
  }: { readonly policies: readonly CompiledPolicy[]; readonly thirdParties?: ThirdParties },
): SettledThirdParty {
  const all = found.flatMap(({ finding, isSet }): { finding: Diagnostic; isOwn: boolean }[] => {
    const isOwn =
      (isSet && thirdParties?.isTheirs(finding.span.file.path) === false) ||
      (!isConfigured && isOfBaseline(finding.rule));
    if (!isOwn) return [{ finding, isOwn }];
    const [severity] = policies.find(({ name }) => name === finding.rule)?.bindings ?? [];
    return severity === undefined ? [] : [{ finding: { ...finding, severity: severity.severity }, isOwn }];
  });
  const isCounted = ({ finding, isOwn }: (typeof all)[number]): boolean =>
    !isOwn && finding.severity === 'note' && finding.unchecked === undefined;
  return {
    diagnostics: all.filter((one) => !isCounted(one)).map(({ finding }) => finding),
    accepted: all
      .filter(isCounted)
      .map(({ finding }) => ({ diagnostic: finding, reason: `third-party object: ${why}` })),
  };
}
