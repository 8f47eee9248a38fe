import { spendEffort } from '../source/effort.ts';
import { isMapping, isSequence, type Mapping, newMapping, type Value, valueAt } from '../source/value.ts';
import { valueText } from '../source/value-text.ts';

/** The labels of an object; none where it has no mapping of them. */
export function labelsOf(object: Mapping | undefined): Mapping {
  const labels = valueAt(object, ['metadata', 'labels']);
  return isMapping(labels) ? labels : newMapping();
}

/** Whether labels have every pair of a Service's selector or of matchLabels. */
export function matchesPairs(selector: Mapping | undefined, labels: Mapping | undefined): boolean {
  return Object.keys(selector ?? {}).every((key) => hasPair(labels, key, selector?.[key]));
}

/** Each pair of labels, or of a selector, as one text: equal for what matches. */
export function pairKeys(labels: Mapping): string[] {
  return Object.keys(labels).map((key) => `${key}\0${textOf(labels[key])}`);
}

/** The keys of a selector whose value the labels do not have. */
export function missingPairs(selector: Mapping, labels: Mapping): string[] {
  return Object.keys(selector).filter((key) => !hasPair(labels, key, selector[key]));
}

/**
 * Whether labels satisfy a LabelSelector (meta/v1 helpers.go, labels/selector.go of apimachinery 0.36): none selects nothing, an
 * empty one everything, one with an operator that there is not cannot be used. Whoever takes none for an empty one says so.
 */
export function matchesSelector(selector: Value | undefined, labels: Mapping | undefined): boolean {
  spendEffort(2);
  if (!isMapping(selector)) return false;
  const { matchLabels, matchExpressions } = selector;
  if (isMapping(matchLabels) && !matchesPairs(matchLabels, labels)) return false;
  return !isSequence(matchExpressions) || matchExpressions.every((one) => satisfies(one, labels));
}

function satisfies(requirement: Value, labels: Mapping | undefined): boolean {
  if (!isMapping(requirement)) return false;
  const own = labelAt(labels, textOf(requirement['key']));
  const values = isSequence(requirement['values']) ? requirement['values'] : [];
  const isListed = own !== undefined && values.some((value) => textOf(value) === own);
  switch (requirement['operator']) {
    case 'In':
      return isListed;
    case 'NotIn':
      return !isListed;
    case 'Exists':
      return own !== undefined;
    case 'DoesNotExist':
      return own === undefined;
    default:
      return false;
  }
}

function hasPair(labels: Mapping | undefined, key: string, value: Value | undefined): boolean {
  return labelAt(labels, key) === textOf(value);
}

function labelAt(labels: Mapping | undefined, key: string): string | undefined {
  return labels !== undefined && Object.hasOwn(labels, key) ? textOf(labels[key]) : undefined;
}

/** A value as the server decodes it into a map of texts: null is the empty one; of another type there is none that is admitted. */
function textOf(value: Value | undefined): string {
  return typeof value === 'string' ? value : valueText(value ?? '');
}
