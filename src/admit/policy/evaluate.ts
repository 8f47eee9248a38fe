import { grouped } from '../../diagnostic/grouped.ts';
import { compareSeverity } from '../../diagnostic/severity.ts';
import { knownOnce } from '../../object/known-once.ts';
import { errorText } from '../../source/error-text.ts';
import type { Path } from '../../source/value.ts';
import { type AdmissionRequest, subjectOf } from '../request.ts';
import { shownExpression } from '../shown-expression.ts';
import { type Applicable, applicable, type SelectorResults } from './applicable.ts';
import { CelError } from './cel-error.ts';
import { type CelList, type CelValue, isList } from './cel-value.ts';
import { type CloserLook, closerLook } from './closer-look.ts';
import { culprits } from './explain.ts';
import type { AnswersTo, JudgedAlike } from './judged-alike.ts';
import { type Explanation, type Located, locateVariable } from './locate.ts';
import { paramNamespace, paramRefPath, paramsFor } from './params.ts';
import { type Misconfigured, paramsMisconfigured, paramsMissing } from './params-missing.ts';
import type { CompiledPolicy, PolicyBinding, PolicyExpression } from './policy.ts';
import {
  type Executable,
  nodeOf,
  noPolicy,
  noProgram,
  type Program,
  programOf,
  requiredNode,
  runOf,
  type ValidationProgram,
} from './program.ts';
import { requestObject } from './request-object.ts';
import { isSpent, newRunBudgets, type RunBudgets, type Spending, spend } from './run-budget.ts';
import {
  type Activation,
  charge,
  conditionsLimit,
  perCallLimit,
  perPolicyLimit,
  rootScope,
  type Scope,
} from './scope.ts';
import type { SharedValue } from './shared-variables.ts';
import {
  apiVersionOf,
  objectSeen,
  oldObjectSeen,
  parameterSeen,
  type Seen,
  type Target,
  targetOf,
} from './target.ts';
import type { PolicyViolation } from './violation.ts';
import { asWritten } from './written-path.ts';

/** Judges one request by all policies that match it. */
export function evaluatePolicies(
  policies: readonly CompiledPolicy[],
  request: AdmissionRequest,
  budgets: RunBudgets = newRunBudgets(),
  alike?: JudgedAlike,
): PolicyViolation[] {
  const target = targetOf(request);
  const violations: PolicyViolation[] = [];
  const results: SelectorResults = [];
  const judgements = new Map<string, Judgement>();
  const all = applicable(policies, target);
  // One is asked sooner than what it reads is held against other objects.
  const answers = all.length > 1 ? alike?.begin(all, target) : undefined;
  let judgement: Judgement | undefined;
  for (let place = 0; place < all.length; place++) {
    const one = all[place] as Applicable;
    const apiVersion = one.selects(target, results);
    if (apiVersion === undefined) continue;
    if (violations.length > budgets.mostCauses()) {
      violations.push(tooManyFound(one.policy, one.bindings[0]?.binding));
      break;
    }
    const { view } = one.policy;
    if (judgement?.seen.apiVersion !== apiVersion || judgement.seen.view !== view)
      judgement = judgementOf({ target, seen: { apiVersion, view }, budgets }, judgements);
    // What policies read of an object in another version stands elsewhere than in it.
    judgement.answers = apiVersion === apiVersionOf(target) ? answers : undefined;
    for (const violation of evaluateAlone(one, place, results, judgement)) violations.push(violation);
  }
  return violations;
}

function judgementOf(
  given: Pick<Judgement, 'target' | 'seen' | 'budgets'>,
  judgements: Map<string, Judgement>,
): Judgement {
  const key = `${given.seen.apiVersion}/${given.seen.view}`;
  const judgement = judgements.get(key) ?? newJudgement(given);
  judgements.set(key, judgement);
  return judgement;
}

