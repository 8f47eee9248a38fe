import type { Build } from '../build/build.ts';
import { findingAt } from '../build/finding.ts';
import { locateField, type Tracked } from '../build/provenance.ts';
import { type Resource, trackedObject } from '../build/resource.ts';
import type { Diagnostic, Difference } from '../diagnostic/diagnostic.ts';
import type { Severity } from '../diagnostic/severity.ts';
import type { Span } from '../diagnostic/span.ts';
import type { Cluster } from '../reconcile/cluster.ts';
import type { Sources } from '../source/load.ts';
import { type Path, type PathElement, type Value, valueAt } from '../source/value.ts';

/** Where a problem stands: an object, or an entry of a kustomization, and the way to a field in it. */
export type Place = readonly [Resource | Tracked, ...PathElement[]];

/** A problem in the terms of the object; no rule ever sees an offset. `message` says what, `help` what to do. */
export interface RuleProblem {
  readonly at: Place;
  readonly message: string;
  readonly help?: string;
  /** Where it is not the rule's own, e.g. a note for what cannot be known. */
  readonly severity?: Severity;
  readonly related?: readonly { readonly at: Place; readonly message: string }[];
  /** The build that it shows in, where the rule judges several. */
  readonly entryPoint?: string;
  /** What differs between environments, for whoever approves it. */
  readonly difference?: Difference;
}

/** An object that the configuration says is in the cluster without being in the repository. */
export interface ProvidedObject {
  readonly kind: string;
  readonly name: string;
  /** Every namespace where absent. */
  readonly namespace?: string;
  /** Any key where absent. */
  readonly keys?: readonly string[];
}

/** A name that the configuration requires: a workload and, where said, a Service of that name. */
export interface RequiredWorkload {
  readonly name: string;
  readonly span: Span;
  readonly service?: boolean;
}

/** One of the environments that the configuration names. */
export interface RuleEnvironment {
  readonly name: string;
  /** The directory that is built for it. */
  readonly root: string;
  readonly requiredWorkloads: readonly RequiredWorkload[];
  /** Whether it is a production environment; its name tells where absent. */
  readonly production?: boolean;
}

/** What rules know beyond a build. */
export interface RuleContext {
  readonly sources: Sources;
  readonly kubernetesVersion: string;
  /** The Flux of the clusters, as `2.8`; the newest where absent. */
  readonly fluxVersion?: string;
  readonly environments: readonly RuleEnvironment[];
  readonly provided: readonly ProvidedObject[];
  /** Registries, or repositories below one, that hand out nothing without a Secret; none where absent. */
  readonly privateRegistries?: readonly string[];
  /** Builds that reach the same cluster; not those of other environments. The judged build may be among them. */
  readonly neighbours?: readonly Build[];
  /** All clusters that are deployed to from here; absent where they are not judged. */
  readonly clusters?: readonly Cluster[];
  /** Every manifest of the tree that stands in or below a kustomization's directory; absent where only a part was looked at. */
  readonly files?: readonly string[];
  /** Scripts and guides of the tree; absent where only a part was looked at. */
  readonly documents?: readonly string[];
}

interface RuleMetadata {
  /** The kebab-case name of the defect; also the name of the file and of its page. */
  readonly id: string;
  readonly severity: Severity;
}

/** Judges one object by itself. */
export interface ResourceRule extends RuleMetadata {
  readonly scope: 'resource';
  judge(resource: Resource, context: RuleContext): Iterable<RuleProblem>;
}

/** Judges the objects of one build against each other, or what its kustomizations say. */
export interface BuildRule extends RuleMetadata {
  readonly scope: 'build';
  /** Whether it looks at files alone, so that a build that failed can be judged as well. */
  readonly judgesFiles?: true;
  judge(build: Build, context: RuleContext): Iterable<RuleProblem>;
}

/** Judges who applies what to one cluster, in which order, and how they know that it runs. */
export interface ClusterRule extends RuleMetadata {
  readonly scope: 'cluster';
  judge(cluster: Cluster, context: RuleContext): Iterable<RuleProblem>;
}

/** Judges all builds of a run against each other. */
export interface RunRule extends RuleMetadata {
  readonly scope: 'run';
  judge(builds: readonly Build[], context: RuleContext): Iterable<RuleProblem>;
}

/** A rule has the smallest scope that sees enough. */
export type Rule = ResourceRule | BuildRule | ClusterRule | RunRule;

/** Points a problem at the last layer that set the field; earlier layers and the other sides of the problem are related. */
export function concretize(rule: Rule, problem: RuleProblem, entryPoint?: string): Diagnostic {
  const { at, message, help, severity = rule.severity, related = [], difference } = problem;
  const [subject, ...path] = at;
  const words = { rule: rule.id, severity, message, ...(help === undefined ? {} : { help }) };
  const part = partOf(subject, path);
  const finding = isResource(subject)
    ? findingAt(subject, { ...words, path, part }, entryPoint)
    : {
        ...words,
        span: spanOfPlace(at) ?? nowhere,
        related: [],
        ...(entryPoint === undefined ? {} : { entryPoint }),
      };
  const more = related.flatMap((place) => {
    const span = spanOfPlace(place.at);
    return span === undefined ? [] : [{ span, message: place.message }];
  });
  return {
    ...finding,
    related: [...finding.related, ...more],
    ...(difference === undefined ? {} : { difference }),
  };
}

function isResource(subject: Resource | Tracked): subject is Resource {
  return 'object' in subject;
}

function trackedOf(subject: Resource | Tracked): Tracked {
  return isResource(subject) ? trackedObject(subject) : subject;
}

/** The place in a file. */
export function spanOfPlace([subject, ...path]: Place): Span | undefined {
  return locateField(trackedOf(subject), path, partOf(subject, path)).span;
}

// A mapping's or a list's text goes over many lines, its key does not.
function partOf(subject: Resource | Tracked, path: Path): 'key' | 'value' {
  const value: Value | undefined = valueAt(trackedOf(subject).value, path);
  return typeof value === 'object' && value !== null && typeof path.at(-1) === 'string' ? 'key' : 'value';
}

// Only builds without provenance have no place to point at; they are made for measuring.
const nowhere: Span = { file: { path: '.', text: '' }, start: 0, end: 0 };
