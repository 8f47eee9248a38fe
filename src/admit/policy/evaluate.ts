import { namespaceOf } from '../../build/resource.ts';
import type { Severity } from '../../diagnostic/severity.ts';
import { compareSeverity } from '../../diagnostic/severity.ts';
import { type Mapping, newMapping, type Path, type Value, valueAt } from '../../source/value.ts';
import type { AdmissionRequest } from '../request.ts';
import { CelError } from './cel-error.ts';
import { type CelList, type CelValue, isList } from './cel-value.ts';
import { compileNode } from './compile-expression.ts';
import { withDefaults } from './defaults.ts';
import { culprits, type Explanation, locate } from './explain.ts';
import { isExpressionProblem, type Node } from './expression.ts';
import { matchesResources, type Target, targetOf } from './match.ts';
import type { CompiledPolicy, PolicyBinding, PolicyExpression, Validation } from './policy.ts';
import type { ResourceNames } from './resource-name.ts';
import { type Activation, charge, perCallLimit, perPolicyLimit, rootScope } from './scope.ts';
import { meaningOf, type SharedValue, sharedValues } from './shared-variables.ts';

/** Why a validation gave no verdict. */
export type PolicyFailure = 'runtime-error' | 'over-budget' | 'unknown' | 'missing-params';

/** A validation that an object does not pass. */
export interface PolicyViolation {
  readonly policy: string;
  /** The index in `spec.validations`; -1 where the policy failed before them. */
  readonly validation: number;
  readonly severity: Severity;
  readonly message: string;
  readonly help?: string;
  /** The element or field responsible; a missing field is part of the path. */
  readonly path: Path;
  readonly reason?: string;
  readonly failed?: PolicyFailure;
}

/** Judges one request by all policies that match it. */
export function evaluatePolicies(
  policies: readonly CompiledPolicy[],
  request: AdmissionRequest,
  names?: ResourceNames,
): PolicyViolation[] {
  const target = targetOf(request, names);
  return policies.flatMap((policy) => evaluatePolicy(policy, target));
}

/** Whether a policy has anything to say about an object. */
export function matchesPolicy(policy: CompiledPolicy, target: Target): boolean {
  return policy.bindings.length > 0 && matchesResources(policy.matchConstraints, target, true);
}

function evaluatePolicy(policy: CompiledPolicy, target: Target): PolicyViolation[] {
  if (!matchesPolicy(policy, target)) return [];
  const bindings = policy.bindings.filter((binding) =>
    matchesResources(binding.matchResources, target, false),
  );
  const found = bindings.flatMap((binding) => evaluateBinding(policy, binding, target));
  return withoutRepeats(found);
}

/** Two bindings of a policy say the same thing once, with the graver word. */
function withoutRepeats(violations: readonly PolicyViolation[]): PolicyViolation[] {
  const byPlace = new Map<string, PolicyViolation>();
  for (const violation of violations) {
    const key = JSON.stringify([violation.validation, violation.message, violation.path]);
    const other = byPlace.get(key);
    if (other === undefined || compareSeverity(violation.severity, other.severity) < 0)
      byPlace.set(key, violation);
  }
  return [...byPlace.values()];
}

function evaluateBinding(policy: CompiledPolicy, binding: PolicyBinding, target: Target): PolicyViolation[] {
  if (!policy.usesParams || binding.params === undefined) return evaluateWith(policy, binding, target, null);
  const params = binding.params.filter(
    (object) => !binding.paramsFromOwnNamespace || isReachable(object, target),
  );
  if (params.length > 0) return params.flatMap((object) => evaluateWith(policy, binding, target, object));
  if (binding.parameterNotFoundAction === 'Allow') return [];
  return failure(
    policy,
    binding,
    -1,
    'missing-params',
    `no params found for policy binding ${binding.name} with Deny parameterNotFoundAction`,
  );
}

/** Namespaced parameters without a namespace in paramRef are those in the object's own namespace. */
function isReachable(params: Mapping, target: Target): boolean {
  const namespace = namespaceOf(params);
  return namespace === '' || target.isClusterScoped || namespace === target.namespace;
}

function evaluateWith(
  policy: CompiledPolicy,
  binding: PolicyBinding,
  target: Target,
  params: CelValue,
): PolicyViolation[] {
  const judgement = newJudgement(policy, target, params);
  for (const condition of policy.matchConditions) {
    const result = judgement.run(condition);
    if (result instanceof CelError && result.kind !== 'unknown') {
      return applyFailurePolicy(policy, binding, -1, result, []);
    }
    if (result === false) return [];
  }
  return policy.validations.flatMap((validation, index) => {
    const result = judgement.run(validation.expression);
    if (result === true) return [];
    const inDefaults = judgement.explain(validation.expression);
    const paths = distinctPaths(inDefaults.map((path) => asWritten(path, target.request.object)));
    if (result instanceof CelError) return applyFailurePolicy(policy, binding, index, result, paths[0] ?? []);
    return (paths.length === 0 ? [[]] : paths).map((path) => ({
      policy: policy.name,
      validation: index,
      severity: binding.severity,
      ...wordsOf(validation, judgement, path),
      path,
      ...(validation.reason === undefined ? {} : { reason: validation.reason }),
    }));
  });
}