/** Where code of ours stumbles over a policy, the others judge all the same; `place` is its own among those that may judge an object. */
function evaluateAlone(
  one: Applicable,
  place: number,
  results: SelectorResults,
  judgement: Judgement,
): readonly PolicyViolation[] {
  try {
    return evaluatePolicy(one, place, results, judgement);
  } catch (error) {
    const message = `policy ${one.policy.name} could not be checked here: ${errorText(error)}`;
    const help = 'report this as a bug in cdb-lint';
    return [
      {
        policy: one.policy.name,
        validation: -1,
        severity: 'error',
        message,
        help,
        path: [],
        failed: 'unjudged',
      },
    ];
  }
}

function evaluatePolicy(
  { policy, bindings }: Applicable,
  place: number,
  results: SelectorResults,
  judgement: Judgement,
): readonly PolicyViolation[] {
  const selected = bindings.filter(({ selects }) => selects(judgement.target, results) !== undefined);
  const [only] = selected;
  if (only !== undefined && selected.length === 1) {
    if (isSpent(judgement.budgets, policy.object)) return [unjudged(policy, only.binding)];
    const violations = answerOf(policy, only.binding, place, judgement);
    return violations.length > 1 ? withoutRepeats(violations) : violations;
  }
  let found: readonly PolicyViolation[] = [];
  for (const { binding } of selected) {
    if (isSpent(judgement.budgets, policy.object)) return [unjudged(policy, binding)];
    const violations = evaluateBinding(policy, binding, judgement);
    found = found.length === 0 ? violations : [...found, ...violations];
  }
  return found.length > 1 ? withoutRepeats(found) : found;
}

/** What was said of an object that differs where the policy does not look counts as much as if it were found out again. */
function answerOf(
  policy: CompiledPolicy,
  binding: PolicyBinding,
  place: number,
  judgement: Judgement,
): readonly PolicyViolation[] {
  const { answers, budgets } = judgement;
  const known = answers?.known(place, binding);
  if (known === undefined) {
    judgement.spendings = [];
    const violations = evaluateBinding(policy, binding, judgement);
    answers?.note(place, { binding, violations, spent: judgement.spendings });
    return violations;
  }
  for (const { cost, isExceeded } of known.spent) spend(budgets, policy.object, cost, isExceeded);
  // Each object has violations of its own: by them its findings are known again in other builds (`policy-findings.ts`).
  return known.violations.map((violation) => ({ ...violation }));
}

/** What a policy would say of the objects that its budget for a whole run leaves over. */
function unjudged({ name }: CompiledPolicy, { severity }: PolicyBinding): PolicyViolation {
  return {
    policy: name,
    validation: -1,
    severity,
    message: `policy ${name} exceeded its cost budget over all objects, and does not check further ones`,
    help: 'make its expressions cheaper, or let its matchConstraints match fewer objects',
    path: [],
    failed: 'unjudged',
  };
}

/** What is left to say of an object of which so much is found that nobody reads it. */
function tooManyFound({ name }: CompiledPolicy, binding: PolicyBinding | undefined): PolicyViolation {
  return {
    policy: name,
    validation: -1,
    severity: binding?.severity ?? 'error',
    message: `this object has so many findings that policy ${name} and those after it do not check it`,
    help: 'fix findings, or turn off policies that no one follows',
    path: [],
    failed: 'unjudged',
  };
}

/** Two bindings of a policy say the same thing once, with the graver word. */
function withoutRepeats(violations: readonly PolicyViolation[]): PolicyViolation[] {
  const byPlace = new Map<string, PolicyViolation>();
  for (const violation of violations) {
    const key = JSON.stringify([violation.validation, violation.message, violation.path, violation.within]);
    const other = byPlace.get(key);
    if (other === undefined || compareSeverity(violation.severity, other.severity) < 0)
      byPlace.set(key, violation);
  }
  return [...byPlace.values()];
}

