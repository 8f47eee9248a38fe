import type { Diagnostic, ObjectReference } from '../diagnostic/diagnostic.ts';
import type { Identity } from '../diagnostic/identity.ts';
import type { Severity } from '../diagnostic/severity.ts';
import type { Span } from '../diagnostic/span.ts';
import type { ClusterGraph } from '../reconcile/graph.ts';
import type { ChangeReport } from './change-report.ts';
import type { EvidenceReport } from './evidence-report.ts';
import type { KnownAs } from './finding/fingerprint.ts';
import type { OwnershipReport } from './ownership-report.ts';
import type { ParityReport } from './parity-report.ts';
import type { ResourceReport } from './resource-report.ts';

/** One place where a finding shows: the same line can break several objects in several environments. */
export interface Occurrence {
  readonly entryPoint?: string;
  readonly object?: ObjectReference;
  /** The service that the object belongs to, see `EnvironmentReport.services`. */
  readonly service?: string;
  /** The environment of the object, where its cluster holds several. */
  readonly environment?: string;
}

/** All diagnostics with one root cause: the same rule, place and message. The fields are those of the first occurrence. */
export interface RootCauseGroup extends Diagnostic {
  readonly occurrences: readonly Occurrence[];
  /** What those of its objects are known by; none where no object has to do with it. */
  readonly identities: readonly Identity[];
}

export interface Finding extends RootCauseGroup {
  /** Stays the same whatever is written around it: see `fingerprints`. */
  readonly fingerprint: string;
  /** What it is paired with the same finding of another run or revision by. */
  readonly knownAs: KnownAs;
  /** What baselines of version 1 know it by; only where there is one. */
  readonly formerly?: readonly string[];
}

/** A finding that somebody accepts. */
export interface Suppressed {
  readonly finding: Finding;
  readonly reason: string;
  /** Whether a comment or an annotation beside it says so, and not the configuration. */
  readonly isInline?: true;
}

/** A finding that a baseline file accepts. */
export interface BaselineEntry {
  readonly fingerprint: string;
  readonly rule: string;
  readonly file: string;
  /** What the finding is paired by; absent in a baseline of version 1. */
  readonly knownAs?: KnownAs;
  /** The day it was accepted, as 2026-11-23. */
  readonly since: string;
}

export interface Known {
  readonly finding: Finding;
  readonly since: string;
}

/** What a baseline changes: findings that it knows, and those that it knew and that are gone. */
export interface BaselineReport {
  readonly file: string;
  readonly known: readonly Known[];
  readonly fixed: readonly BaselineEntry[];
  /** Entries that match nothing of what was looked at, though not all was that they may speak of. */
  readonly unseen: readonly BaselineEntry[];
}

/** What a comparison with another revision changes: then `findings` are those that the change brings. */
export interface ComparedReport {
  /** `4f1c2aa main`, or a directory. */
  readonly base: string;
  /** Findings that the base has as well. */
  readonly before: readonly Finding[];
  /** Findings of the base that are there no more. */
  readonly gone: readonly Finding[];
  /** What could not be checked in the base either, and what the change does not reach. */
  readonly uncheckedBefore: readonly Unchecked[];
}

/** One environment, or one root that was built without being named in the configuration. */
export interface EnvironmentReport {
  readonly name: string;
  readonly entryPoint: string;
  /** Whether the configuration names it. */
  readonly isNamed?: true;
  /** Whether its entry point is a cluster that holds others beside it. */
  readonly isPart?: true;
  /** False where the build failed or lacks something: its objects were not judged as a whole. */
  readonly complete: boolean;
  readonly objects: number;
  /** `app.kubernetes.io/name` of its objects and the required inventory, in order of appearance. */
  readonly services: readonly string[];
  /** Services with an object that cannot be decoded, so that no policy judged it. */
  readonly unread?: readonly string[];
}

/** Objects that were not judged, or not by all, for one and the same reason. */
export interface LeftOut {
  /** As the beginning of a line: `part of no build, so not judged`. */
  readonly why: string;
  readonly places: readonly LeftOutPlace[];
}

