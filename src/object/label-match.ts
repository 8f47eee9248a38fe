import { isMapping, isSequence, type Mapping, newMapping, type Value, valueAt } from '../source/value.ts';

/** The labels of an object; none where it has no mapping of them. */
export function labelsOf(object: Mapping): Mapping {
  const labels = valueAt(object, ['metadata', 'labels']);
  return isMapping(labels) ? labels : newMapping();
}

/** Whether labels have every pair of a Service's selector. */
export function matchesPairs(selector: Mapping, labels: Mapping): boolean {
  return Object.keys(selector).every((key) => hasPair(labels, key, selector[key]));
}

/** The keys of a selector whose value the labels do not have. */
export function missingPairs(selector: Mapping, labels: Mapping): string[] {
  return Object.keys(selector).filter((key) => !hasPair(labels, key, selector[key]));
}

/** Whether labels satisfy a LabelSelector; an empty one matches everything. */
export function matchesSelector(selector: Value | undefined, labels: Mapping): boolean {
  if (!isMapping(selector)) return false;
  const { matchLabels, matchExpressions } = selector;
  if (isMapping(matchLabels) && !matchesPairs(matchLabels, labels)) return false;
  return !isSequence(matchExpressions) || matchExpressions.every((one) => satisfies(one, labels));
}

function satisfies(requirement: Value, labels: Mapping): boolean {
  if (!isMapping(requirement)) return false;
  const key = String(requirement['key']);
  const has = Object.hasOwn(labels, key);
  const values = isSequence(requirement['values']) ? requirement['values'] : [];
  switch (requirement['operator']) {
    case 'In':
      return has && values.includes(labels[key] ?? null);
    case 'NotIn':
      return !has || !values.includes(labels[key] ?? null);
    case 'Exists':
      return has;
    case 'DoesNotExist':
      return !has;
    default:
      return false;
  }
}

function hasPair(labels: Mapping, key: string, value: Value | undefined): boolean {
  return Object.hasOwn(labels, key) && labels[key] === value;
}