function evaluateBinding(
  policy: CompiledPolicy,
  binding: PolicyBinding,
  judgement: Judgement,
): PolicyViolation[] {
  const wrong = paramsMisconfigured(policy, binding, judgement.target);
  if (wrong !== undefined) return [misconfigured(policy, binding, wrong)];
  if (binding.paramRef === undefined) return evaluateWith(policy, binding, judgement, null);
  const params = paramsFor(binding, judgement.target);
  if (params.length === 0)
    return binding.parameterNotFoundAction === 'Allow' ? [] : [missing(policy, binding, judgement.target)];
  spendInRun(
    { budgets: judgement.budgets, policy, spendings: judgement.spendings },
    costOfParameter * params.length,
    false,
  );
  return params.flatMap(({ alternatives }) =>
    agreed(
      alternatives.map((object) =>
        evaluateWith(policy, binding, judgement, parameterSeen(object, judgement.target.kinds)),
      ),
    ),
  );
}

/** However little its expressions cost, everything begins anew for each of thousands of parameters. */
const costOfParameter = 600;

/** Where nobody knows which parameters the cluster has, only what all of them refuse is certain. */
function agreed([first = [], ...others]: readonly (readonly PolicyViolation[])[]): PolicyViolation[] {
  const keyOf = ({ validation, path }: PolicyViolation): string => JSON.stringify([validation, path]);
  const keys = others.map((violations) => new Set(violations.map(keyOf)));
  return first.filter((violation) => keys.every((known) => known.has(keyOf(violation))));
}

function misconfigured(
  policy: CompiledPolicy,
  binding: PolicyBinding,
  { message, help, isOfPolicy, path }: Misconfigured,
): PolicyViolation {
  const resource = isOfPolicy ? policy.resource : binding.resource;
  return {
    policy: policy.name,
    validation: -1,
    severity: policy.failurePolicy === 'Ignore' ? 'note' : 'error',
    message,
    help,
    path: [],
    failed: 'missing-params',
    ...(resource === undefined ? {} : { cause: { resource, path } }),
  };
}

/** A binding without its parameters is misconfigured, for which failurePolicy denies whatever validationActions say. */
function missing(policy: CompiledPolicy, binding: PolicyBinding, target: Target): PolicyViolation {
  return {
    policy: policy.name,
    validation: -1,
    severity: policy.failurePolicy === 'Ignore' ? 'note' : 'error',
    // Where nothing brings them at all, that is said once, whatever the objects are.
    ...paramsMissing(policy, binding, binding.params.length === 0 ? undefined : paramNamespace(target)),
    path: [],
    failed: 'missing-params',
    ...(binding.resource === undefined
      ? {}
      : { cause: { resource: binding.resource, path: paramRefPath(binding) } }),
  };
}

function evaluateWith(
  policy: CompiledPolicy,
  binding: PolicyBinding,
  judgement: Judgement,
  params: CelValue,
): PolicyViolation[] {
  const program = programOf(policy);
  begin(judgement, policy, program, params);
  const refused = program.conditions.length === 0 ? undefined : judgeConditions(judgement, binding);
  if (refused !== undefined) return refused;
  const look = closerLook(policy);
  if (look !== undefined) return seenBy(look, judgement, binding);
  const violations: PolicyViolation[] = [];
  for (let index = 0; index < program.validations.length; index++) {
    const validation = program.validations[index] as ValidationProgram;
    const result = run(judgement, validation.expression);
    if (result === true) continue;
    violations.push(...violationsOf(judgement, binding, { validation, index, result }));
  }
  for (const annotation of program.auditAnnotations)
    violations.push(...unwritten(judgement, binding, annotation));
  return violations;
}

/** An annotation that cannot be computed refuses the object whatever validationActions say, unless failurePolicy ignores it. */
function unwritten(judgement: Judgement, binding: PolicyBinding, annotation: Executable): PolicyViolation[] {
  const result = run(judgement, annotation);
  if (!(result instanceof CelError) || result.kind === 'unknown') return [];
  const failed = { validation: -1, expression: annotation.source, path: [] };
  return [applyFailurePolicy(judgement.policy, { ...binding, severity: 'error' }, failed, result)];
}

