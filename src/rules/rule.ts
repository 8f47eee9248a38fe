import type { CriterionName } from '../diagnostic/criterion.ts';
import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { Severity } from '../diagnostic/severity.ts';
import type { Span } from '../diagnostic/span.ts';
import type { Build } from '../object/build.ts';
import { findingAt } from '../object/finding.ts';
import { isResource, partOf, spanOfPlace } from '../object/place.ts';
import type { Resource } from '../object/resource.ts';
import type { RuleProblem } from '../object/rule-problem.ts';
import type { Cluster } from '../reconcile/cluster.ts';
import type { Surroundings } from '../workload/surroundings.ts';
import type { RuleTag } from './rule-tag.ts';

interface RuleMetadata {
  /** The kebab-case name of the defect; also the name of the file and of its page. */
  readonly id: string;
  readonly severity: Severity;
  /** What it is about, for whoever looks for the rules of a subject. */
  readonly tags: readonly [RuleTag, ...RuleTag[]];
  /** The profiles that it is part of; all where absent. */
  readonly profiles?: readonly ('recommended' | 'all')[];
}

/** What is found in the objects of a service counts in a column of the matrix; what a cluster does wrong belongs to none. */
interface ServiceRuleMetadata extends RuleMetadata {
  readonly criterion: CriterionName;
}

/** Judges one object by itself. */
export interface ResourceRule extends ServiceRuleMetadata {
  readonly scope: 'resource';
  judge(resource: Resource, context: Surroundings): Iterable<RuleProblem>;
}

/** Judges the objects of one build against each other, or what its kustomizations say. */
export interface BuildRule extends ServiceRuleMetadata {
  readonly scope: 'build';
  /** Whether it looks at files alone, so that a build that failed can be judged as well. */
  readonly judgesFiles?: true;
  judge(build: Build, context: Surroundings): Iterable<RuleProblem>;
}

/** Judges who applies what to one cluster, in which order, and how they know that it runs. */
export interface ClusterRule extends RuleMetadata {
  readonly scope: 'cluster';
  judge(cluster: Cluster, context: Surroundings): Iterable<RuleProblem>;
}

/** Judges all builds of a run against each other. */
export interface RunRule extends ServiceRuleMetadata {
  readonly scope: 'run';
  judge(builds: readonly Build[], context: Surroundings): Iterable<RuleProblem>;
}

/** A rule has the smallest scope that sees enough. */
export type Rule = ResourceRule | BuildRule | ClusterRule | RunRule;

/** Points a problem at the last layer that set the field; earlier layers and the other sides of the problem are related. */
export function concretize(rule: Rule, problem: RuleProblem, entryPoint?: string): Diagnostic {
  const { at, within, message, help, severity = rule.severity, related = [], difference, cause } = problem;
  const [subject, ...path] = at;
  const words = { rule: rule.id, severity, message, ...(help === undefined ? {} : { help }) };
  const part = partOf(subject, path);
  const finding = isResource(subject)
    ? findingAt(subject, { ...words, path, part, ...(within === undefined ? {} : { within }) }, entryPoint)
    : {
        ...words,
        span: spanOfPlace(at, within) ?? nowhere,
        related: [],
        ...(entryPoint === undefined ? {} : { entryPoint }),
      };
  const left = related.length - mostRelated;
  const more = related.slice(0, mostRelated).flatMap((place, index) => {
    const span = spanOfPlace(place.at, place.within);
    const others = left > 0 && index === mostRelated - 1 ? `, and ${left} more like it` : '';
    return span === undefined ? [] : [{ span, message: `${place.message}${others}` }];
  });
  return {
    ...finding,
    related: [...finding.related, ...more],
    ...(difference === undefined ? {} : { difference }),
    ...(cause === undefined ? {} : { cause }),
  };
}

// Hundreds of objects may each be about hundreds of others, and no one reads the hundredth.
const mostRelated = 50;

// Only builds without provenance have no place to point at; they are made for measuring.
const nowhere: Span = { file: { path: '.', text: '' }, start: 0, end: 0 };
