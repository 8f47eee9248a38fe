import type { Severity } from '../diagnostic/severity.ts';
import type { Span } from '../diagnostic/span.ts';
import type { Mapping } from '../source/value.ts';
import type { Ignored } from './ignored-paths.ts';

/** How objects reach an API server. */
export type AppliedBy = 'create' | 'server-side-apply' | 'client-side-apply';

/** A workload that has to exist, and the line that says so. */
export interface RequiredWorkload {
  readonly name: string;
  readonly span: Span;
}

export interface Environment {
  readonly name: string;
  /** The directory that is built, relative to the repository's root. */
  readonly root: string;
  readonly requiredWorkloads: readonly RequiredWorkload[];
  readonly kubernetesVersion?: string;
  readonly appliedBy?: AppliedBy;
  /** Whether it is a production environment; its name tells where absent. */
  readonly production?: boolean;
  readonly span: Span;
}

/** An object of the cluster that is not in the repository, e.g. a Secret made by hand. */
export interface ProvidedObject {
  readonly apiVersion?: string;
  readonly kind: string;
  readonly name: string;
  /** Every namespace where absent. */
  readonly namespace?: string;
  /** Any key where absent. */
  readonly keys?: readonly string[];
}

export interface RuleSetting {
  readonly severity?: Severity | 'off';
  readonly parameters?: Mapping;
  readonly span: Span;
}

/** A profile of the configuration's own, or of a file or package that one of them builds on. */
export interface OwnProfile {
  readonly extends: readonly { readonly name: string; readonly span: Span }[];
  /** The gravest that what it builds on may be. */
  readonly atMost?: Severity;
  readonly rules: ReadonlyMap<string, RuleSetting>;
}

/** What the configuration says of objects that others wrote. */
export interface ThirdParty {
  readonly paths: readonly Ignored[];
  readonly labels: Readonly<Record<string, string>>;
  readonly profile?: NamedProfile;
}

/** A profile that the configuration names, and where. */
export interface NamedProfile {
  readonly name: string;
  readonly span: Span;
}

/** A finding that is accepted. */
export interface Exclusion {
  readonly rule: string;
  readonly file?: string;
  /** `Kind/name` or `name`. */
  readonly object?: string;
  readonly environment?: string;
  readonly reason: string;
  /** The last day it holds, as 2027-01-31. */
  readonly expires?: string;
  readonly owner?: string;
  readonly span: Span;
}

/** A difference between environments that is meant. */
export interface ApprovedDifference {
  readonly property: string;
  /** Every service where absent. */
  readonly service?: string;
  /** The environment that lacks the property; every one where absent. */
  readonly environment?: string;
  readonly reason: string;
  /** The last day it holds, as 2027-01-31. */
  readonly expires?: string;
  readonly owner?: string;
  readonly span: Span;
}

/** Something outside of the repository that nobody judges here. */
export interface NotJudged {
  readonly kind: 'remote' | 'chart' | 'plugin';
  /** The whole name, or the beginning of it. */
  readonly name: string;
  readonly reason: string;
  /** The last day it holds, as 2027-01-31. */
  readonly expires?: string;
  readonly owner?: string;
  readonly span: Span;
}

/** A kind whose objects are judged without insisting on a schema that knows all of their fields. */
export interface LooseSchema {
  readonly kind: string;
  readonly apiVersion?: string;
  readonly reason: string;
  readonly span: Span;
}

/** Directories whose entry points are ways to the same clusters, never used together. */
export interface Alternatives {
  readonly paths: readonly { readonly path: string; readonly span: Span }[];
  readonly reason: string;
}

/** A file that the configuration names, relative to the repository's root, and the words that name it. */
export interface FilePath {
  readonly path: string;
  readonly span: Span;
}

/** Something that a change destroys or breaks, and is meant to. */
export interface Acknowledgement {
  /** The reason of the row. */
  readonly rule: string;
  /** Of the consequence, as far as the change had it when it was written. */
  readonly digest: string;
  /** `Kind/name` of one of its objects. */
  readonly object?: string;
  /** All clusters in which it happens. */
  readonly clusters?: readonly string[];
  readonly reason: string;
  /** The last day it holds, as 2027-01-31. */
  readonly expires?: string;
  readonly owner?: string;
  readonly span: Span;
}

export const acknowledgingWays = ['configuration', 'trailer'] as const;
export type AcknowledgingWay = (typeof acknowledgingWays)[number];

/** What cdb-lint.yaml says, with defaults for what it does not. */
export interface Configuration {
  /** Where it was read; absent where there is none. */
  readonly file?: string;
  readonly kubernetesVersion?: string;
  readonly appliedBy?: AppliedBy;
  readonly profile?: NamedProfile;
  /** By name; those of files and packages by what `extends` calls them, paths relative to the repository's root. */
  readonly profiles: ReadonlyMap<string, OwnProfile>;
  readonly thirdParty: ThirdParty;
  /** The file of known findings. */
  readonly baseline?: FilePath;
  readonly environments: readonly Environment[];
  /** What is not looked through for manifests. */
  readonly ignore: readonly Ignored[];
  /** Addresses of this repository; empty where nobody says. */
  readonly repositories: readonly string[];
  /** The Flux of the clusters, as `2.8`; the newest where absent. */
  readonly fluxVersion?: string;
  /** False where Flux puts nothing in place of an undefined variable, as it did before 2.9; absent where nobody says. */
  readonly strictSubstitution?: boolean;
  readonly provided: readonly ProvidedObject[];
  /** Registries, or repositories below one, that hand out nothing without a Secret. */
  readonly privateRegistries: readonly string[];
  /** The file with the clusters that Argo CD knows. */
  readonly argoClusters?: FilePath;
  readonly alternatives: readonly Alternatives[];
  /** Environments and clusters in the order in which a change reaches them, those of one stage together; empty where names tell. */
  readonly promotion: readonly (readonly string[])[];
  /** Vendored copies of remote bases: URL to directory. */
  readonly remotes: Readonly<Record<string, string>>;
  /** The folder of what was fetched from elsewhere. */
  readonly charts?: FilePath;
  /** Hosts, or beginnings of addresses, that charts and manifests may come from; empty where nobody says. */
  readonly sourceHosts: readonly string[];
  readonly notJudged: readonly NotJudged[];
  /** Directories with CRDs, beyond those among the manifests. */
  readonly schemas: readonly string[];
  readonly requireSchemas: boolean;
  readonly looseSchemas: readonly LooseSchema[];
  readonly rules: ReadonlyMap<string, RuleSetting>;
  readonly exclusions: readonly Exclusion[];
  readonly approvedDifferences: readonly ApprovedDifference[];
  /** Whether comments and annotations may accept findings. */
  readonly inlineSuppressions: 'allowed' | 'forbidden';
  readonly acknowledged: readonly Acknowledgement[];
  readonly acknowledgeBy: readonly AcknowledgingWay[];
}

export const defaultConfiguration: Configuration = {
  profiles: new Map(),
  thirdParty: { paths: [], labels: {} },
  environments: [],
  ignore: [],
  repositories: [],
  provided: [],
  privateRegistries: [],
  alternatives: [],
  promotion: [],
  remotes: {},
  sourceHosts: [],
  notJudged: [],
  schemas: [],
  requireSchemas: false,
  looseSchemas: [],
  rules: new Map(),
  exclusions: [],
  approvedDifferences: [],
  inlineSuppressions: 'allowed',
  acknowledged: [],
  acknowledgeBy: acknowledgingWays,
};