/** What a closer look finds, in the words of the policy. */
function seenBy(look: CloserLook, judgement: Judgement, binding: PolicyBinding): PolicyViolation[] {
  return look(subjectOf(judgement.target.request)).flatMap(({ validation: index, path, within }) => {
    const validation = judgement.program.validations[index];
    if (validation === undefined) return [];
    const { reason } = validation.source;
    return {
      policy: judgement.policy.name,
      validation: index,
      severity: binding.severity,
      ...wordsOf(validation, judgement, path),
      path,
      within,
      ...(reason === undefined ? {} : { reason }),
    };
  });
}

/** What the conditions make of an object before any validation is asked; undefined where it is to be judged. */
function judgeConditions(judgement: Judgement, binding: PolicyBinding): PolicyViolation[] | undefined {
  const { conditions } = judgement.program;
  judgement.left = conditionsLimit;
  judgement.isMatching = true;
  const results = conditions.map((condition) => run(judgement, condition));
  judgement.isMatching = false;
  judgement.left = perPolicyLimit;
  // One that is false leaves the object out, whatever the others stumble over.
  if (results.includes(false)) return [];
  const index = results.findIndex((result) => result instanceof CelError && result.kind !== 'unknown');
  const [error, condition] = [results[index], conditions[index]];
  if (!(error instanceof CelError) || condition === undefined) return undefined;
  const failed = { validation: -1, expression: condition.source, path: [] };
  return [applyFailurePolicy(judgement.policy, binding, failed, error)];
}

interface Failed {
  readonly validation: ValidationProgram;
  readonly index: number;
  readonly result: CelValue | CelError;
}

function violationsOf(
  judgement: Judgement,
  binding: PolicyBinding,
  { validation, index, result }: Failed,
): PolicyViolation[] {
  const { policy, target } = judgement;
  const isOverBudget = result instanceof CelError && result.kind === 'budget';
  const inDefaults = isOverBudget ? [] : explain(judgement, validation.expression);
  const paths = distinctPaths(inDefaults.map((path) => asWritten(path, subjectOf(target.request))));
  if (result instanceof CelError) {
    const failed = { validation: index, expression: validation.source.expression, path: paths[0] ?? [] };
    return [applyFailurePolicy(policy, binding, failed, result)];
  }
  const { reason } = validation.source;
  return (paths.length === 0 ? [[]] : paths).map((path) => ({
    policy: policy.name,
    validation: index,
    severity: binding.severity,
    ...wordsOf(validation, judgement, path),
    path,
    ...(reason === undefined ? {} : { reason }),
  }));
}

/** The first sentence says what; after a semicolon a policy may say what to do. */
function wordsOf(
  validation: ValidationProgram,
  judgement: Judgement,
  path: Path,
): { message: string; help?: string } {
  const text = messageOf(validation, judgement, path);
  const split = text.indexOf('; ');
  return split < 0 ? { message: text } : { message: text.slice(0, split), help: text.slice(split + 2) };
}

function messageOf(validation: ValidationProgram, judgement: Judgement, path: Path): string {
  const { message, expression } = validation.source;
  // An expression may take a value apart, or write it otherwise, so that nobody could take it out again.
  if (
    validation.messageExpression !== undefined &&
    subjectOf(judgement.target.request)['kind'] !== 'Secret'
  ) {
    const text = textFor(validation.messageExpression, judgement, path);
    // The API server falls back to the message where the expression fails, is empty, long or has line breaks.
    if (typeof text === 'string' && isMessage(text.trim())) return text.trim();
  }
  return message ?? `failed expression: ${shownExpression(expression.text)}`;
}

function isMessage(text: string): boolean {
  // No letter is less than a byte: what is too long by its letters is not encoded to be counted.
  if (text === '' || text.length > longestMessage || text.includes('\n')) return false;
  return new TextEncoder().encode(text).length <= longestMessage;
}

// MaxEvaluatedMessageExpressionSizeBytes of k8s.io/apiserver.
const longestMessage = 5 * 1024;

