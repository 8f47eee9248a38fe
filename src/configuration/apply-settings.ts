import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { Configuration, Exclusion } from './configuration.ts';

export interface Selection {
  /** Only these rules; all where empty. */
  readonly only: readonly string[];
  readonly skip: readonly string[];
}

export interface Judged {
  readonly kept: readonly Diagnostic[];
  readonly accepted: readonly { readonly diagnostic: Diagnostic; readonly reason: string }[];
}

/**
 * Applies rule selection, severities and exclusions. What could not be checked stays: no setting turns "unknown" into
 * "clean".
 */
export function applySettings(
  diagnostics: readonly Diagnostic[],
  configuration: Configuration,
  selection: Selection,
): Judged {
  const kept: Diagnostic[] = [];
  const accepted: { diagnostic: Diagnostic; reason: string }[] = [];
  const used = new Set<Exclusion>();
  for (const diagnostic of diagnostics) {
    if (diagnostic.unchecked !== undefined) {
      kept.push(diagnostic);
      continue;
    }
    const severity = configuration.rules.get(diagnostic.rule)?.severity ?? diagnostic.severity;
    if (severity === 'off' || !isSelected(diagnostic.rule, selection)) continue;
    const exclusion = configuration.exclusions.find((one) => covers(one, diagnostic, configuration));
    if (exclusion === undefined) kept.push({ ...diagnostic, severity });
    else {
      used.add(exclusion);
      accepted.push({ diagnostic: { ...diagnostic, severity }, reason: exclusion.reason });
    }
  }
  return { kept: [...kept, ...unusedExclusions(configuration, used, selection)], accepted };
}

export function isSelected(rule: string, { only, skip }: Selection): boolean {
  return (only.length === 0 || only.includes(rule)) && !skip.includes(rule);
}

function covers(exclusion: Exclusion, diagnostic: Diagnostic, { environments }: Configuration): boolean {
  const { rule, file, object, environment } = exclusion;
  if (rule !== diagnostic.rule) return false;
  if (file !== undefined && file !== diagnostic.span.file.path) return false;
  if (object !== undefined && !namesObject(object, diagnostic)) return false;
  if (environment === undefined) return true;
  return environments.some(({ name, root }) => name === environment && root === diagnostic.entryPoint);
}

function namesObject(reference: string, { object }: Diagnostic): boolean {
  if (object === undefined) return false;
  return reference === object.name || reference === `${object.kind}/${object.name}`;
}

// A run over a part of the rules cannot know whether an exclusion of another rule is still needed.
function unusedExclusions(
  { exclusions }: Configuration,
  used: ReadonlySet<Exclusion>,
  selection: Selection,
): Diagnostic[] {
  return exclusions
    .filter((exclusion) => !used.has(exclusion) && isSelected(exclusion.rule, selection))
    .map(({ rule, span }) => ({
      rule: 'exclusion-unused',
      severity: 'warning',
      message: `the exclusion of ${rule} matches no finding`,
      help: 'remove it, or correct the rule, file or object that it names',
      span,
      related: [],
    }));
}
