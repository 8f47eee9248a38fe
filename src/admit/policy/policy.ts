import type { Severity } from '../../diagnostic/severity.ts';
import { groupVersionKind, nameOf, type Resource } from '../../object/resource.ts';
import { ownOf } from '../../source/own.ts';
import {
  isMapping,
  isSequence,
  type Mapping,
  newMapping,
  type Path,
  type Value,
} from '../../source/value.ts';
import { valueText } from '../../source/value-text.ts';
import type { View } from '../served/served-object.ts';
import { type ExpressionProblem, parseExpression } from './expression.ts';
import { mappings } from './match.ts';
import type { Node } from './node.ts';

/** An expression of a policy, parsed when it is first needed. */
export interface PolicyExpression {
  readonly text: string;
  /** Where it stands in the policy. */
  readonly path: Path;
  readonly parse: () => Node | ExpressionProblem;
}

export interface Validation {
  readonly expression: PolicyExpression;
  readonly message: string | undefined;
  readonly messageExpression: PolicyExpression | undefined;
  readonly reason: string | undefined;
}

/** What a ValidatingAdmissionPolicyBinding makes of a policy. */
export interface PolicyBinding {
  readonly name: string;
  /** Where it is written; undefined for those of the catalogue. */
  readonly resource: Resource | undefined;
  /** The gravest of its validationActions. */
  readonly severity: Severity;
  readonly matchResources: Mapping | undefined;
  /** Undefined where it names no parameters, so that `params` is null. */
  readonly paramRef: Mapping | undefined;
  /** The parameters that it names, see `resolveParams`. */
  readonly params: readonly Param[];
  readonly parameterNotFoundAction: 'Allow' | 'Deny';
}

/** One parameter object; several where builds bring it with different contents, and nobody says which reaches this cluster. */
export interface Param {
  readonly namespace: string;
  readonly alternatives: readonly [Mapping, ...Mapping[]];
}

/** A ValidatingAdmissionPolicy with its bindings, ready to judge. */
export interface CompiledPolicy {
  readonly name: string;
  readonly object: Mapping;
  /** Where it is written; undefined for those of the catalogue. */
  readonly resource: Resource | undefined;
  /** The catalogue judges what is committed; who writes a policy means the object of the cluster. */
  readonly view: View;
  readonly matchConstraints: Mapping | undefined;
  readonly failurePolicy: 'Fail' | 'Ignore';
  readonly usesParams: boolean;
  readonly paramKind: Mapping | undefined;
  readonly matchConditions: readonly PolicyExpression[];
  readonly variables: ReadonlyMap<string, PolicyExpression>;
  readonly validations: readonly Validation[];
  readonly auditAnnotations: readonly PolicyExpression[];
  /** Of a MutatingAdmissionPolicy; they are checked, and change nothing here. */
  readonly mutations: readonly PolicyExpression[];
  readonly bindings: readonly PolicyBinding[];
}

/** Whether an object is one of the two kinds that policies are made of. */
export function isPolicyKind(
  object: Mapping,
  kind: 'ValidatingAdmissionPolicy' | 'ValidatingAdmissionPolicyBinding',
): boolean {
  const gvk = groupVersionKind(object);
  return gvk.group === 'admissionregistration.k8s.io' && gvk.kind === kind;
}

/** A binding as it is read: its object, and the resource where somebody wrote it. */
export interface Written {
  readonly object: Mapping;
  readonly resource?: Resource;
}

/** Reads one policy without compiling anything yet. */
export function readPolicy(
  object: Mapping,
  bindings: readonly Written[] = [],
  resource?: Resource,
): CompiledPolicy {
  const spec = field(object, 'spec');
  const name = nameOf(object);
  const usesParams = isMapping(spec['paramKind']);
  const own = bindings.filter(({ object: binding }) => field(binding, 'spec')['policyName'] === name);
  return {
    name,
    object,
    resource,
    view: isOfCatalogue(object) ? 'committed' : 'admission',
    matchConstraints: isMapping(spec['matchConstraints']) ? spec['matchConstraints'] : undefined,
    failurePolicy: spec['failurePolicy'] === 'Ignore' ? 'Ignore' : 'Fail',
    usesParams,
    paramKind: usesParams ? field(spec, 'paramKind') : undefined,
    matchConditions: expressionsOf(spec, 'matchConditions', 'expression'),
    variables: new Map(
      mappings(spec['variables']).map((variable, index) => [
        valueText(variable['name'] ?? ''),
        expressionOf(variable, 'expression', ['spec', 'variables', index]),
      ]),
    ),
    validations: mappings(spec['validations']).map(readValidation),
    auditAnnotations: expressionsOf(spec, 'auditAnnotations', 'valueExpression'),
    mutations: mappings(spec['mutations']).flatMap(readMutation),
    bindings: own.map((binding) => readBinding(binding, usesParams)),
  };
}

