import type { Build } from '../../object/build.ts';
import { knownOnce } from '../../object/known-once.ts';
import { matchesSelector } from '../../object/label-match.ts';
import type { RuleProblem } from '../../object/rule-problem.ts';
import {
  formatValue,
  isMapping,
  isSequence,
  type Mapping,
  type Path,
  type Value,
  valueAt,
} from '../../source/value.ts';
import {
  asksForRunTimeLabels,
  isEmptySelector,
  nearestPair,
  selectorWords,
} from '../../workload/network/selector-words.ts';
import { describe, type PodTemplate, podTemplatesOf } from '../../workload/pod/pod-template.ts';
import type { Surroundings } from '../../workload/surroundings.ts';
import { isPartlyBuilt, unseenMaker } from '../../workload/unseen-maker.ts';
import type { BuildRule } from '../rule.ts';

export const spreadSelectsNothing: BuildRule = {
  id: 'spread-selects-nothing',
  severity: 'warning',
  scope: 'build',
  criterion: 'wired',
  tags: ['workloads', 'availability'],
  *judge(build, context) {
    for (const template of podTemplatesOf(build)) {
      yield* spreads(template);
      yield* affinities(template, build, context);
    }
  },
};

/** A constraint counts the pods that its selector matches: where these are not the pods themselves, it spreads nothing. */
function* spreads(template: PodTemplate): Iterable<RuleProblem> {
  const { resource, path, spec, labels } = template;
  for (const { value, index } of itemsIn(spec['topologySpreadConstraints'])) {
    const selector = valueAt(value, ['labelSelector']);
    const at: Path = [...path, 'spec', 'topologySpreadConstraints', index, 'labelSelector'];
    if (selector === undefined || selector === null) {
      if (value['matchLabelKeys'] !== undefined) continue;
      yield {
        at: [resource, ...at],
        message: `a spread constraint of ${describe(resource)} has no labelSelector, so it matches no pods and has no effect`,
        help: 'add a labelSelector with the labels of these pods',
      };
    } else if (isMapping(selector) && !matchesSelector(selector, labels)) {
      yield {
        at: [resource, ...at],
        message: `a spread constraint of ${describe(resource)} selects ${selectorWords(selector)}, which its own pods do not have: they are not spread`,
        help: correction(selector, [labels]) ?? 'select labels of these pods',
      };
    }
  }
}

function correction(selector: Mapping, labelled: readonly Mapping[]): string | undefined {
  const near = nearestPair(selector, labelled);
  return near === undefined ? undefined : `${near}: correct the label`;
}

const required = 'requiredDuringSchedulingIgnoredDuringExecution';
const preferred = 'preferredDuringSchedulingIgnoredDuringExecution';

function* affinities(template: PodTemplate, build: Build, context: Surroundings): Iterable<RuleProblem> {
  const { resource, path, spec } = template;
  const terms = termsOf(spec);
  if (terms.length === 0) return;
  const around = [inBuild(build), ...(context.neighbours === undefined ? [] : [inAll(context.neighbours)])];
  for (const { term, at, isNear, isRequired } of terms) {
    const selector = valueAt(term, ['labelSelector']);
    if (!isMapping(selector) || isEmptySelector(selector) || asksForRunTimeLabels(selector)) continue;
    const found = around.map((one) => one(selector));
    if (found.some(({ isThere }) => isThere)) continue;
    const maker = unseenMaker(resource, build, context);
    const isUnknown = maker !== undefined || isPartlyBuilt(context);
    yield {
      at: [resource, ...path, 'spec', 'affinity', ...at, 'labelSelector'],
      message: `${describe(resource)} must run ${isNear ? 'near' : 'away from'} pods with ${selectorWords(selector)}, but there are none${isNear && isRequired ? ': it is never scheduled' : ''}${maker === undefined ? '' : `, unless ${maker} creates one`}`,
      help: found.find(({ help }) => help !== undefined)?.help ?? 'select labels that a pod template has',
      ...(isUnknown ? { severity: 'note' } : isNear && isRequired ? { severity: 'error' } : {}),
    };
  }
}

interface Selected {
  readonly isThere: boolean;
  /** What else may be meant. */
  readonly help?: string;
}

const inBuild = knownOnce((build: Build) => selectedAmong(podTemplatesOf(build)));

const inAll = knownOnce((builds: readonly Build[]) => selectedAmong(builds.flatMap(podTemplatesOf)));

/** Tells of each selector once: that of a base is in all builds over it. */
function selectedAmong(templates: readonly PodTemplate[]): (selector: Mapping) => Selected {
  const known = new Map<string, Selected>();
  const labelled = templates.map(({ labels }) => labels);
  return (selector) => {
    const key = formatValue(selector);
    const before = known.get(key);
    if (before !== undefined) return before;
    const isThere = labelled.some((labels) => matchesSelector(selector, labels));
    const help = isThere ? undefined : correction(selector, labelled);
    const selected = { isThere, ...(help === undefined ? {} : { help }) };
    known.set(key, selected);
    return selected;
  };
}

interface Term {
  readonly term: Mapping;
  readonly at: Path;
  readonly isNear: boolean;
  readonly isRequired: boolean;
}

function termsOf(spec: Mapping): Term[] {
  return (['podAffinity', 'podAntiAffinity'] as const).flatMap((kind) => {
    const isNear = kind === 'podAffinity';
    const hard = itemsIn(valueAt(spec, ['affinity', kind, required])).map(({ value, index }) => ({
      term: value,
      at: [kind, required, index],
      isNear,
      isRequired: true,
    }));
    const soft = itemsIn(valueAt(spec, ['affinity', kind, preferred])).flatMap(({ value, index }) => {
      const term = value['podAffinityTerm'];
      return isMapping(term)
        ? [{ term, at: [kind, preferred, index, 'podAffinityTerm'], isNear, isRequired: false }]
        : [];
    });
    return [...hard, ...soft];
  });
}

function itemsIn(list: Value | undefined): { readonly value: Mapping; readonly index: number }[] {
  if (!isSequence(list)) return [];
  return list.flatMap((value, index) => (isMapping(value) ? [{ value, index }] : []));
}