/** What a message expression says of the element at a path; what it says of the whole object is found out once. */
function textFor(expression: Executable, judgement: Judgement, path: Path): CelValue | CelError | undefined {
  const lists = narrowedLists(judgement, path);
  const { texts } = judgement;
  if (lists.size === 0 && texts.has(expression)) return texts.get(expression);
  // The server makes one message of an object: thousands of them have to be cheap.
  if (judgement.leftForTexts <= 0) return undefined;
  const narrowed = narrowedTo(judgement, lists);
  const text = run(narrowed, expression);
  judgement.leftForTexts -= narrowed.spent;
  if (lists.size === 0) texts.set(expression, text);
  return text;
}

interface FailedExpression {
  readonly validation: number;
  readonly expression: PolicyExpression;
  readonly path: Path;
}

function applyFailurePolicy(
  policy: CompiledPolicy,
  binding: PolicyBinding,
  { validation, expression, path }: FailedExpression,
  error: CelError,
): PolicyViolation {
  const violation = { policy: policy.name, validation, severity: binding.severity, path };
  // Whoever asks may be allowed to: nothing is wrong with the object.
  if (error.kind === 'unknown')
    return { ...violation, severity: 'note', message: error.message, failed: 'unknown' };
  const isIgnored = policy.failurePolicy === 'Ignore';
  return {
    ...violation,
    severity: isIgnored ? 'note' : binding.severity,
    message: `the policy could not be evaluated: ${error.message}${error.kind === 'budget' ? '' : `, in ${shortened(expression.text)}`}`,
    help: `correct the expression: failurePolicy: ${isIgnored ? 'Ignore lets the object pass' : 'Fail refuses the object'}`,
    failed: error.kind === 'budget' ? 'over-budget' : 'runtime-error',
    ...(policy.resource === undefined ? {} : { cause: { resource: policy.resource, path: expression.path } }),
  };
}

/** An expression in one line, as long as a message can bear it. */
function shortened(expression: string): string {
  const text = expression.trim().replace(/\s+/g, ' ');
  return text.length > 100 ? `${text.slice(0, 99)}…` : text;
}

/**
 * One request under judgement: an activation that all its policies run on, one after the other. Variables are evaluated
 * once, when first used; those that mean the same in several policies once for all of them.
 */
interface Judgement extends Activation {
  readonly target: Target;
  readonly seen: Seen;
  readonly budgets: RunBudgets;
  readonly root: Scope;
  policy: CompiledPolicy;
  program: Program;
  params: CelValue;
  /** Whether a condition is asked, to which the server shows no namespace. */
  isMatching: boolean;
  /** What the policy may still spend. */
  left: number;
  /** Tells the uses of a shared variable by one policy from those by the next. */
  turn: number;
  readonly shared: (SharedValue | undefined)[];
  /** What only this policy knows, by name. */
  readonly own: Map<string, CelValue | CelError>;
  /** List variables cut down to some elements, for one message; then nothing is shared. */
  readonly narrowed: ReadonlyMap<string, CelList> | undefined;
  /** What was found out of where values stand. */
  explanation: Explanation | undefined;
  /** The list variables whose items stand in the object. */
  lists: readonly ListVariable[] | undefined;
  /** What message expressions say of the whole object, and what those about parts of it may still spend. */
  readonly texts: Map<Executable, CelValue | CelError>;
  leftForTexts: number;
  /** What was said of objects that are alike. */
  answers: AnswersTo | undefined;
  /** What the policy took from its budget for the run. */
  spendings: Spending[];
}

function newJudgement(
  { target, seen, budgets }: Pick<Judgement, 'target' | 'seen' | 'budgets'>,
  narrowed?: ReadonlyMap<string, CelList>,
): Judgement {
  const judgement: Omit<Judgement, 'root'> & { root: Scope | undefined } = {
    spent: 0,
    limit: perCallLimit,
    resolve: (name) => resolve(name, judgement as Judgement),
    variable: (name) => narrowed?.get(name) ?? variableValue(judgement as Judgement, name),
    target,
    seen,
    budgets,
    root: undefined,
    policy: noPolicy,
    program: noProgram,
    params: null,
    isMatching: false,
    left: 0,
    turn: 0,
    shared: [],
    own: new Map(),
    narrowed,
    explanation: undefined,
    lists: undefined,
    texts: new Map(),
    leftForTexts: perPolicyLimit,
    answers: undefined,
    spendings: [],
  };
  judgement.root = rootScope(judgement);
  return judgement as Judgement;
}