function readMutation(mutation: Mapping, index: number): PolicyExpression[] {
  const keys: Readonly<Record<string, string>> = {
    ApplyConfiguration: 'applyConfiguration',
    JSONPatch: 'jsonPatch',
  };
  const key = ownOf(keys, valueText(mutation['patchType']));
  const patch = key === undefined ? undefined : mutation[key];
  return key !== undefined && isMapping(patch)
    ? [expressionOf(patch, 'expression', ['spec', 'mutations', index, key])]
    : [];
}

/** Its policies say which profiles they belong to, wherever they are copied. */
function isOfCatalogue(object: Mapping): boolean {
  const labels = field(field(object, 'metadata'), 'labels');
  return Object.keys(labels).some((key) => key.startsWith('profile.cdb-lint.dev/'));
}

function field(object: Mapping, key: string): Mapping {
  const value = object[key];
  return isMapping(value) ? value : newMapping();
}

function expressionsOf(spec: Mapping, list: string, key: string): PolicyExpression[] {
  return mappings(spec[list]).map((item, index) => expressionOf(item, key, ['spec', list, index]));
}

function expressionOf(item: Mapping, key: string, path: Path): PolicyExpression {
  const value = item[key];
  const text = typeof value === 'string' ? value : '';
  return { text, path: [...path, key], parse: () => parseOnce(text) };
}

const parsed = new Map<string, Node | ExpressionProblem>();
const parsedLimit = 10_000;

/** Policies share expressions (every one of ours begins at the pod's spec), and builds share policies. */
function parseOnce(text: string): Node | ExpressionProblem {
  let node = parsed.get(text);
  if (node === undefined) {
    node = parseExpression(text);
    if (parsed.size >= parsedLimit) parsed.clear();
    parsed.set(text, node);
  }
  return node;
}

function readValidation(item: Mapping, index: number): Validation {
  const path: Path = ['spec', 'validations', index];
  return {
    expression: expressionOf(item, 'expression', path),
    message: typeof item['message'] === 'string' ? item['message'] : undefined,
    messageExpression:
      typeof item['messageExpression'] === 'string'
        ? expressionOf(item, 'messageExpression', path)
        : undefined,
    reason: typeof item['reason'] === 'string' ? item['reason'] : undefined,
  };
}

function readBinding({ object, resource }: Written, usesParams: boolean): PolicyBinding {
  const spec = field(object, 'spec');
  const reference = spec['paramRef'];
  return {
    name: nameOf(object),
    resource,
    severity: severityOf(spec['validationActions']),
    matchResources: isMapping(spec['matchResources']) ? spec['matchResources'] : undefined,
    paramRef: usesParams && isMapping(reference) ? reference : undefined,
    params: [],
    parameterNotFoundAction:
      isMapping(reference) && reference['parameterNotFoundAction'] === 'Allow' ? 'Allow' : 'Deny',
  };
}

function severityOf(actions: Value | undefined): Severity {
  const list = isSequence(actions) ? actions : [];
  if (list.includes('Deny')) return 'error';
  return list.includes('Warn') ? 'warning' : 'note';
}

/** Every expression of a policy, in the order it is written. */
export function expressionsOfPolicy(policy: CompiledPolicy): PolicyExpression[] {
  return [
    ...policy.matchConditions,
    ...policy.variables.values(),
    ...policy.validations.flatMap(({ expression, messageExpression }) =>
      messageExpression === undefined ? [expression] : [expression, messageExpression],
    ),
    ...policy.auditAnnotations,
    ...policy.mutations,
  ];
}
