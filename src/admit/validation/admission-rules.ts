import type { Mapping } from '../../source/value.ts';
import {
  type Check,
  duplicate,
  each,
  eachText,
  invalid,
  notSupported,
  required,
  supported,
  tooMany,
} from './check.ts';
import { items, optionalText, text, texts } from './fields.ts';
import { validateLabelSelector } from './label-selector.ts';
import { checkText, pathSegment, qualifiedName } from './names.ts';

const operations = ['*', 'CONNECT', 'CREATE', 'DELETE', 'UPDATE'];
const maxMatchConditions = 64;

/** Checks a rule that says which requests are meant: of a webhook, or of a policy's resourceRules. */
export function validateRule(rule: Mapping, check: Check): void {
  validateStarList(rule, 'operations', check);
  eachText(check, rule, 'operations', (operation, _, index) => {
    if (!operations.includes(operation)) notSupported(check, index, operation, operations);
  });
  validateStarList(rule, 'apiGroups', check);
  validateStarList(rule, 'apiVersions', check);
  eachText(check, rule, 'apiVersions', (version, _, index) => {
    if (version === '') required(check, index);
  });
  validateResourceList(rule, check);
  supported(check, 'scope', optionalText(rule, 'scope'), ['*', 'Cluster', 'Namespaced']);
}

/** Checks MatchResources: `matchConstraints` of a policy, `matchResources` of a binding. */
export function validateMatchResources(match: Mapping, check: Check): void {
  supported(check, 'matchPolicy', optionalText(match, 'matchPolicy'), ['Equivalent', 'Exact']);
  validateLabelSelector(match, 'namespaceSelector', check);
  validateLabelSelector(match, 'objectSelector', check);
  for (const list of ['resourceRules', 'excludeResourceRules'])
    each(check, match, list, (rule) => {
      const names = new Set<string>();
      eachText(check, rule, 'resourceNames', (name, _, index) => {
        checkText(check, index, name, pathSegment);
        if (names.has(name)) duplicate(check, index, name);
        names.add(name);
      });
      validateRule(rule, check);
    });
}

/** Checks the names of `matchConditions` and hands each expression on to whom it concerns. */
export function validateMatchConditions(
  parent: Mapping,
  check: Check,
  validateExpression?: (text: string, check: Check, at: string) => void,
): void {
  const count = items(parent, 'matchConditions').length;
  if (count > maxMatchConditions) tooMany(check, 'matchConditions', count, maxMatchConditions);
  const names = new Set<string>();
  each(check, parent, 'matchConditions', (condition) => {
    const name = text(condition, 'name');
    if (name === '') required(check, 'name');
    else {
      checkText(check, 'name', name, qualifiedName);
      if (names.has(name)) duplicate(check, 'name', name);
    }
    names.add(name);
    const expression = text(condition, 'expression').trim();
    if (expression === '') required(check, 'expression');
    else validateExpression?.(expression, check, 'expression');
  });
}

function validateStarList(rule: Mapping, list: string, check: Check): void {
  const values = items(rule, list);
  if (values.length === 0) required(check, list, 'must have at least one item');
  if (values.length > 1 && values.includes('*'))
    invalid(check, list, values, '"*" must be the only item', 'write ["*"]');
}

function validateResourceList(rule: Mapping, check: Check): void {
  const resources = texts(rule, 'resources');
  if (resources.length === 0) required(check, 'resources', 'must have at least one item');
  const wholeResources = new Set<string>();
  const wholeSubresources = new Set<string>();
  resources.forEach((resource, index) => {
    const slash = resource.indexOf('/');
    if (resource === '') required(check, ['resources', index]);
    if (slash < 0) return;
    const name = resource.slice(0, slash);
    const subresource = resource.slice(slash + 1);
    if (wholeResources.has(name))
      invalid(check, ['resources', index], resource, `"${name}/*" is already in the list`);
    if (wholeSubresources.has(subresource))
      invalid(check, ['resources', index], resource, `"*/${subresource}" is already in the list`);
    if (subresource === '*') wholeResources.add(name);
    if (name === '*') wholeSubresources.add(subresource);
  });
  if (resources.length > 1 && resources.includes('*/*'))
    invalid(check, 'resources', resources, '"*/*" must be the only item');
  if (resources.includes('*') && resources.some((resource) => resource !== '*' && !resource.includes('/')))
    invalid(
      check,
      'resources',
      resources,
      '"*" must not be set together with other resources',
      'write ["*"]',
    );
}
