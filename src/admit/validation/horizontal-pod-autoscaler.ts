import { parseQuantity } from '../../object/quantity.ts';
import { ownOf } from '../../source/own.ts';
import { formatPath, isMapping, type Mapping, type Value } from '../../source/value.ts';
import {
  behaviorAnnotation,
  metricsAnnotation,
  metricsInAnnotations,
} from '../served/autoscaler-annotations.ts';
import { fields } from '../served/draft.ts';
import {
  type Check,
  each,
  forbidden,
  gated,
  invalid,
  newCheck,
  notSupported,
  required,
  supported,
  within,
} from './check.ts';
import { has, items, numeric, optionalText, struct, structs, text } from './fields.ts';
import { validateMetadata } from './metadata.ts';
import { checkText, dns1123Label, dns1123Subdomain, pathSegment } from './names.ts';
import { inRange } from './numbers.ts';
import { containerResourceName } from './resources.ts';

const sourceOf: Readonly<Record<string, string>> = {
  Object: 'object',
  External: 'external',
  Pods: 'pods',
  Resource: 'resource',
  ContainerResource: 'containerResource',
};
// Metrics that are there without a pod.
const scalesFromZero = ['Object', 'External'];
const maxWindow = 3600;
const maxPeriod = 1800;

export function validateHorizontalPodAutoscaler(autoscaler: Mapping, check: Check): void {
  validateMetadata(autoscaler, check, { namespaced: true, name: dns1123Subdomain });
  const spec = struct(autoscaler, 'spec');
  check.path.push('spec');
  validateReplicas(spec, check);
  const target = struct(spec, 'scaleTargetRef');
  check.path.push('scaleTargetRef');
  validateReference(target, check);
  validateApiVersion(target, check, true);
  check.path.pop();
  each(check, spec, 'metrics', validateMetric);
  validateBehavior(spec, check);
  // Only v1 has this field; it is a target of v2's metrics.
  const utilization = numeric(spec, 'targetCPUUtilizationPercentage');
  if (utilization !== undefined && utilization < 1)
    invalid(check, 'targetCPUUtilizationPercentage', utilization, 'must be greater than 0');
  check.path.pop();
  if (text(autoscaler, 'apiVersion') === 'autoscaling/v1') validateAnnotations(autoscaler, check);
}

/** The server decodes what annotations of the first version say, and judges it like fields. */
function validateAnnotations(autoscaler: Mapping, check: Check): void {
  const annotations = struct(struct(autoscaler, 'metadata'), 'annotations');
  if (annotations === undefined) return;
  const { metrics, behavior } = metricsInAnnotations(annotations);
  const rules = Object.entries(behavior ?? {}).map(([key, one]) => [key, withPolicies(one)]);
  const inside = fields({ metrics, behavior: fields(Object.fromEntries(rules)) });
  const inner = newCheck(check.minor);
  each(inner, inside, 'metrics', validateMetric);
  validateBehavior(inside, inner);
  for (const error of inner.errors) {
    const name = error.field[0] === 'metrics' ? metricsAnnotation : behaviorAnnotation;
    const detail = `${formatPath(error.field)} ${error.detail}`;
    check.errors.push({ ...error, field: ['metadata', 'annotations', name], detail });
  }
}

/** No default fills these in, so what is absent is as good as empty. */
function withPolicies(rules: Value): Value {
  return isMapping(rules) ? fields({ policies: [], ...rules }) : rules;
}

function validateBehavior(spec: Mapping | undefined, check: Check): void {
  within(check, spec, 'behavior', (behavior) => {
    within(check, behavior, 'scaleUp', validateScalingRules);
    within(check, behavior, 'scaleDown', validateScalingRules);
  });
}

function validateReplicas(spec: Mapping | undefined, check: Check): void {
  const min = numeric(spec, 'minReplicas') ?? 1;
  const max = numeric(spec, 'maxReplicas') ?? 0;
  // HPAScaleToZero, alpha since 1.16, on since 1.37.
  const lowest = check.minor >= 37 ? 0 : 1;
  const canStart = structs(spec, 'metrics').some((metric) => scalesFromZero.includes(text(metric, 'type')));
  if (min === 0 && lowest === 1 && canStart)
    gated(check, 'minReplicas', min, 'must be at least 1', 'HPAScaleToZero');
  else if (min < lowest) invalid(check, 'minReplicas', min, `must be at least ${lowest}`);
  if (min === 0 && lowest === 0 && !canStart)
    forbidden(check, 'metrics', 'must have an Object or External metric to scale to zero');
  if (max === 0) required(check, 'maxReplicas', 'must be at least 1');
  else if (max < 0) invalid(check, 'maxReplicas', max, 'must be at least 1');
  else if (max < min) invalid(check, 'maxReplicas', max, `must not be less than minReplicas (${min})`);
}

function validateReference(reference: Mapping | undefined, check: Check): void {
  for (const key of ['kind', 'name']) {
    const value = text(reference, key);
    if (value === '') required(check, key);
    else checkText(check, key, value, pathSegment);
  }
}

