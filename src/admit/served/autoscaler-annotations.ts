import { parseQuantity } from '../../object/quantity.ts';
import {
  isMapping,
  isSequence,
  type Mapping,
  type MutableMapping,
  newMapping,
  type Value,
} from '../../source/value.ts';
import { canonicalQuantity } from './canonical-quantity.ts';
import { fields } from './draft.ts';

interface Kept {
  readonly metrics: readonly Mapping[];
  readonly behavior: Mapping | undefined;
}

export const metricsAnnotation = 'autoscaling.alpha.kubernetes.io/metrics';
export const behaviorAnnotation = 'autoscaling.alpha.kubernetes.io/behavior';

/** What annotations of an autoscaler of the first version say of metrics and behavior; what Go would not decode says nothing. */
export function metricsInAnnotations(annotations: Mapping): Kept {
  const metrics = jsonIn(annotations[metricsAnnotation]);
  const behavior = internalFields(jsonIn(annotations[behaviorAnnotation]) ?? null);
  const isList = isSequence(metrics) && metrics.every((one) => one === null || isOfShape(one, metricShape));
  const isBehavior = isOfShape(behavior, behaviorShape) && Object.keys(behavior).length > 0;
  return {
    metrics: isList ? metrics.map((one) => convertMetric(isMapping(one) ? one : newMapping())) : [],
    behavior: isBehavior ? behavior : undefined,
  };
}

type Shape = 'string' | 'integer' | 'quantity' | { readonly [key: string]: Shape } | readonly [Shape];

const labelSelector = {};
const reference: Shape = { kind: 'string', name: 'string', apiVersion: 'string' };
const resourceShape: Shape = {
  name: 'string',
  container: 'string',
  targetAverageUtilization: 'integer',
  targetAverageValue: 'quantity',
};

const metricShape: Shape = {
  type: 'string',
  object: {
    target: reference,
    metricName: 'string',
    targetValue: 'quantity',
    averageValue: 'quantity',
    selector: labelSelector,
  },
  pods: { metricName: 'string', targetAverageValue: 'quantity', selector: labelSelector },
  resource: resourceShape,
  containerResource: resourceShape,
  external: {
    metricName: 'string',
    metricSelector: labelSelector,
    targetValue: 'quantity',
    targetAverageValue: 'quantity',
  },
};

const scalingShape: Shape = {
  stabilizationWindowSeconds: 'integer',
  selectPolicy: 'string',
  tolerance: 'quantity',
  policies: [{ type: 'string', value: 'integer', periodSeconds: 'integer' }],
};
const behaviorShape: Shape = { scaleUp: scalingShape, scaleDown: scalingShape };

/** Whether Go's decoder takes a value; one field that it does not take makes it drop all. */
function isOfShape(value: Value, shape: Shape): value is Mapping {
  if (shape === 'string') return typeof value === 'string';
  if (shape === 'integer') return Number.isSafeInteger(value);
  if (shape === 'quantity') return parseQuantity(value) !== undefined;
  if (Array.isArray(shape)) return isSequence(value) && value.every((one) => isOfShape(one, shape[0]));
  if (!isMapping(value)) return false;
  return Object.entries(shape).every(([key, part]) => {
    const given = value[key];
    return given === undefined || given === null || isOfShape(given, part);
  });
}

function jsonIn(text: Value | undefined): Value | undefined {
  if (typeof text !== 'string') return undefined;
  try {
    return asValue(JSON.parse(text));
  } catch {
    return undefined;
  }
}

function asValue(json: unknown): Value {
  if (Array.isArray(json)) return json.map(asValue);
  if (typeof json !== 'object' || json === null) return json as Value;
  const made = newMapping();
  for (const [key, value] of Object.entries(json)) made[key] = asValue(value);
  return made;
}