/** The next policy has a budget of its own. */
function begin(judgement: Judgement, policy: CompiledPolicy, program: Program, params: CelValue): void {
  judgement.policy = policy;
  judgement.program = program;
  judgement.params = params;
  judgement.left = perPolicyLimit;
  judgement.turn += 1;
  judgement.explanation = undefined;
  judgement.lists = undefined;
  judgement.leftForTexts = perPolicyLimit;
  if (judgement.texts.size > 0) judgement.texts.clear();
  if (judgement.own.size > 0) judgement.own.clear();
}

function run(judgement: Judgement, expression: Executable): CelValue | CelError {
  if (judgement.left <= 0)
    return new CelError('the policy has spent its cost budget for one object', 'budget');
  judgement.limit = judgement.left < perCallLimit ? judgement.left : perCallLimit;
  judgement.spent = 0;
  let result: CelValue | CelError;
  try {
    result = runOf(expression)(judgement.root);
  } catch (error) {
    result = celErrorOf(error);
  }
  judgement.left -= judgement.spent;
  spendInRun(judgement, judgement.spent, result instanceof CelError && result.kind === 'budget');
  // What is explained afterwards is our own work, which the server never does.
  judgement.limit = perCallLimit;
  return result;
}

/** Nearly all expressions cost next to nothing, and their sum as well. */
const nextToNothing = 1_000;

function spendInRun(
  { budgets, policy, spendings }: Pick<Judgement, 'budgets' | 'policy' | 'spendings'>,
  cost: number,
  isExceeded: boolean,
): void {
  if (cost <= nextToNothing) return;
  spend(budgets, policy.object, cost, isExceeded);
  spendings.push({ cost, isExceeded });
}

/** Each part is asked by itself there, and where it stands. */
const costOfExplaining = 10;

function within<T>(judgement: Judgement, action: () => T): T | CelError {
  judgement.spent = 0;
  try {
    return action();
  } catch (error) {
    return celErrorOf(error);
  } finally {
    spendInRun(judgement, judgement.spent * costOfExplaining, false);
  }
}

function celErrorOf(error: unknown): CelError {
  if (error instanceof CelError) return error;
  // A string longer than V8 can hold, or a chain deeper than its stack: both are far past the budget.
  if (error instanceof RangeError) return new CelError('the expression needs too much memory', 'budget');
  throw error;
}

/** One for all that a policy says of an object with the same parameters. */
function explanationOf(judgement: Judgement): Explanation {
  const { program, root } = judgement;
  judgement.explanation ??= {
    root,
    bound: new WeakMap(),
    located: new Map(),
    variable: (name) => {
      const variable = program.variables.get(name);
      return variable === undefined ? undefined : nodeOf(variable.source);
    },
  };
  return judgement.explanation;
}

function explain(judgement: Judgement, expression: Executable): Path[] {
  const paths = within(judgement, () =>
    culprits(requiredNode(expression.source), judgement.root, true, explanationOf(judgement)),
  );
  return paths instanceof CelError ? [] : distinctPaths(paths);
}

/** The same with list variables cut down to some elements, so that a message names the element at fault. */
function narrowedTo(judgement: Judgement, lists: ReadonlyMap<string, CelList>): Judgement {
  const narrowed = newJudgement(judgement, lists);
  narrowed.spendings = judgement.spendings;
  begin(narrowed, judgement.policy, judgement.program, judgement.params);
  return narrowed;
}

const unfinished = new CelError('a variable refers to itself');