/** Looked at since 1.34; what is scaled must name its group, so that nothing of the core group can be. */
function validateApiVersion(reference: Mapping | undefined, check: Check, needsGroup: boolean): void {
  if (check.minor < 34) return;
  const apiVersion = text(reference, 'apiVersion');
  const slashes = apiVersion.split('/').length - 1;
  if (slashes > 1)
    invalid(check, 'apiVersion', apiVersion, 'must be a version, or a group, "/" and a version');
  else if (needsGroup && (slashes === 0 || apiVersion.startsWith('/')))
    invalid(check, 'apiVersion', apiVersion, 'must name the API group', 'such as apps/v1');
}

function validateMetric(metric: Mapping, check: Check): void {
  const type = text(metric, 'type');
  const expected = Object.hasOwn(sourceOf, type) ? ownOf(sourceOf, type) : undefined;
  if (type === '') required(check, 'type', `must be one of ${Object.keys(sourceOf).join(', ')}`);
  else if (expected === undefined) notSupported(check, 'type', type, Object.keys(sourceOf));
  const present = Object.values(sourceOf).filter((source) => has(metric, source));
  const [first] = present;
  if (first !== undefined) within(check, metric, first, (source) => validateSource(source, check, first));
  if (expected !== undefined && !has(metric, expected))
    required(check, expected, `must be set with type ${type}`);
  for (const source of present)
    if (source !== expected && (present.length > 1 || expected !== undefined))
      forbidden(check, source, `must not be set with type ${type}`);
}

function validateSource(source: Mapping, check: Check, kind: string): void {
  if (kind === 'object') {
    check.path.push('describedObject');
    validateReference(struct(source, 'describedObject'), check);
    validateApiVersion(struct(source, 'describedObject'), check, false);
    check.path.pop();
  }
  if (kind === 'resource' || kind === 'containerResource') validateResourceSource(source, check, kind);
  else validateIdentifier(source, check);
  validateTarget(source, check, kind);
}

function validateResourceSource(source: Mapping, check: Check, kind: string): void {
  const name = text(source, 'name');
  if (name === '') required(check, 'name', 'must be a resource such as cpu');
  if (kind === 'resource') return;
  if (name !== '') checkText(check, 'name', name, containerResourceName);
  const container = text(source, 'container');
  if (container === '') required(check, 'container');
  else checkText(check, 'container', container, dns1123Label);
}

function validateIdentifier(source: Mapping, check: Check): void {
  const metric = struct(source, 'metric');
  const name = text(metric, 'name');
  if (name === '') required(check, ['metric', 'name']);
  else checkText(check, ['metric', 'name'], name, pathSegment);
}

function validateTarget(source: Mapping, check: Check, kind: string): void {
  const target = struct(source, 'target');
  check.path.push('target');
  const type = text(target, 'type');
  if (type === '') required(check, 'type', 'must be Utilization, Value or AverageValue');
  else if (!['Utilization', 'Value', 'AverageValue'].includes(type))
    invalid(check, 'type', type, 'must be Utilization, Value or AverageValue');
  for (const key of ['value', 'averageValue'])
    if (has(target, key) && !isPositive(target?.[key]))
      invalid(check, key, target?.[key], 'must be greater than 0');
  const utilization = numeric(target, 'averageUtilization');
  if (utilization !== undefined && utilization < 1)
    invalid(check, 'averageUtilization', utilization, 'must be greater than 0');
  validateTargetCombination(target, check, kind);
  check.path.pop();
}

function validateTargetCombination(target: Mapping | undefined, check: Check, kind: string): void {
  const average = has(target, 'averageValue');
  if (kind === 'pods') {
    if (!average) required(check, 'averageValue');
    return;
  }
  const other = kind === 'resource' || kind === 'containerResource' ? 'averageUtilization' : 'value';
  if (!average && !has(target, other))
    required(
      check,
      other === 'value' ? 'averageValue' : other,
      other === 'value' ? 'must be set, or value' : 'must be set, or averageValue',
    );
  if (average && has(target, other) && kind !== 'object')
    forbidden(
      check,
      other === 'value' ? 'value' : 'averageValue',
      `must not be set together with ${other === 'value' ? 'averageValue' : other}`,
    );
}

function validateScalingRules(rules: Mapping, check: Check): void {
  inRange(check, rules, 'stabilizationWindowSeconds', 0, maxWindow);
  supported(check, 'selectPolicy', optionalText(rules, 'selectPolicy'), ['Disabled', 'Max', 'Min']);
  // Absent policies are filled in, an empty list is not.
  if (has(rules, 'policies') && items(rules, 'policies').length === 0)
    required(check, 'policies', 'must have at least one policy');
  each(check, rules, 'policies', (policy) => {
    supported(check, 'type', text(policy, 'type'), ['Percent', 'Pods']);
    const value = numeric(policy, 'value') ?? 0;
    if (value <= 0) invalid(check, 'value', value, 'must be greater than 0');
    const period = numeric(policy, 'periodSeconds') ?? 0;
    if (period <= 0 || period > maxPeriod)
      invalid(check, 'periodSeconds', period, `must be between 1 and ${maxPeriod}`);
  });
  if (check.minor >= 35 && (parseQuantity(rules['tolerance'])?.nanos ?? 0n) < 0n)
    invalid(check, 'tolerance', rules['tolerance'], 'must not be negative');
}

function isPositive(value: Value | undefined): boolean {
  const quantity = parseQuantity(value);
  return quantity === undefined || quantity.nanos > 0n;
}
