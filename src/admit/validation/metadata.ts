import { isMapping, type Mapping } from '../../source/value.ts';
import { type Check, each, eachText, invalid, required, tooLong, within } from './check.ts';
import { entryText, flag, items, struct, text } from './fields.ts';
import { checkText, dns1123Label, labelValue, pathSegment, qualifiedName, type TextRule } from './names.ts';

/** What a kind asks of its metadata beyond what all objects share. */
export interface MetadataRules {
  readonly namespaced: boolean;
  readonly name: TextRule;
  /** The API server names such an object itself where its author did not. */
  readonly nameOptional?: boolean;
  /** Kinds outside the core validation package take a finalizer without a domain. */
  readonly anyFinalizer?: boolean;
}

const annotationsLimit = 256 * 1024;
const standardFinalizers = ['orphan', 'foregroundDeletion', 'kubernetes'];
const generatedSuffix = 'xxxxx';
const longestGeneratedBase = 58;

/** Checks `metadata` as a create would. A missing namespace is fine: the request's namespace fills it. */
export function validateMetadata(object: Mapping, check: Check, rules: MetadataRules): void {
  const metadata = struct(object, 'metadata');
  check.path.push('metadata');
  validateName(metadata, check, rules);
  validateNamespace(metadata, check, rules);
  validateResourceVersion(metadata, check);
  validateLabels(metadata, 'labels', check);
  validateAnnotations(metadata, check);
  validateOwnerReferences(metadata, check);
  validateFinalizers(metadata, check, rules);
  check.path.pop();
}

/** Checks the labels of a pod or claim template: no name, but the same keys and values. */
export function validateTemplateMetadata(template: Mapping | undefined, check: Check): void {
  within(check, template, 'metadata', (metadata) => {
    validateLabels(metadata, 'labels', check);
    validateAnnotations(metadata, check);
  });
}

/** Checks a map of labels (`labels`, `matchLabels`, `nodeSelector`), each error at its entry. */
export function validateLabels(parent: Mapping | undefined, key: string, check: Check): void {
  const labels = parent?.[key];
  if (!isMapping(labels)) return;
  for (const name in labels) {
    const keyProblem = qualifiedName(name);
    if (keyProblem !== undefined)
      invalid(check, [key, name], name, `the key ${JSON.stringify(name)} is not a label key: ${keyProblem}`);
    const value = entryText(labels[name]);
    const problem = labelValue(value);
    if (problem !== undefined) invalid(check, [key, name], value, problem);
  }
}

/** Checks the keys and the total size of a map of annotations. */
export function validateAnnotations(parent: Mapping | undefined, check: Check, field = 'annotations'): void {
  const annotations = parent?.[field];
  if (!isMapping(annotations)) return;
  let size = 0;
  for (const key in annotations) {
    const problem = qualifiedName(key.toLowerCase());
    if (problem !== undefined)
      invalid(
        check,
        [field, key],
        key,
        `the key ${JSON.stringify(key)} is not an annotation key: ${problem}`,
      );
    size += byteLength(key) + byteLength(entryText(annotations[key]));
  }
  if (size > annotationsLimit) tooLong(check, field, annotationsLimit, 'bytes in total');
}

/** The length of a text in UTF-8, in which the API server counts. */
export function byteLength(value: string): number {
  let bytes = value.length;
  for (let index = 0; index < value.length; index++) {
    const unit = value.charCodeAt(index);
    if (unit > 0x7f) bytes += unit > 0x7ff && (unit < 0xd800 || unit > 0xdfff) ? 2 : 1;
  }
  return bytes;
}

function validateName(metadata: Mapping | undefined, check: Check, rules: MetadataRules): void {
  const name = text(metadata, 'name');
  const generateName = text(metadata, 'generateName');
  if (generateName !== '') {
    const base = maskTrailingDash(generateName);
    const problem = rules.name(base) ?? pathSegment(`${base}x`);
    if (problem !== undefined) invalid(check, 'generateName', generateName, problem);
    else if (name === '')
      checkText(
        check,
        'generateName',
        generateName.slice(0, longestGeneratedBase) + generatedSuffix,
        rules.name,
      );
  }
  if (name !== '') {
    checkText(check, 'name', name, rules.name);
    if (rules.name !== pathSegment) checkPathSegment(name, check, rules);
  } else if (generateName === '' && rules.nameOptional !== true)
    required(check, 'name', 'must be set, or generateName');
}

function checkPathSegment(name: string, check: Check, rules: MetadataRules): void {
  if (rules.name(name) === undefined) checkText(check, 'name', name, pathSegment);
}

/** A namespace on a kind without namespaces is dropped, not refused. */
function validateNamespace(metadata: Mapping | undefined, check: Check, rules: MetadataRules): void {
  const namespace = text(metadata, 'namespace');
  if (namespace !== '' && rules.namespaced) checkText(check, 'namespace', namespace, dns1123Label);
}

/** The storage refuses to create what says that it exists already; "0" and what is no number count as unset. */
function validateResourceVersion(metadata: Mapping | undefined, check: Check): void {
  const version = text(metadata, 'resourceVersion');
  if (/^0*[1-9]\d*$/.test(version))
    invalid(check, 'resourceVersion', version, 'must not be set when an object is created', 'remove it');
}

/** A generated name goes on after the prefix, so a final "-" is fine; upstream replaces the last two characters. */
function maskTrailingDash(name: string): string {
  return name.length > 1 && name.endsWith('-') ? `${name.slice(0, -2)}a` : name;
}

function validateOwnerReferences(metadata: Mapping | undefined, check: Check): void {
  let controller: string | undefined;
  each(check, metadata, 'ownerReferences', (owner) => {
    for (const key of ['apiVersion', 'kind', 'name', 'uid'])
      if (text(owner, key) === '') invalid(check, key, '', 'must not be empty');
    const apiVersion = text(owner, 'apiVersion');
    if (apiVersion.endsWith('/') || apiVersion.split('/').length > 2)
      invalid(check, 'apiVersion', apiVersion, 'must be a version, or a group, "/" and a version');
    if (apiVersion === 'v1' && text(owner, 'kind') === 'Event')
      invalid(check, [], owner, 'an Event cannot own objects');
    if (flag(owner, 'controller') !== true) return;
    const name = `${text(owner, 'kind')}/${text(owner, 'name')}`;
    if (controller === undefined) controller = name;
    else
      invalid(
        check,
        'controller',
        true,
        `only one owner can be the controller, and ${controller} already is`,
      );
  });
}

function validateFinalizers(metadata: Mapping | undefined, check: Check, rules: MetadataRules): void {
  eachText(check, metadata, 'finalizers', (finalizer, _, index) => {
    const problem = qualifiedName(finalizer);
    if (problem !== undefined) invalid(check, index, finalizer, problem);
    else if (
      rules.anyFinalizer !== true &&
      !finalizer.includes('/') &&
      !standardFinalizers.includes(finalizer)
    )
      invalid(check, index, finalizer, 'must be a domain, "/" and a name, such as "example.com/cleanup"');
  });
  const all = items(metadata, 'finalizers');
  if (all.includes('orphan') && all.includes('foregroundDeletion'))
    invalid(check, 'finalizers', all, '"orphan" and "foregroundDeletion" are mutually exclusive');
}
