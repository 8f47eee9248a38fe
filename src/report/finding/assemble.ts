import type { Diagnostic } from '../../diagnostic/diagnostic.ts';
import type { Span } from '../../diagnostic/span.ts';
import { redactedGraph } from '../graph/redacted-graph.ts';
import type {
  Coverage,
  EnvironmentReport,
  FailOn,
  Finding,
  Occurrence,
  Report,
  RootCauseGroup,
  Unchecked,
} from '../report.ts';
import { summaryOf } from './cause.ts';
import { type Digest, type Fingerprint, fingerprints } from './fingerprint.ts';
import { formerFingerprints } from './former-fingerprint.ts';
import { type Attributed, groupByRootCause } from './group.ts';
import { withoutNames } from './hide-names.ts';
import { messageRedactor, nameRedactor, redactor } from './redact.ts';
import { belowCoverage, exitCodeOf } from './verdict.ts';

/** What a run found out, of which a report is made. */
export interface ReportParts {
  readonly diagnostics: readonly Diagnostic[];
  readonly accepted: readonly {
    readonly diagnostic: Diagnostic;
    readonly reason: string;
    readonly isInline?: true;
  }[];
  readonly serviceOf: (diagnostic: Diagnostic) => Pick<Occurrence, 'service' | 'environment'> | undefined;
  readonly environments: readonly EnvironmentReport[];
  readonly parity?: Report['parity'];
  readonly resources?: Report['resources'];
  readonly ownership?: Report['ownership'];
  readonly evidence?: NonNullable<Report['evidence']>;
  readonly clusters?: Report['clusters'];
  readonly coverage: Coverage;
  /** What was not judged beyond what diagnostics say. */
  readonly unchecked: readonly Unchecked[];
  readonly rules: readonly string[];
  readonly policies: readonly string[];
  readonly policyWords?: ReadonlyMap<string, string>;
  readonly secrets: readonly Span[];
  /** Secrets as texts, wherever they stand. */
  readonly secretTexts?: readonly string[];
  /** What remembers from one run to the next how secrets are told apart. */
  readonly memory?: object;
  /** Names of objects that a Secret holds as well. */
  readonly openNames?: readonly string[];
  /** Names of objects that were taken from a Secret. */
  readonly hiddenNames?: readonly string[];
  readonly failOn: FailOn;
  /** The least percentage of the known objects that has to be fully judged. */
  readonly minCoverage?: number;
  /** Makes fingerprints. */
  readonly digest: Digest;
  /** Whether a baseline of version 1 has to be read. */
  readonly withFormer?: boolean;
}

/** Makes the report of a run: groups by root cause, takes secrets out, counts, and decides the exit code. */
export function assembleReport(parts: ReportParts): Report {
  const {
    accepted,
    environments,
    parity = [],
    resources = [],
    ownership = [],
    evidence,
    clusters = [],
    rules,
    policies,
    secrets,
    hiddenNames = [],
    failOn,
  } = parts;
  const known = {
    spans: secrets,
    ...(parts.secretTexts === undefined ? {} : { texts: parts.secretTexts }),
    ...(parts.openNames === undefined ? {} : { open: parts.openNames }),
    ...(parts.memory === undefined ? {} : { memory: parts.memory }),
  };
  const shown = [...parts.diagnostics, ...accepted.map(({ diagnostic }) => diagnostic)];
  const redactWords = messageRedactor(known, shown);
  const redact = redactor(known, shown, redactWords);
  const redactNames = nameRedactor(known);
  const coverage = redactedCoverage(parts.coverage, redactNames);
  const group = (diagnostics: readonly Diagnostic[]): RootCauseGroup[] =>
    groupByRootCause(diagnostics.map((one) => attributed(redact(one), parts.serviceOf(one))));
  const groups = group(parts.diagnostics);
  const reasons = new Map(
    accepted.map(({ diagnostic, ...acceptance }) => [placeKey(redact(diagnostic)), acceptance]),
  );
  const silenced = group(accepted.map(({ diagnostic }) => diagnostic));
  // Together, so that accepting one of several that are alike leaves the others' fingerprints alone.
  const all = [...groups, ...silenced];
  const ids = fingerprints(all, { secrets, digest: parts.digest });
  const former =
    parts.withFormer === true
      ? formerFingerprints(all, { secrets, digest: parts.digest, policies: new Set(policies) })
      : undefined;
  const withFingerprint = (one: RootCauseGroup): Finding => {
    const { fingerprint, knownAs } = ids.get(one) ?? unknown;
    const formerly = former?.get(one);
    return { ...one, fingerprint, knownAs, ...(formerly === undefined ? {} : { formerly }) };
  };
  const findings = groups.map(withFingerprint);
  const unchecked = [
    ...uncheckedBy(findings),
    ...parts.unchecked.map(({ what, why }) => ({ what: redactWords(what), why: redactWords(why) })),
    ...belowCoverage(coverage, parts.minCoverage),
  ];
  const report: Report = {
    findings,
    suppressed: silenced.map((one) => ({
      finding: withFingerprint(one),
      reason: '',
      ...reasons.get(placeKey(one)),
    })),
    summary: summaryOf(findings, { policies, summary: { suppressed: silenced.length } }),
    environments,
    parity,
    resources,
    ownership: ownership.map((one) => ({ ...one, notRendered: one.notRendered.map(redactNames) })),
    ...(evidence === undefined ? {} : { evidence }),
    clusters: clusters.map((one) => redactedGraph(one, redactNames)),
    coverage,
    unchecked,
    rules,
    policies,
    ...(parts.policyWords === undefined ? {} : { policyWords: parts.policyWords }),
    secrets,
    ...(hiddenNames.length === 0 ? {} : { hiddenNames }),
    failOn,
    exitCode: exitCodeOf(findings, unchecked, failOn),
  };
  return withoutNames(report, hiddenNames);
}

const unknown: Fingerprint = { fingerprint: '', knownAs: { key: '', home: '', written: '', marks: [] } };

/** Lines of the coverage name addresses, and what failed. */
function redactedCoverage(coverage: Coverage, redact: (words: string) => string): Coverage {
  const { notRendered } = coverage;
  return notRendered === undefined ? coverage : { ...coverage, notRendered: notRendered.map(redact) };
}

function attributed(diagnostic: Diagnostic, place: Omit<Attributed, 'diagnostic'> = {}): Attributed {
  return { diagnostic, ...place };
}

/** One for each thing and reason, with the first of the files that lead there; nothing is said twice. */
export function uncheckedBy(findings: readonly Finding[]): Unchecked[] {
  const known = new Map<string, { what: string; message: string; files: Set<string> }>();
  for (const { unchecked, message, span } of findings) {
    if (unchecked === undefined) continue;
    const key = `${unchecked}\u0000${message}`;
    const one = known.get(key) ?? { what: unchecked, message, files: new Set() };
    known.set(key, one);
    if (span.file.path !== unchecked) one.files.add(span.file.path);
  }
  return [...known.values()].map(({ what, message, files }) => {
    const why = message.startsWith(`${what} `) ? message.slice(what.length + 1) : message;
    const [first, ...others] = files;
    if (first === undefined) return { what, why };
    return { what, why: `${why} (${first}${others.length === 0 ? '' : ` and ${others.length} more`})` };
  });
}

function placeKey({ rule, message, span }: Diagnostic): string {
  return [rule, message, span.file.path, span.start].join('\u0000');
}