const behaviorFields = [
  'scaleUp',
  'scaleDown',
  'stabilizationWindowSeconds',
  'selectPolicy',
  'policies',
  'tolerance',
];
const policyFields = ['type', 'value', 'periodSeconds'];
const byLowerCase = new Map([...behaviorFields, ...policyFields].map((name) => [name.toLowerCase(), name]));

/** The type inside has no names for JSON, and Go's decoder looks for fields without regard to case. */
function internalFields(value: Value): Value {
  if (isSequence(value)) return value.map(internalFields);
  if (!isMapping(value)) return value;
  const made = newMapping();
  for (const [key, part] of Object.entries(value)) {
    const name = byLowerCase.get(key.toLowerCase());
    if (name === undefined) continue;
    if (part === null) delete made[name];
    else made[name] = internalFields(part);
  }
  return made;
}

const sources = ['object', 'pods', 'resource', 'containerResource', 'external'] as const;

/** `Convert_v1_*MetricSource_To_autoscaling_*` of k8s.io/kubernetes 1.36. */
function convertMetric(metric: Mapping): Mapping {
  const made = fields({ type: metric['type'] ?? '' });
  for (const name of sources) {
    const source = metric[name];
    if (isMapping(source)) made[name] = convertSource(name, source);
  }
  return made;
}

function convertSource(name: (typeof sources)[number], source: Mapping): Mapping {
  switch (name) {
    case 'object':
      return fields({
        describedObject: referenceOf(source['target']),
        target: objectTarget(source),
        metric: metricOf(source, 'selector'),
      });
    case 'pods': {
      const averageValue = amount(source['targetAverageValue']) ?? '0';
      return fields({
        metric: metricOf(source, 'selector'),
        target: fields({ type: 'AverageValue', averageValue }),
      });
    }
    case 'external':
      return fields({
        metric: metricOf(source, 'metricSelector'),
        target: targetOf({ value: source['targetValue'], averageValue: source['targetAverageValue'] }),
      });
    default:
      return resourceSource(source);
  }
}

function resourceSource(source: Mapping): Mapping {
  const { name = '', container } = source;
  const averageUtilization = source['targetAverageUtilization'];
  const target = targetOf({ averageUtilization, averageValue: source['targetAverageValue'] });
  return fields({ name, ...(container === undefined ? {} : { container }), target });
}

function objectTarget(source: Mapping): Mapping {
  const { averageValue } = source;
  const value = amount(source['targetValue']) ?? '0';
  // The first version cannot leave the value out, and 0 next to an average says nothing.
  if (averageValue === undefined || averageValue === null) return targetOf({ value });
  return targetOf({ averageValue, value: value === '0' ? undefined : value }, 'AverageValue');
}

type Target = { readonly [key in 'value' | 'averageValue' | 'averageUtilization']?: Value | undefined };

function targetOf({ value, averageValue, averageUtilization }: Target, given?: string): Mapping {
  const known = [
    ['value', amount(value)],
    ['averageValue', amount(averageValue)],
    ['averageUtilization', averageUtilization ?? undefined],
  ] as const;
  const said =
    value !== undefined ? 'Value' : averageUtilization !== undefined ? 'Utilization' : 'AverageValue';
  const made: MutableMapping = fields({ type: given ?? said });
  for (const [name, one] of known) if (one !== undefined) made[name] = one;
  return made;
}

function amount(value: Value | undefined): Value | undefined {
  return value === undefined || value === null ? undefined : canonicalQuantity(value);
}

function metricOf(source: Mapping, selectorField: string): Mapping {
  const selector = source[selectorField];
  const name = source['metricName'] ?? '';
  return fields({ name, ...(isMapping(selector) ? { selector } : {}) });
}

function referenceOf(target: Value | undefined): Mapping {
  const { kind = '', name = '', apiVersion } = isMapping(target) ? target : newMapping();
  return fields({ kind, name, ...(apiVersion === undefined || apiVersion === '' ? {} : { apiVersion }) });
}