export interface LeftOutPlace {
  /** A file, a directory, or what else they have in common. */
  readonly path: string;
  readonly objects: number;
  /** Whether there is more than was counted. */
  readonly isPart?: true;
}

/** Findings that would be errors if anything showed that what they speak of is applied as written. */
export interface LoweredFindings {
  /** As the end of a sentence: `nothing in the repository shows that it is applied as written`. */
  readonly why: string;
  readonly findings: number;
}

/** What was looked at, as counts that tests hold. */
export interface Coverage {
  readonly filesRead: number;
  readonly filesParsed: number;
  readonly documents: number;
  readonly bytes: number;
  readonly builds: number;
  readonly objects: number;
  readonly policies: number;
  /** Kinds that have no schema here, and how many objects they have: policies judged them, their fields nobody. */
  readonly withoutSchema: readonly string[];
  readonly objectsWithoutSchema: number;
  /** Manifests below the given paths that no build reads. */
  readonly notDeployed: readonly string[];
  /** Components that no environment takes, tried on top of some: only what the API server would say of them was looked at. */
  readonly tried?: readonly string[];
  /** Where that lies which was fetched from elsewhere and no lock has the digest of: it is taken for what the cluster fetches. */
  readonly unlocked?: readonly string[];
  /** What is deployed and not rendered here, and why: Helm charts, other repositories. */
  readonly notRendered?: readonly string[];
  /** Variables whose values are not in the repository. */
  readonly unresolvedVariables?: readonly string[];
  /** What the configuration leaves out of the search for manifests. */
  readonly ignored?: readonly string[];
  /** What was found and not judged, with how many objects there are. */
  readonly leftOut?: readonly LeftOut[];
  /** How many findings are warnings because evidence is lacking, by why. */
  readonly lowered?: readonly LoweredFindings[];
  /** What is known to be deployed: rendered objects, and one for everything that is not rendered. */
  readonly objectsKnown: number;
  /** Objects of complete builds with a schema, whose every value is known and could be decoded. */
  readonly objectsJudged: number;
}

/** Something that was not judged, and why. One of these is enough for exit code 2. */
export interface Unchecked {
  readonly what: string;
  readonly why: string;
}

/** How much there is: causes of each severity, and the places that they show in. */
export interface Summary extends Readonly<Record<Severity, number>> {
  readonly suppressed: number;
  readonly places: Readonly<Record<Severity, number>>;
}

export type FailOn = Severity | 'never';

export interface Report {
  /** Gravest first, then by file and line. */
  readonly findings: readonly Finding[];
  /** What the way from another revision does to each cluster, where one was asked for. */
  readonly change?: ChangeReport;
  readonly suppressed: readonly Suppressed[];
  /** Present where a baseline was given; then `findings` are the new ones. */
  readonly baseline?: BaselineReport;
  /** Present where a base was given; then `findings` are those of the change. */
  readonly compared?: ComparedReport;
  readonly summary: Summary;
  readonly environments: readonly EnvironmentReport[];
  /** One for each family of environments; none where there is nothing to compare. */
  readonly parity: readonly ParityReport[];
  /** One for each environment with workloads. */
  readonly resources: readonly ResourceReport[];
  /** Who applies which object. */
  readonly ownership: readonly OwnershipReport[];
  /** Where asked for: the lines behind the marks of the matrix. */
  readonly evidence?: readonly EvidenceReport[];
  /** What Flux and Argo CD apply; none where neither has to do with the repository. */
  readonly clusters: readonly ClusterGraph[];
  readonly coverage: Coverage;
  readonly unchecked: readonly Unchecked[];
  /** Rules that were run, for the criteria that they judge. */
  readonly rules: readonly string[];
  /** Those of them that the catalogue's policies are: a cluster without it takes what they refuse. */
  readonly policies: readonly string[];
  /** What those policies find, as a sentence each. */
  readonly policyWords?: ReadonlyMap<string, string>;
  /** Stretches of files that hold secret values: no format prints them. */
  readonly secrets: readonly Span[];
  /** The severity from which on a finding fails the run. */
  /** Names of objects that were taken from Secrets, which nothing shows. */
  readonly hiddenNames?: readonly string[];
  readonly failOn: FailOn;
  readonly exitCode: 0 | 1 | 2;
}