/** The first sentence says what; after a semicolon a policy may say what to do. */
function wordsOf(
  validation: Validation,
  judgement: Judgement,
  path: Path,
): { message: string; help?: string } {
  const text = messageOf(validation, judgement, path);
  const split = text.indexOf('; ');
  return split < 0 ? { message: text } : { message: text.slice(0, split), help: text.slice(split + 2) };
}

function messageOf(validation: Validation, judgement: Judgement, path: Path): string {
  if (validation.messageExpression !== undefined) {
    const text = judgement.narrowedTo(path).run(validation.messageExpression);
    // The API server falls back to the message where the expression fails, is empty or has line breaks.
    if (typeof text === 'string' && text.trim() !== '' && !text.includes('\n')) return text;
  }
  return validation.message ?? `failed expression: ${validation.expression.text.trim()}`;
}

function applyFailurePolicy(
  policy: CompiledPolicy,
  binding: PolicyBinding,
  validation: number,
  error: CelError,
  path: Path,
): PolicyViolation[] {
  if (error.kind === 'unknown') return failure(policy, binding, validation, 'unknown', error.message, path);
  const failed = error.kind === 'budget' ? 'over-budget' : 'runtime-error';
  const message = `the policy could not be evaluated: ${error.message}`;
  const [violation] = failure(policy, binding, validation, failed, message, path);
  if (violation === undefined) return [];
  return policy.failurePolicy === 'Ignore'
    ? [
        {
          ...violation,
          severity: 'note',
          help: 'correct the expression: failurePolicy: Ignore lets the object pass',
        },
      ]
    : [{ ...violation, help: 'correct the expression: failurePolicy: Fail refuses the object' }];
}

function failure(
  policy: CompiledPolicy,
  binding: PolicyBinding,
  validation: number,
  failed: PolicyFailure,
  message: string,
  path: Path = [],
): PolicyViolation[] {
  return [{ policy: policy.name, validation, severity: binding.severity, message, path, failed }];
}

/** One policy over one request: variables are evaluated once, when first used. */
interface Judgement {
  readonly run: (expression: PolicyExpression) => CelValue | CelError;
  readonly explain: (expression: PolicyExpression) => Path[];
  /** The same with list variables cut down to the elements above `path`, so that a message names the element at fault. */
  readonly narrowedTo: (path: Path) => Judgement;
}

function newJudgement(
  policy: CompiledPolicy,
  target: Target,
  params: CelValue,
  narrowed: ReadonlyMap<string, CelList> = new Map(),
): Judgement {
  const cache = new Map<string, CelValue | CelError>();
  // What is narrowed is true for one message only.
  const shared = narrowed.size > 0 ? undefined : sharedValues(target);
  const activation: Activation = {
    spent: 0,
    limit: perCallLimit,
    resolve: (name) => resolve(name, target, params),
    variable: (name) => narrowed.get(name) ?? variableValue(policy, name, cache, shared, () => root),
  };
  const root = rootScope(activation);
  let left = perPolicyLimit;
  const within = <T>(action: () => T): T | CelError => {
    activation.spent = 0;
    try {
      return action();
    } catch (error) {
      if (error instanceof CelError) return error;
      // A string longer than V8 can hold, or a chain deeper than its stack: both are far past the budget.
      if (error instanceof RangeError) return new CelError('the expression needs too much memory', 'budget');
      throw error;
    }
  };
  const explanation: Explanation = {
    root,
    bound: new WeakMap(),
    variable: (name) => nodeOf(policy.variables.get(name)),
  };
  return {
    run: (expression) => {
      if (left <= 0) return new CelError('the policy has spent its cost budget for one object', 'budget');
      activation.limit = Math.min(perCallLimit, left);
      const result = within(() => compileNode(requiredNode(expression))(root));
      left -= activation.spent;
      // What is explained afterwards is our own work, which the server never does.
      activation.limit = perCallLimit;
      return result;
    },
    explain: (expression) => {
      const paths = within(() => culprits(requiredNode(expression), root, true, explanation));
      return paths instanceof CelError ? [] : distinctPaths(paths);
    },
    narrowedTo: (path) => {
      const lists = within(() => narrowedLists(policy, path, explanation));
      return lists instanceof CelError
        ? newJudgement(policy, target, params)
        : newJudgement(policy, target, params, lists);
    },
  };
}

