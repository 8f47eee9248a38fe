import type { Build } from '../../object/build.ts';
import { missingPairs } from '../../object/label-match.ts';
import { nameOf, namespaceOf, type Resource } from '../../object/resource.ts';
import type { RuleProblem } from '../../object/rule-problem.ts';
import { isMapping, type Mapping, valueAt } from '../../source/value.ts';
import { valueText } from '../../source/value-text.ts';
import { besideOnce } from '../../workload/beside.ts';
import { filledNamespace, isOperated } from '../../workload/custom-resource.ts';
import { selectedPods, selectorOf } from '../../workload/network/service-pods.ts';
import {
  describe,
  type PodTemplate,
  podsBeside,
  podTemplatesBeside,
  podTemplatesOf,
} from '../../workload/pod/pod-template.ts';
import type { Surroundings } from '../../workload/surroundings.ts';
import type { BuildRule } from '../rule.ts';

export const serviceSelectsNothing: BuildRule = {
  id: 'service-selects-nothing',
  severity: 'error',
  scope: 'build',
  criterion: 'wired',
  tags: ['network', 'references'],
  *judge(build, context) {
    for (const service of build.resources) {
      const selector = selectorOf(service);
      if (selector === undefined || selectedPods(service, build, context).length > 0) continue;
      yield problemOf(service, selector, build, context);
    }
  },
};

const operatedBeside = besideOnce(({ resources }: Build) => resources.filter(isOperated), filledNamespace);

// Vault, Patroni, CloudNativePG and others label their own pods by what they have become.
const runTimeLabels =
  /^(?:vault-(?:active|initialized|sealed|perf-standby|version)|.*role|.*primary|.*leader|.*master)$/iu;

function problemOf(service: Resource, selector: Mapping, build: Build, context: Surroundings): RuleProblem {
  const name = nameOf(service.object);
  const wanted = Object.keys(selector)
    .map((key) => `${key}=${valueText(selector[key])}`)
    .join(',');
  const operated = [...operatedBeside(namespaceOf(service.object), build, context)];
  const meant = operated.find((one) => isCalledLike(one, selector));
  const [operator] = meant === undefined ? operated : [meant];
  const near = meant === undefined ? nearestTemplate(service, selector, build) : undefined;
  const what = `Service ${name} selects ${wanted}, but no pod in its namespace has these labels`;
  if (near !== undefined) {
    const isSetAtRunTime = near.missing.every((key) => runTimeLabels.test(key));
    return {
      ...differing(service, selector, near),
      message: isSetAtRunTime ? `${what}, unless a program sets ${near.missing.join(', ')} itself` : what,
      ...(isSetAtRunTime ? { severity: 'note' } : {}),
    };
  }
  // Where nothing runs at all, what does may be applied from elsewhere.
  const isEmpty = podsBeside(service, build, context).length === 0 && !runsElsewhere(selector, build);
  return {
    at: [service, 'spec', 'selector'],
    message: operator === undefined ? what : `${what}, unless ${describe(operator)} creates one`,
    help: 'select labels that a pod template of this namespace has, or remove the Service',
    ...(operator !== undefined ? { severity: 'note' } : isEmpty ? { severity: 'warning' } : {}),
  };
}

function runsElsewhere(selector: Mapping, build: Build): boolean {
  return podTemplatesOf(build).some(({ labels }) => missingPairs(selector, labels).length === 0);
}

/** Operators label what they make after the kind or the name of the object. */
function isCalledLike({ object }: Resource, selector: Mapping): boolean {
  const names = new Set([valueText(object['kind']).toLowerCase(), nameOf(object)]);
  return Object.values(selector).some((value) => names.has(valueText(value)));
}

function differing(service: Resource, selector: Mapping, near: Near): Omit<RuleProblem, 'message'> {
  const { template, missing } = near;
  const [key = ''] = missing;
  const has = template.labels[key];
  const path = [...template.path, 'metadata', 'labels'];
  return {
    at: [service, 'spec', 'selector', key],
    help:
      has === undefined
        ? `the pods of ${describe(template.resource)} have no label ${key}: remove it here, or add it there`
        : `the pods of ${describe(template.resource)} have ${key}=${valueText(has)}, not ${valueText(selector[key])}`,
    related: [
      {
        at: [template.resource, ...path, ...(has === undefined ? [] : [key])],
        message: `the labels of ${describe(template.resource)}`,
      },
    ],
  };
}

interface Near {
  readonly template: PodTemplate;
  readonly missing: readonly string[];
}

/** The template that lacks one label only, or that has the Service's name and some of the labels. */
function nearestTemplate(service: Resource, selector: Mapping, build: Build): Near | undefined {
  const candidates = podTemplatesBeside(build, service).map((template) => ({
    template,
    missing: missingPairs(selector, template.labels),
  }));
  const isNamesake = ({ template }: Near): boolean =>
    nameOf(template.resource.object) === nameOf(service.object);
  const total = Object.keys(selector).length;
  return (
    candidates.find(isNamesake) ??
    candidates.find(({ missing }) => missing.length === 1 && total > 1) ??
    candidates.find(
      ({ template }) => isMapping(valueAt(template.labels, [])) && isSimilar(selector, template.labels),
    )
  );
}

// `app: web` and `app: webs` are meant to be the same.
function isSimilar(selector: Mapping, labels: Mapping): boolean {
  return Object.keys(selector).every((key) => {
    const wanted = valueText(selector[key]);
    const has = labels[key];
    return typeof has === 'string' && (has.startsWith(wanted) || wanted.startsWith(has));
  });
}
