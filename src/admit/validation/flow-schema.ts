import { ownOf } from '../../source/own.ts';
import type { Mapping } from '../../source/value.ts';
import {
  type Check,
  each,
  eachText,
  forbidden,
  invalid,
  notSupported,
  required,
  requireTexts,
  within,
} from './check.ts';
import { flag, has, isEmpty, numeric, struct, text, texts } from './fields.ts';
import { validateMetadata } from './metadata.ts';
import { checkText, dns1123Label, dns1123Subdomain } from './names.ts';

const verbs = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'proxy', 'update', 'watch'];
const subjects: Readonly<Record<string, string>> = {
  Group: 'group',
  ServiceAccount: 'serviceAccount',
  User: 'user',
};
const highestPrecedence = 10_000;

export function validateFlowSchema(schema: Mapping, check: Check): void {
  validateMetadata(schema, check, { namespaced: false, name: dns1123Subdomain });
  const spec = struct(schema, 'spec');
  check.path.push('spec');
  validatePrecedence(spec, text(struct(schema, 'metadata'), 'name'), check);
  within(check, spec, 'distinguisherMethod', (method) => {
    const type = text(method, 'type');
    if (type !== 'ByUser' && type !== 'ByNamespace')
      notSupported(check, 'type', type, ['ByNamespace', 'ByUser']);
  });
  const level = text(struct(spec, 'priorityLevelConfiguration'), 'name');
  if (level === '') required(check, ['priorityLevelConfiguration', 'name'], 'must name a priority level');
  else checkText(check, ['priorityLevelConfiguration', 'name'], level, dns1123Subdomain);
  each(check, spec, 'rules', validateFlowRule);
  check.path.pop();
}

function validatePrecedence(spec: Mapping | undefined, name: string, check: Check): void {
  // The default is 1000; null and an absent field get it, 0 too.
  const precedence = numeric(spec, 'matchingPrecedence') || 1000;
  if (precedence < 0 || precedence > highestPrecedence)
    invalid(check, 'matchingPrecedence', precedence, `must be between 1 and ${highestPrecedence}`);
  else if (precedence === 1 && name !== 'exempt')
    invalid(check, 'matchingPrecedence', precedence, 'only the schema named exempt may have 1');
}

function validateFlowRule(rule: Mapping, check: Check): void {
  if (isEmpty(rule, 'subjects')) required(check, 'subjects', 'must have at least one item');
  each(check, rule, 'subjects', validateSubject);
  if (isEmpty(rule, 'resourceRules') && isEmpty(rule, 'nonResourceRules'))
    required(check, [], 'must have resourceRules or nonResourceRules');
  each(check, rule, 'resourceRules', validateResourceRule);
  each(check, rule, 'nonResourceRules', (item) => {
    validateVerbs(item, check);
    if (validateStar(item, 'nonResourceURLs', check, true)) return;
    eachText(check, item, 'nonResourceURLs', (url, _, index) => {
      const problem = urlProblem(url);
      if (problem !== undefined) invalid(check, index, url, problem);
    });
  });
}

function validateSubject(subject: Mapping, check: Check): void {
  const kind = text(subject, 'kind');
  const own = ownOf(subjects, kind);
  if (own === undefined || !Object.hasOwn(subjects, kind)) {
    notSupported(check, 'kind', kind, Object.keys(subjects));
    return;
  }
  for (const key of Object.values(subjects))
    if (key !== own && has(subject, key))
      forbidden(check, key, `must not be set together with kind: ${kind}`);
  if (!has(subject, own)) required(check, own, `must be set for kind: ${kind}`);
  within(check, subject, own, (value) => {
    requireTexts(value, check, 'name');
    if (own !== 'serviceAccount') return;
    const name = text(value, 'name');
    if (name !== '' && name !== '*') checkText(check, 'name', name, dns1123Subdomain);
    requireTexts(value, check, 'namespace');
    const namespace = text(value, 'namespace');
    if (namespace !== '') checkText(check, 'namespace', namespace, dns1123Label);
  });
}

function validateResourceRule(rule: Mapping, check: Check): void {
  validateVerbs(rule, check);
  validateStar(rule, 'apiGroups', check, true);
  validateStar(rule, 'resources', check, true);
  if (validateStar(rule, 'namespaces', check, flag(rule, 'clusterScope') !== true)) return;
  eachText(check, rule, 'namespaces', (name, _, index) => checkText(check, index, name, dns1123Label));
}

function validateVerbs(rule: Mapping, check: Check): void {
  if (validateStar(rule, 'verbs', check, true)) return;
  const odd = texts(rule, 'verbs').find((verb) => !verbs.includes(verb));
  if (odd !== undefined) notSupported(check, 'verbs', odd, verbs);
}

/** Checks a list of which "*" may be the only item; whether "*" stands in it. */
function validateStar(rule: Mapping, key: string, check: Check, isRequired: boolean): boolean {
  const values = texts(rule, key);
  const hasStar = values.includes('*');
  if (values.length === 0 && isRequired) required(check, key, 'must have at least one item');
  if (hasStar && values.length > 1)
    invalid(check, key, [...values], '"*" must be the only item', 'write ["*"]');
  return hasStar;
}

function urlProblem(url: string): string | undefined {
  if (url === '/') return undefined;
  if (!url.startsWith('/')) return 'must begin with "/"';
  if (url.includes(' ')) return 'must not contain spaces';
  if (url.includes('//')) return 'must not contain "//"';
  const stars = url.split('*').length - 1;
  return stars === 0 || (stars === 1 && url.endsWith('/*')) ? undefined : '"*" may only be at the end';
}
