import { type Mapping, newMapping, noFields } from '../../source/value.ts';
import { type Check, duplicate, each, forbidden, invalid, required, requireOneOf, within } from './check.ts';
import { validateSchema } from './custom-resource-schema.ts';
import { flag, has, isEmpty, optionalText, struct, structs, text, texts } from './fields.ts';
import { validateMetadata } from './metadata.ts';
import { checkText, dns1035Label, dns1123Subdomain } from './names.ts';
import { schemaAtPath } from './schema-path.ts';
import { validateWebhookClient } from './webhook-client.ts';
import { validateReviewVersions } from './webhook-configuration.ts';

const columnTypes = ['boolean', 'date', 'integer', 'number', 'string'];
const columnFormats = ['byte', 'date', 'date-time', 'double', 'float', 'int32', 'int64', 'password'];
const approval = 'api-approved.kubernetes.io';
const protectedGroup = /(?:^|\.)(?:k8s|kubernetes)\.io$/;
const maxSelectableFields = 8;

export function validateCustomResourceDefinition(definition: Mapping, check: Check): void {
  validateMetadata(definition, check, { namespaced: false, name: dns1123Subdomain, anyFinalizer: true });
  const spec = struct(definition, 'spec') ?? newMapping();
  reportName(definition, spec, check);
  check.path.push('spec');
  validateGroup(spec, check);
  requireOneOf(check, 'scope', text(spec, 'scope'), ['Cluster', 'Namespaced']);
  if (flag(spec, 'preserveUnknownFields') === true)
    invalid(
      check,
      'preserveUnknownFields',
      true,
      'must be false in v1',
      'use x-kubernetes-preserve-unknown-fields in the schema',
    );
  validateKindNames(spec, check);
  validateVersions(spec, check);
  within(check, spec, 'conversion', validateConversion);
  check.path.pop();
  reportApproval(definition, spec, check);
}

function reportName(definition: Mapping, spec: Mapping, check: Check): void {
  const name = text(struct(definition, 'metadata'), 'name');
  const expected = `${text(struct(spec, 'names'), 'plural')}.${text(spec, 'group')}`;
  if (name !== '' && name !== expected)
    invalid(
      check,
      ['metadata', 'name'],
      name,
      'must be the plural name, "." and the group',
      `write ${expected}`,
    );
}

/** Groups of Kubernetes itself need the link to their review. */
function reportApproval(definition: Mapping, spec: Mapping, check: Check): void {
  if (!protectedGroup.test(text(spec, 'group'))) return;
  const at = ['metadata', 'annotations', approval];
  const value = optionalText(struct(struct(definition, 'metadata'), 'annotations'), approval);
  if (value === undefined || value === '')
    required(check, at, `must be set for the group ${text(spec, 'group')}, which belongs to Kubernetes`);
  else if (!value.startsWith('unapproved') && !/^[a-z][a-z0-9+.-]*:\/\/[^/]+/i.test(value))
    invalid(check, at, value, 'must be the URL of the review, or begin with "unapproved"');
}

function validateGroup(spec: Mapping, check: Check): void {
  const group = text(spec, 'group');
  if (group === '') required(check, 'group');
  else if (dns1123Subdomain(group) !== undefined) checkText(check, 'group', group, dns1123Subdomain);
  else if (!group.includes('.')) invalid(check, 'group', group, 'must be a domain with at least one dot');
}

function validateKindNames(spec: Mapping, check: Check): void {
  const names = struct(spec, 'names');
  check.path.push('names');
  for (const key of ['plural', 'kind']) if (text(names, key) === '') required(check, key);
  for (const key of ['plural', 'singular'])
    if (text(names, key) !== '') checkText(check, key, text(names, key), dns1035Label);
  for (const key of ['kind', 'listKind'])
    if (text(names, key) !== '' && dns1035Label(text(names, key).toLowerCase()) !== undefined)
      invalid(check, key, text(names, key), 'must be letters, digits and "-", beginning with a letter');
  if (text(names, 'kind') !== '' && text(names, 'kind') === text(names, 'listKind'))
    invalid(check, 'listKind', text(names, 'listKind'), 'must differ from kind');
  for (const list of ['shortNames', 'categories'])
    texts(names, list).forEach((name, index) => {
      checkText(check, [list, index], name, dns1035Label);
    });
  check.path.pop();
}

function validateVersions(spec: Mapping, check: Check): void {
  const names = new Set<string>();
  each(check, spec, 'versions', (version) => {
    const name = text(version, 'name');
    checkText(check, 'name', name, dns1035Label);
    if (names.has(name)) duplicate(check, 'name', name, `there is already a version "${name}"`);
    names.add(name);
    validateVersion(version, check);
  });
  const stored = structs(spec, 'versions').filter((version) => flag(version, 'storage') === true).length;
  if (stored !== 1)
    invalid(check, 'versions', undefined, `exactly one version must have storage: true, not ${stored}`);
}

