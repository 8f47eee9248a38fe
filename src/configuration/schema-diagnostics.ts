import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { Document } from '../source/document.ts';
import { ownOf } from '../source/own.ts';
import { childIndex, spanAt } from '../source/position.ts';
import {
  formatValue,
  isSequence,
  type Path,
  type PathElement,
  type Value,
  valueAt,
} from '../source/value.ts';
import { helpForVersion } from './kubernetes-versions.ts';
import { nearest } from './nearest.ts';
import type { SchemaError } from './validator.js';

/** The violations of schema/config.json as diagnostics at the offending keys. */
export function schemaDiagnostics(document: Document, errors: readonly SchemaError[]): Diagnostic[] {
  // `if` only repeats what `then` or `else` has already said, and what each way lacks `anyOf` and `oneOf` sum up.
  return errors
    .filter(({ keyword, schemaPath }) => keyword !== 'if' && !/\/(?:any|one)Of\//u.test(schemaPath))
    .map((error) => diagnosticOf(document, error));
}

function diagnosticOf(document: Document, error: SchemaError): Diagnostic {
  const path = pathOf(document, error.instancePath);
  const extra = error.params['additionalProperty'];
  const wording = wordingOf(document, path, error);
  return {
    rule: 'configuration-invalid',
    severity: 'error',
    ...wording,
    span:
      typeof extra === 'string' ? spanOf(document, [...path, extra], 'key') : spanOf(document, path, 'value'),
    related: [],
    unchecked: 'everything, because the configuration cannot be used',
  };
}

function wordingOf(document: Document, path: Path, error: SchemaError): { message: string; help: string } {
  const name =
    path.length === 0 ? 'the configuration' : String(path.findLast((step) => typeof step === 'string'));
  const { keyword, params } = error;
  switch (keyword) {
    case 'additionalProperties': {
      const key = word(params['additionalProperty']);
      const known = knownKeys(path);
      const close = nearest(key, known);
      return {
        message: `unknown key "${key}" in ${name}`,
        help: close === undefined ? `allowed keys are ${known.join(', ')}` : `did you mean "${close}"?`,
      };
    }
    case 'required':
      return {
        message: `${name} has no "${word(params['missingProperty'])}"`,
        help: `add "${word(params['missingProperty'])}"`,
      };
    case 'anyOf':
      return {
        message: 'an exclusion must specify what it excludes',
        help: 'add "file", "object" or "environment" next to "rule" and "reason"',
      };
    case 'oneOf':
      return {
        message: 'an entry of notJudged must have exactly one subject',
        help: 'add either "remote", "chart" or "plugin" next to "reason"',
      };
    case 'enum':
      if (path.at(-1) === 'kubernetesVersion') return versionWording(document, path);
      return {
        message: `${name} is not one of ${listOf(params['allowedValues'])}`,
        help: `write one of ${listOf(params['allowedValues'])}`,
      };
    case 'minItems':
      return { message: `${name} has too few entries`, help: `write ${word(params['limit'])} or more` };
    case 'pattern':
      return patternWording(name, path);
    default:
      return typeWording(document, path, name, word(params['type'] ?? ''));
  }
}

function patternWording(name: string, path: Path): { message: string; help: string } {
  if (path.at(-1) === 'expires')
    return { message: 'expires is not a date', help: 'write a date such as "2027-01-31"' };
  if (path.at(-1) === 'owner')
    return { message: 'the owner is empty', help: 'write who is responsible, or remove it' };
  if (path.at(-1) === 'reason')
    return { message: 'the reason is empty', help: 'write why the finding is accepted' };
  if (['baseline', 'profile', 'remote', 'chart', 'plugin'].includes(String(path.at(-1))))
    return { message: `${name} is empty`, help: 'write a value, or remove the entry' };
  if (path.at(-1) === 'object')
    return { message: 'object is not a reference', help: 'write "Kind/name" or "name"' };
  if (path.at(-2) === 'ignore')
    return {
      message: 'a pattern is empty or a comment',
      help: 'write a pattern as in .gitignore, such as "test/"',
    };
  if (path[0] === 'flux') return { message: 'version is not a version of Flux', help: 'write it as "2.9"' };
  return {
    message: `${name} contains an invalid name`,
    help: 'use lower-case letters, digits and "-"',
  };
}

function versionWording(document: Document, path: Path): { message: string; help: string } {
  const value = valueAt(document.value, path);
  if (typeof value === 'string')
    return { message: `Kubernetes "${value}" is not a supported version`, help: helpForVersion(value) };
  return typeWording(document, path, 'kubernetesVersion', 'string');
}

function typeWording(
  document: Document,
  path: Path,
  name: string,
  type: string,
): { message: string; help: string } {
  const value = valueAt(document.value, path);
  if (type === 'string' && (typeof value === 'number' || typeof value === 'boolean'))
    return { message: `${name} is a ${typeof value}, not a string`, help: 'put it in quotes' };
  const wanted: Readonly<Record<string, string>> = {
    object: 'a mapping',
    array: 'a list',
    string: 'text',
    boolean: 'true or false',
  };
  return {
    message: `${name} must be ${ownOf(wanted, type) ?? type}`,
    help: `write ${ownOf(wanted, type) ?? type} here`,
  };
}

const topKeys = [
  'kubernetesVersion',
  'appliedBy',
  'profile',
  'profiles',
  'thirdParty',
  'baseline',
  'environments',
  'ignore',
  'repositories',
  'flux',
  'requiredWorkloads',
  'provided',
  'privateRegistries',
  'argocd',
  'alternatives',
  'promotion',
  'remotes',
  'charts',
  'sourceHosts',
  'notJudged',
  'schemas',
  'inlineSuppressions',
  'requireSchemas',
  'looseSchemas',
  'rules',
  'exclusions',
  'acknowledged',
  'acknowledgeBy',
  'approvedDifferences',
];

const keysBySection: Readonly<Record<string, readonly string[]>> = {
  environments: ['root', 'requiredWorkloads', 'kubernetesVersion', 'appliedBy', 'production'],
  argocd: ['clusters'],
  flux: ['version', 'strictSubstitution'],
  provided: ['apiVersion', 'kind', 'name', 'namespace', 'keys'],
  alternatives: ['paths', 'reason'],
  looseSchemas: ['kind', 'apiVersion', 'reason'],
  profiles: ['extends', 'atMost', 'rules'],
  thirdParty: ['paths', 'labels', 'profile'],
  rules: ['severity', 'parameters'],
  exclusions: ['rule', 'file', 'object', 'environment', 'reason', 'expires', 'owner'],
  notJudged: ['remote', 'chart', 'plugin', 'reason', 'expires', 'owner'],
  acknowledged: ['rule', 'digest', 'object', 'clusters', 'reason', 'expires', 'owner'],
  approvedDifferences: ['property', 'service', 'environment', 'reason', 'expires', 'owner'],
};

/** The keys that schema/config.json knows at a path; a test compares them with it. */
export function knownKeys([section]: Path): readonly string[] {
  return section === undefined ? topKeys : (ownOf(keysBySection, String(section)) ?? []);
}

function listOf(values: unknown): string {
  return Array.isArray(values) ? values.map(word).join(', ') : word(values);
}

/** What ajv says of a schema of ours: names and numbers. */
function word(value: unknown): string {
  return typeof value === 'string' ? value : formatValue(value as Value);
}

/** ajv speaks JSON pointers; whether a digit is a key or an index the document itself says. */
function pathOf(document: Document, pointer: string): PathElement[] {
  const path: PathElement[] = [];
  for (const raw of pointer.split('/').slice(1)) {
    const step = raw.replaceAll('~1', '/').replaceAll('~0', '~');
    path.push(isSequence(valueAt(document.value, path)) ? Number(step) : step);
  }
  return path;
}

/** The span of the value at `path`; of a mapping or list its key. */
export function spanOf(document: Document, path: Path, part: 'key' | 'value'): Diagnostic['span'] {
  let index = 0;
  for (const step of path) {
    const child = childIndex(document.positions, index, step);
    if (child < 0) break;
    index = child;
  }
  const value = valueAt(document.value, path);
  const isContainer = typeof value === 'object' && value !== null;
  if (index === 0) return { ...spanAt(document.positions, 0), end: spanAt(document.positions, 0).start };
  const span = spanAt(document.positions, index, part === 'key' || isContainer ? 'key' : 'value');
  const newline = span.file.text.indexOf('\n', span.start);
  return newline < 0 || newline > span.end ? span : { ...span, end: newline };
}
