import { compileWholeGoRegExp, type GoRegExp } from '../../build/go-regexp.ts';
import type { RuleProblem } from '../../object/rule-problem.ts';
import { isSequence, type Mapping, valueAt } from '../../source/value.ts';
import { valueText } from '../../source/value-text.ts';
import {
  discoveriesOf,
  mappingsIn,
  type ScrapeJob,
  scrapeJobs,
} from '../../workload/monitoring/scrape-configuration.ts';
import { type ScrapeTarget, scrapeTargets } from '../../workload/monitoring/scrape-target.ts';
import { isPartlyBuilt, unseenMaker } from '../../workload/unseen-maker.ts';
import type { BuildRule } from '../rule.ts';

export const scrapeMatchesNothing: BuildRule = {
  id: 'scrape-matches-nothing',
  severity: 'warning',
  scope: 'build',
  criterion: 'wired',
  tags: ['monitoring'],
  *judge(build, context) {
    for (const configMap of build.resources) {
      if (configMap.object['kind'] !== 'ConfigMap') continue;
      for (const job of scrapeJobs(configMap)) {
        yield* missingGroups(job);
        const discoveries = discoveriesOf(job);
        const [discovery, ...others] = discoveries;
        if (discovery === undefined || others.length > 0 || hasOtherDiscovery(job)) continue;
        const targets = scrapeTargets(configMap, discovery, build, context);
        const problem = targets === undefined ? undefined : firstEmptyStep(job, targets);
        if (problem === undefined) continue;
        const maker = unseenMaker(configMap, build, context);
        const isUnknown =
          maker !== undefined ||
          isPartlyBuilt(context) ||
          (discovery.namespaces === undefined && !isAboutOwnPods(problem));
        yield {
          ...problem,
          message: maker === undefined ? problem.message : `${problem.message}, unless ${maker} creates one`,
          ...(isUnknown ? { severity: 'note' } : {}),
        };
      }
    }
  },
};

// In all namespaces there are objects of others; but the common annotation is what one's own pods are to have.
function isAboutOwnPods({ message }: RuleProblem): boolean {
  return /__meta_kubernetes_pod_annotation_prometheus_io_scrape\b/u.test(message);
}

function hasOtherDiscovery({ job }: ScrapeJob): boolean {
  return Object.keys(job).some(
    (key) => (key.endsWith('_sd_configs') && key !== 'kubernetes_sd_configs') || key === 'static_configs',
  );
}

interface Step {
  readonly rule: Mapping;
  readonly index: number;
  readonly field: 'relabel_configs' | 'metric_relabel_configs';
}

function stepsOf({ job }: ScrapeJob): Step[] {
  return (['relabel_configs', 'metric_relabel_configs'] as const).flatMap((field) =>
    mappingsIn(job[field]).map(({ value: rule, index }) => ({ rule, index, field })),
  );
}

/** Groups that a replacement asks for and the expression does not have: Prometheus puts nothing in their place. */
function* missingGroups(job: ScrapeJob): Iterable<RuleProblem> {
  for (const { rule, index, field } of stepsOf(job)) {
    const { replacement } = rule;
    const regex = rule['regex'] ?? '(.*)';
    if (typeof replacement !== 'string' || typeof regex !== 'string') continue;
    const groups = groupCount(regex);
    const asked = [...replacement.matchAll(/\$(?:(\d+)|\{(\d+)\})/gu)].map(([, plain, braced]) =>
      Number(plain ?? braced),
    );
    const missing = asked.find((one) => one > groups);
    if (missing === undefined) continue;
    yield {
      at: job.placeOf(field, index, 'replacement'),
      message: `job ${job.name} writes group $${missing} to ${valueText(rule['target_label'] ?? 'a label')}, but ${regex} has ${groups === 1 ? 'one group' : `${groups} groups`}`,
      help: 'correct the number, or add the group to regex',
    };
  }
}

// An opening bracket is a group unless it is escaped, in a class, or says that it captures nothing.
function groupCount(regex: string): number {
  const plain = regex.replaceAll(/\\./gu, '').replaceAll(/\[[^\]]*\]/gu, '');
  return plain.match(/\((?!\?(?!P?<))/gu)?.length ?? 0;
}

/** The first step after which no target is left. */
function firstEmptyStep(job: ScrapeJob, targets: readonly ScrapeTarget[]): RuleProblem | undefined {
  let left = targets;
  const written = new Set<string>();
  for (const { rule, index, field } of stepsOf(job)) {
    if (field !== 'relabel_configs') break;
    const action = rule['action'] ?? 'replace';
    if (action === 'keep' || action === 'drop') {
      const pattern = compileWholeGoRegExp(valueText(rule['regex'] ?? '(.*)'));
      if ('problem' in pattern) return undefined;
      const before = left;
      left = left.filter((target) => stays(target, rule, { pattern, written }));
      if (left.length === 0 && before.length > 0) return emptyStep(job, rule, index);
    }
    // What a step writes, later ones read in place of what was discovered.
    if (typeof rule['target_label'] === 'string') written.add(rule['target_label']);
    if (action === 'labelmap' || action === 'hashmod') return undefined;
  }
  return undefined;
}

function emptyStep(job: ScrapeJob, rule: Mapping, index: number): RuleProblem {
  const sources = isSequence(rule['source_labels']) ? rule['source_labels'].map(valueText) : [];
  const is = rule['action'] === 'keep' ? 'keeps' : 'drops';
  return {
    at: job.placeOf('relabel_configs', index, 'source_labels'),
    message: `job ${job.name} ${is} targets by ${sources.join(', ')} = ${valueText(rule['regex'] ?? '(.*)')}, which leaves no target in the cluster`,
    help: 'add the annotation or label to the pods, or correct the name and the value here',
  };
}

function stays(
  target: ScrapeTarget,
  rule: Mapping,
  { pattern, written }: { readonly pattern: GoRegExp; readonly written: ReadonlySet<string> },
): boolean {
  const sources = isSequence(rule['source_labels']) ? rule['source_labels'].map(valueText) : [];
  const values = sources.map((label) => (written.has(label) ? undefined : target.valueOf(label)));
  // What only a running cluster knows may be anything.
  if (values.includes(undefined)) return true;
  const separator = valueText(valueAt(rule, ['separator']) ?? ';');
  return pattern.test(values.join(separator)) === (rule['action'] === 'keep');
}