function validateVersion(version: Mapping, check: Check): void {
  const warning = optionalText(version, 'deprecationWarning');
  if (warning !== undefined && flag(version, 'deprecated') !== true)
    invalid(
      check,
      'deprecationWarning',
      warning,
      'is allowed only for deprecated versions',
      'write deprecated: true',
    );
  else if (warning !== undefined && (warning === '' || warning.length > 256 || /\p{C}/u.test(warning)))
    invalid(check, 'deprecationWarning', warning, 'must be 1 to 256 printable characters');
  const schema = struct(struct(version, 'schema'), 'openAPIV3Schema');
  check.path.push('schema');
  if (schema === undefined)
    required(
      check,
      'openAPIV3Schema',
      'must be set; {type: object, x-kubernetes-preserve-unknown-fields: true} accepts everything',
    );
  else
    within(check, struct(version, 'schema'), 'openAPIV3Schema', (root) =>
      validateSchema(root, check, has(struct(version, 'subresources'), 'status')),
    );
  check.path.pop();
  within(check, version, 'subresources', (subresources) =>
    within(check, subresources, 'scale', validateScale),
  );
  each(check, version, 'additionalPrinterColumns', validateColumn);
  validateSelectableFields(version, check);
}

function validateScale(scale: Mapping, check: Check): void {
  reportScalePath(scale, 'specReplicasPath', ['.spec.'], check);
  reportScalePath(scale, 'statusReplicasPath', ['.status.'], check);
  if (text(scale, 'labelSelectorPath') !== '')
    reportScalePath(scale, 'labelSelectorPath', ['.spec.', '.status.'], check);
}

function reportScalePath(scale: Mapping, key: string, prefixes: readonly string[], check: Check): void {
  const path = text(scale, key);
  if (path === '') required(check, key);
  else if (!prefixes.some((prefix) => path.startsWith(prefix)))
    invalid(check, key, path, `must begin with ${prefixes.join(' or ')}`);
}

function validateColumn(column: Mapping, check: Check): void {
  if (text(column, 'name') === '') required(check, 'name');
  requireOneOf(check, 'type', text(column, 'type'), columnTypes);
  const format = text(column, 'format');
  if (format !== '' && !columnFormats.includes(format))
    invalid(check, 'format', format, `must be one of ${columnFormats.join(', ')}`);
  const path = text(column, 'jsonPath');
  if (path === '') required(check, 'jsonPath');
  else if (!path.startsWith('.')) invalid(check, 'jsonPath', path, 'must begin with "."', `write ".${path}"`);
}

function validateSelectableFields(version: Mapping, check: Check): void {
  const schema = struct(struct(version, 'schema'), 'openAPIV3Schema') ?? noFields;
  const seen = new Set<string>();
  each(check, version, 'selectableFields', (selectable) => {
    const path = text(selectable, 'jsonPath');
    const problem = selectableProblem(schema, path);
    if (path === '') required(check, 'jsonPath');
    else if (problem !== undefined) invalid(check, 'jsonPath', path, problem);
    if (seen.has(path)) duplicate(check, 'jsonPath', path);
    seen.add(path);
  });
  if (seen.size > maxSelectableFields)
    invalid(check, 'selectableFields', seen.size, `must have at most ${maxSelectableFields} items`);
}

function selectableProblem(schema: Mapping, path: string): string | undefined {
  const found = schemaAtPath(schema, path, false);
  if (path.startsWith('.metadata')) return 'must not be a field of the metadata';
  if (found === undefined) return 'must be the path of a field of the schema, such as .spec.color';
  const isScalar = ['string', 'boolean', 'integer'].includes(text(found, 'type'));
  return isScalar ? undefined : 'must be a field of type string, boolean or integer';
}

function validateConversion(conversion: Mapping, check: Check): void {
  const strategy = text(conversion, 'strategy');
  requireOneOf(check, 'strategy', strategy, ['None', 'Webhook']);
  const webhook = struct(conversion, 'webhook');
  if (strategy !== 'Webhook') {
    if (webhook !== undefined) forbidden(check, 'webhook', 'needs strategy: Webhook');
    return;
  }
  if (isEmpty(webhook, 'clientConfig'))
    required(check, ['webhook', 'clientConfig'], 'must be set with strategy Webhook');
  else
    within(check, conversion, 'webhook', (config) => {
      validateWebhookClient(config, 'clientConfig', check);
      validateReviewVersions(config, 'conversionReviewVersions', check);
    });
}