function variableValue(judgement: Judgement, name: string): CelValue | undefined {
  const variable = judgement.program.variables.get(name);
  if (variable === undefined) return undefined;
  const { meaning } = variable;
  // What is narrowed is true for one message only.
  if (meaning === undefined || judgement.narrowed !== undefined) return ownValue(judgement, name, variable);
  const known = judgement.shared[meaning];
  if (known !== undefined) {
    if (known.turn !== judgement.turn) {
      charge(judgement, known.cost);
      known.turn = judgement.turn;
    }
    return valueOrThrow(known.value);
  }
  const before = judgement.spent;
  const value = resultOf(variable, judgement.root);
  // What went over one policy's budget may fit into another's.
  if (!(value instanceof CelError && value.kind === 'budget'))
    judgement.shared[meaning] = { value, cost: judgement.spent - before, turn: judgement.turn };
  return valueOrThrow(value);
}

function ownValue(judgement: Judgement, name: string, variable: Executable): CelValue {
  let value = judgement.own.get(name);
  if (value === undefined) {
    // A variable that refers to itself finds this instead of going round.
    judgement.own.set(name, unfinished);
    value = resultOf(variable, judgement.root);
    judgement.own.set(name, value);
  }
  return valueOrThrow(value);
}

function valueOrThrow(value: CelValue | CelError): CelValue {
  if (value instanceof CelError) throw value;
  return value;
}

function resultOf(expression: Executable, root: Scope): CelValue | CelError {
  try {
    return runOf(expression)(root);
  } catch (error) {
    if (!(error instanceof CelError)) throw error;
    return error;
  }
}

interface ListVariable {
  readonly name: string;
  readonly items: readonly Located[];
}

/** List variables all of whose items stand in the object, cut down to the item that holds `path`. */
function narrowedLists(judgement: Judgement, path: Path): Map<string, CelList> {
  judgement.lists ??= listVariables(judgement);
  const lists = new Map<string, CelList>();
  for (const { name, items } of judgement.lists) {
    const holding = holdingIn(items, path);
    if (holding.length > 0)
      lists.set(
        name,
        holding.map(({ value }) => value as CelValue),
      );
  }
  return lists;
}

/** Found out once for all messages about an object; none where a variable fails. */
function listVariables(judgement: Judgement): ListVariable[] {
  const explanation = explanationOf(judgement);
  const lists: ListVariable[] = [];
  let left = perPolicyLimit;
  for (const [name, { source }] of judgement.program.variables) {
    const node = nodeOf(source);
    if (node === undefined || left <= 0) continue;
    const items = within(judgement, () =>
      isList(judgement.variable(name)) ? locateVariable(node, explanation).items : undefined,
    );
    left -= judgement.spent;
    if (items instanceof CelError) {
      // What costs too much for all elements is cheap for those that the other lists are cut down to.
      if (items.kind === 'budget') continue;
      return [];
    }
    if (items !== undefined) lists.push({ name, items });
  }
  return lists;
}

/** The elements that a path leads into, those around the others first. */
function holdingIn(items: readonly Located[], path: Path): Located[] {
  const byPath = elementsByPath(items);
  const found: Located[] = [];
  for (let length = 0; length <= path.length; length++) {
    const some = byPath.get(JSON.stringify(path.slice(0, length)));
    if (some !== undefined) found.push(...some);
  }
  return found;
}

const elementsByPath = knownOnce((items: readonly Located[]) =>
  grouped(
    items.filter(({ path }) => path !== undefined),
    ({ path }) => JSON.stringify(path),
  ),
);

function distinctPaths(paths: readonly Path[]): Path[] {
  return [...new Map(paths.map((path) => [JSON.stringify(path), path])).values()];
}

function resolve(name: string, { target, seen, params, isMatching }: Judgement): CelValue | undefined {
  switch (name) {
    case 'object':
      return objectSeen(target, seen) ?? null;
    case 'oldObject':
      return oldObjectSeen(target, seen) ?? null;
    case 'params':
      return params;
    case 'namespaceObject':
      return isMatching ? null : (target.namespaceObject ?? null);
    case 'request':
      return requestObject(target, seen.apiVersion);
    case 'authorizer':
      throw new CelError('the answer of RBAC cannot be known outside the cluster', 'unknown');
    default:
      return undefined;
  }
}
