import type { Mapping } from '../../source/value.ts';
import { type Check, each, eachText, forbidden, invalid, required, within } from './check.ts';
import { has, isEmpty, items, numeric, struct, structs, text } from './fields.ts';
import { validateLabelSelector } from './label-selector.ts';
import { checkText, dns1123Label, dns1123Subdomain, labelValue, qualifiedName } from './names.ts';

const requiredTerms = 'requiredDuringSchedulingIgnoredDuringExecution';
const preferredTerms = 'preferredDuringSchedulingIgnoredDuringExecution';

/** Checks `affinity` of a pod. */
export function validateAffinity(spec: Mapping, check: Check, podLabels: Mapping | undefined): void {
  within(check, spec, 'affinity', (affinity) => {
    within(check, affinity, 'nodeAffinity', validateNodeAffinity);
    within(check, affinity, 'podAffinity', (terms) => validatePodAffinity(terms, check, podLabels));
    within(check, affinity, 'podAntiAffinity', (terms) => validatePodAffinity(terms, check, podLabels));
  });
}

/** Checks a NodeSelector that the path stands at. */
export function validateNodeSelector(selector: Mapping, check: Check): void {
  if (isEmpty(selector, 'nodeSelectorTerms'))
    required(check, 'nodeSelectorTerms', 'must have at least one term');
  each(check, selector, 'nodeSelectorTerms', (term) => validateNodeSelectorTerm(term, check, true));
}

/**
 * Checks `matchLabelKeys` and `mismatchLabelKeys` beside the label selector that they extend. In a Pod itself, not in a
 * template, the API server has added its labels of these keys to the selector before.
 */
export function validateMatchLabelKeys(parent: Mapping, check: Check, podLabels: Mapping | undefined): void {
  const selector = struct(parent, 'labelSelector');
  for (const list of ['matchLabelKeys', 'mismatchLabelKeys']) {
    if (isEmpty(parent, list)) continue;
    if (selector === undefined) forbidden(check, list, 'needs a labelSelector');
    else eachText(check, parent, list, (key, _, index) => checkText(check, index, key, qualifiedName));
  }
  reportSelectedTwice(parent, check, selector, podLabels);
}

function reportSelectedTwice(
  parent: Mapping,
  check: Check,
  selector: Mapping | undefined,
  podLabels: Mapping | undefined,
): void {
  const mismatched = items(parent, 'mismatchLabelKeys');
  const selected = structs(selector, 'matchExpressions').map((expression) => text(expression, 'key'));
  const labels = struct(selector, 'matchLabels');
  eachText(check, parent, 'matchLabelKeys', (key, _, index) => {
    if (mismatched.includes(key)) invalid(check, index, key, 'is also in mismatchLabelKeys');
    const count =
      selected.filter((other) => other === key).length +
      Number(labels !== undefined && Object.hasOwn(labels, key));
    const added = podLabels !== undefined && Object.hasOwn(podLabels, key) ? 1 : 0;
    if (count + added > 1) invalid(check, index, key, 'is also in the labelSelector');
  });
}

function validateNodeAffinity(affinity: Mapping, check: Check): void {
  within(check, affinity, requiredTerms, validateNodeSelector);
  each(check, affinity, preferredTerms, (term) => {
    validateWeight(term, check);
    within(check, term, 'preference', (preference) => validateNodeSelectorTerm(preference, check, false));
  });
}

function validatePodAffinity(affinity: Mapping, check: Check, podLabels: Mapping | undefined): void {
  each(check, affinity, requiredTerms, (term) => validatePodAffinityTerm(term, check, podLabels));
  each(check, affinity, preferredTerms, (weighted) => {
    validateWeight(weighted, check);
    if (has(weighted, 'podAffinityTerm'))
      within(check, weighted, 'podAffinityTerm', (term) => validatePodAffinityTerm(term, check, podLabels));
    else required(check, ['podAffinityTerm', 'topologyKey'], 'must be set');
  });
}

function validatePodAffinityTerm(term: Mapping, check: Check, podLabels: Mapping | undefined): void {
  validateLabelSelector(term, 'labelSelector', check);
  validateLabelSelector(term, 'namespaceSelector', check);
  eachText(check, term, 'namespaces', (name, _, index) => checkText(check, index, name, dns1123Label));
  // Dropped unread before 1.31.
  if (check.minor >= 31) validateMatchLabelKeys(term, check, podLabels);
  const topologyKey = text(term, 'topologyKey');
  if (topologyKey === '')
    required(check, 'topologyKey', 'must be set, for example to kubernetes.io/hostname');
  else checkText(check, 'topologyKey', topologyKey, qualifiedName);
}

function validateWeight(term: Mapping, check: Check): void {
  const weight = numeric(term, 'weight') ?? 0;
  if (weight < 1 || weight > 100) invalid(check, 'weight', weight, 'must be between 1 and 100');
}

function validateNodeSelectorTerm(term: Mapping, check: Check, strictValues: boolean): void {
  each(check, term, 'matchExpressions', (requirement) =>
    validateNodeRequirement(requirement, check, strictValues),
  );
  each(check, term, 'matchFields', validateNodeField);
}

function validateNodeRequirement(requirement: Mapping, check: Check, strictValues: boolean): void {
  const operator = text(requirement, 'operator');
  const count = items(requirement, 'values').length;
  if (operator === 'In' || operator === 'NotIn') {
    if (count === 0) required(check, 'values', `must have an item with operator ${operator}`);
  } else if (operator === 'Exists' || operator === 'DoesNotExist') {
    if (count > 0) forbidden(check, 'values', `must be empty with operator ${operator}`);
  } else if (operator === 'Gt' || operator === 'Lt') {
    if (count !== 1) required(check, 'values', `must have one item with operator ${operator}`);
  } else invalid(check, 'operator', operator, 'must be one of In, NotIn, Exists, DoesNotExist, Gt, Lt');
  checkText(check, 'key', text(requirement, 'key'), qualifiedName);
  if (strictValues)
    eachText(check, requirement, 'values', (value, _, index) => checkText(check, index, value, labelValue));
}

function validateNodeField(requirement: Mapping, check: Check): void {
  const operator = text(requirement, 'operator');
  if (operator !== 'In' && operator !== 'NotIn') invalid(check, 'operator', operator, 'must be In or NotIn');
  else if (items(requirement, 'values').length !== 1) required(check, 'values', 'must have exactly one item');
  const key = text(requirement, 'key');
  if (key !== 'metadata.name')
    invalid(check, 'key', key, 'only metadata.name can be matched', 'write metadata.name');
  else
    eachText(check, requirement, 'values', (value, _, index) =>
      checkText(check, index, value, dns1123Subdomain),
    );
}