const unfinished = new CelError('a variable refers to itself');

function variableValue(
  policy: CompiledPolicy,
  name: string,
  cache: Map<string, CelValue | CelError>,
  shared: Map<number, SharedValue> | undefined,
  root: () => ReturnType<typeof rootScope>,
): CelValue | undefined {
  const node = nodeOf(policy.variables.get(name));
  if (node === undefined) return undefined;
  let value = cache.get(name);
  if (value === undefined) {
    const meaning = shared === undefined ? undefined : meaningOf(policy, name);
    const known = meaning === undefined ? undefined : shared?.get(meaning);
    if (known !== undefined) {
      charge(root().root, known.cost);
      value = known.value;
    } else {
      // A variable that refers to itself finds this instead of going round.
      cache.set(name, unfinished);
      const before = root().root.spent;
      value = resultOf(node, root());
      const isFinal = !(value instanceof CelError && value.kind === 'budget');
      if (meaning !== undefined && isFinal) shared?.set(meaning, { value, cost: root().root.spent - before });
    }
    cache.set(name, value);
  }
  if (value instanceof CelError) throw value;
  return value;
}

function resultOf(node: Node, root: ReturnType<typeof rootScope>): CelValue | CelError {
  try {
    return compileNode(node)(root);
  } catch (error) {
    if (!(error instanceof CelError)) throw error;
    return error;
  }
}

function nodeOf(expression: PolicyExpression | undefined): Node | undefined {
  const parsed = expression?.parse();
  return parsed === undefined || isExpressionProblem(parsed) ? undefined : parsed;
}

function requiredNode(expression: PolicyExpression): Node {
  const node = nodeOf(expression);
  if (node === undefined) throw new CelError('the expression does not compile');
  return node;
}

/** List variables all of whose items stand in the object, cut down to the item that holds `path`. */
function narrowedLists(policy: CompiledPolicy, path: Path, explanation: Explanation): Map<string, CelList> {
  const lists = new Map<string, CelList>();
  for (const [name, expression] of policy.variables) {
    const node = nodeOf(expression);
    if (node === undefined || !isList(explanation.root.root.variable(name))) continue;
    const { items } = locate(node, explanation.root, explanation);
    const holding = items?.filter((item) => item.path !== undefined && startsWith(path, item.path));
    if (holding !== undefined && holding.length > 0)
      lists.set(
        name,
        holding.map((item) => item.value as CelValue),
      );
  }
  return lists;
}

function startsWith(path: Path, prefix: Path): boolean {
  return prefix.every((step, index) => path[index] === step);
}

function distinctPaths(paths: readonly Path[]): Path[] {
  return [...new Map(paths.map((path) => [JSON.stringify(path), path])).values()];
}

function resolve(name: string, target: Target, params: CelValue): CelValue | undefined {
  switch (name) {
    case 'object':
      return completed(target.request.object);
    case 'oldObject':
      return target.request.oldObject === undefined ? null : completed(target.request.oldObject);
    case 'params':
      return params;
    case 'namespaceObject':
      return target.namespaceObject ?? null;
    case 'request':
      return requestObject(target);
    case 'authorizer':
      throw new CelError('what RBAC answers cannot be known before the cluster', 'unknown');
    default:
      return undefined;
  }
}

const completedObjects = new WeakMap<Mapping, Mapping>();

/** An object with the server's defaults, made for the first policy that asks. */
function completed(object: Mapping): Mapping {
  let result = completedObjects.get(object);
  if (result === undefined) {
    result = withDefaults(object);
    completedObjects.set(object, result);
  }
  return result;
}

/** A path that leads through defaults ends at the first field that the object does not have. */
function asWritten(path: Path, object: Mapping): Path {
  let value: Value | undefined = object;
  for (const [index, step] of path.entries()) {
    value = valueAt(value, [step]);
    if (value === undefined) return path.slice(0, index + 1);
  }
  return path;
}

const requests = new WeakMap<Target, Mapping>();

/** `request` as far as a file can tell; who asks is not known. */
function requestObject(target: Target): Mapping {
  let object = requests.get(target);
  if (object === undefined) {
    const gvk = { group: target.group, version: target.version };
    const kind = fields({ ...gvk, kind: target.kind });
    const resource = fields({ ...gvk, resource: target.resource });
    object = fields({
      kind,
      resource,
      requestKind: kind,
      requestResource: resource,
      name: target.name,
      namespace: target.namespace,
      operation: target.request.operation,
      dryRun: false,
      options: newMapping(),
    });
    requests.set(target, object);
  }
  return object;
}

function fields(values: Readonly<Record<string, Value>>): Mapping {
  return Object.assign(newMapping(), values);
}
