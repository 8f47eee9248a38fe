import type { CustomRule, CustomSchema } from '../../schema/custom-schema.ts';
import {
  isMapping,
  isSequence,
  type Mapping,
  newMapping,
  type PathElement,
  type Value,
} from '../../source/value.ts';
import type { FieldError } from '../field-error.ts';
import { CelError } from '../policy/cel-error.ts';
import { type CelValue, double, lift, optional } from '../policy/cel-value.ts';
import { compileNode } from '../policy/compile-expression.ts';
import { escapeName, namesInRules } from '../policy/escape-name.ts';
import { isExpressionProblem, parseExpression } from '../policy/expression.ts';
import { parseDuration, parseTimestamp } from '../policy/library/time.ts';
import { isSpent, type RunBudgets, spend } from '../policy/run-budget.ts';
import { type Activation, perCallLimit, rootScope } from '../policy/scope.ts';
import { shownExpression } from '../shown-expression.ts';
import { type Correlated, correlatedItem, isRatcheted } from './correlation.ts';

/** `k8s.io/apiserver/pkg/apis/cel` RuntimeCELCostBudget: what all rules on one object may cost together. */
const objectBudget = 10_000_000;

interface Walk {
  readonly path: PathElement[];
  readonly errors: FieldError[];
  /** The object with the one before it, in an update. */
  readonly update: Correlated | undefined;
  spent: number;
  isExceeded: boolean;
}

/** How the rules of a schema are run. */
export interface RuleRun {
  /** What they may still spend in this run. */
  readonly budgets: RunBudgets;
  /** The object before, where it is updated. */
  readonly old?: Mapping;
}

/**
 * Runs `x-kubernetes-validations` on an object that fits the schema otherwise. Rules about `oldSelf` run where `old` has a value
 * that can be told to be the same one before; the others let pass what an update leaves as it was.
 */
export function validateRules(
  object: Mapping,
  schema: CustomSchema,
  { budgets, old }: RuleRun,
): readonly FieldError[] {
  const update = old === undefined ? undefined : { value: object, old, schema };
  const walk: Walk = { path: [], errors: [], update, spent: 0, isExceeded: false };
  if (isSpent(budgets, schema)) return hasRules(schema) ? [unjudged] : [];
  visit(walk, schema, { self: object, old });
  spend(budgets, schema, walk.spent, walk.isExceeded);
  return walk.errors;
}

const unjudged: FieldError = {
  type: 'InternalError',
  field: [],
  badValue: null,
  detail: 'the rules of its CRD exceeded the cost budget over all objects of the kind, and were not run',
};

/** A value, and the one before it where there is one that can be told to be the same. */
interface Selves {
  readonly self: Value;
  readonly old: Value | undefined;
}

function visit(walk: Walk, schema: CustomSchema, selves: Selves): void {
  const { self, old } = selves;
  if (self === null || !hasRules(schema)) return;
  for (const rule of schema.rules) runRule(walk, rule, schema, selves);
  if (isSequence(self) && schema.items !== undefined) {
    for (const [index, item] of self.entries())
      step(walk, index, schema.items, { self: item, old: correlatedItem(schema, item, old) });
  } else if (isMapping(self)) {
    const before = isMapping(old) ? old : undefined;
    for (const key in self) {
      const property = schema.properties.get(key) ?? schema.additional;
      if (property === undefined || property === true) continue;
      step(walk, key, property, { self: self[key] as Value, old: before?.[key] });
    }
  }
}

function step(walk: Walk, element: PathElement, schema: CustomSchema, selves: Selves): void {
  walk.path.push(element);
  visit(walk, schema, selves);
  walk.path.pop();
}

const rulesBelow = new WeakMap<CustomSchema, boolean>();

/** Whether there is a rule in the schema or below. */
function hasRules(schema: CustomSchema): boolean {
  let found = rulesBelow.get(schema);
  if (found === undefined) {
    found = schema.rules.length > 0 || partsOf(schema).some(hasRules);
    rulesBelow.set(schema, found);
  }
  return found;
}

function partsOf(schema: CustomSchema): readonly CustomSchema[] {
  const { properties, items, additional } = schema;
  const others = [items, additional].filter((part) => part !== undefined && part !== true);
  return [...properties.values(), ...others];
}

function runRule(walk: Walk, rule: CustomRule, schema: CustomSchema, selves: Selves): void {
  const program = programOf(rule.rule);
  // A rule that does not compile is an error of the CRD.
  if (program === undefined) return;
  const hasOld = (selves.old ?? null) !== null;
  if (program.isTransition && !hasOld && !rule.hasOptionalOld) return;
  const activation = { schema, ...selves, isOldOptional: rule.hasOptionalOld };
  const result = evaluate(walk, program.run, activation);
  if (result === true) return;
  const isFailure = !(result instanceof CelError);
  const ratchet = isFailure && !program.isTransition ? walk.update : undefined;
  if (ratchet !== undefined && isRatcheted(ratchet, walk.path)) return;
  walk.errors.push({
    type: typeOf(rule),
    field: [...walk.path, ...fieldPath(rule)],
    badValue: selves.self,
    detail: isFailure ? messageOf(walk, rule, activation) : failureOf(rule, result),
  });
}

/** The author's words help where the expression itself went wrong, too. */
function failureOf({ rule, message }: CustomRule, { message: problem }: CelError): string {
  const words = message === undefined ? '' : `; it would say: ${message}`;
  return `the rule ${rule} fails: ${problem}${words}`;
}

interface RuleActivation extends Selves {
  readonly schema: CustomSchema;
  /** Whether `oldSelf` is an optional to the rule. */
  readonly isOldOptional: boolean;
}

function evaluate(
  walk: Walk,
  run: Run,
  { schema, self, old, isOldOptional }: RuleActivation,
): CelValue | CelError {
  const value = lift(toCel(self, schema));
  const before = (old ?? null) === null ? undefined : lift(toCel(old as Value, schema));
  const oldSelf = isOldOptional || before === undefined ? optional(before) : before;
  const root: Activation = {
    resolve: (name) => (name === 'self' ? value : name === 'oldSelf' ? oldSelf : undefined),
    variable: () => undefined,
    spent: 0,
    limit: Math.min(perCallLimit, objectBudget - walk.spent),
  };
  try {
    return run(rootScope(root));
  } catch (error) {
    if (!(error instanceof CelError)) throw error;
    walk.isExceeded ||= error.kind === 'budget';
    return error;
  } finally {
    walk.spent += root.spent;
  }
}

function messageOf(walk: Walk, rule: CustomRule, activation: RuleActivation): string {
  const program = rule.messageExpression === undefined ? undefined : programOf(rule.messageExpression);
  const text = program === undefined ? undefined : evaluate(walk, program.run, activation);
  if (typeof text === 'string' && text.trim() !== '' && !text.includes('\n')) return text;
  return rule.message ?? `failed rule: ${shownExpression(rule.rule)}`;
}

function typeOf(rule: CustomRule): FieldError['type'] {
  switch (rule.reason) {
    case 'FieldValueRequired':
      return 'Required';
    case 'FieldValueForbidden':
      return 'Forbidden';
    case 'FieldValueDuplicate':
      return 'Duplicate';
    default:
      return 'Invalid';
  }
}

/** `.spec.a['b']` as a path below the rule's own place. */
function fieldPath({ fieldPath: text }: CustomRule): readonly PathElement[] {
  const steps = text?.match(/\['[^']*'\]|\[\d+\]|[^.[\]]+/g) ?? [];
  return steps.map((part) => {
    if (part.startsWith("['")) return part.slice(2, -2);
    return part.startsWith('[') ? Number(part.slice(1, -1)) : part;
  });
}

type Run = ReturnType<typeof compileNode>;

interface Program {
  readonly run: Run;
  readonly isTransition: boolean;
}

const programs = new Map<string, Program | undefined>();
const programLimit = 2000;

function programOf(text: string): Program | undefined {
  if (!programs.has(text)) {
    if (programs.size >= programLimit) programs.clear();
    const node = parseExpression(text);
    const isTransition = /\boldSelf\b/.test(text);
    programs.set(text, isExpressionProblem(node) ? undefined : { run: compileNode(node), isTransition });
  }
  return programs.get(text);
}

const convertible = new WeakMap<CustomSchema, boolean>();

/** The value as the typed `self`: numbers of the schema are doubles, its times are timestamps, its names are escaped. */
function toCel(value: Value, schema: CustomSchema | undefined): CelValue {
  if (schema === undefined || value === null || !isConvertible(schema)) return value;
  if (isSequence(value)) return value.map((item) => toCel(item, schema.items));
  if (isMapping(value)) return mappingToCel(value, schema);
  if (typeof value === 'string') return textToCel(value, schema);
  return schema.types[0] === 'number' && typeof value !== 'boolean' ? double(Number(value)) : value;
}

function textToCel(value: string, { format }: CustomSchema): CelValue {
  const name = format?.replaceAll('-', '');
  if (name === 'datetime') return parseTimestamp(value) ?? value;
  if (name === 'byte') return bytesOf(value) ?? value;
  if (name === 'date') return parseTimestamp(`${value}T00:00:00Z`) ?? value;
  return name === 'duration' ? (parseDuration(value) ?? value) : value;
}

function bytesOf(base64: string): Uint8Array | undefined {
  try {
    return Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
  } catch {
    return undefined;
  }
}

function mappingToCel(mapping: Mapping, schema: CustomSchema): CelValue {
  const { additional } = schema;
  const converted = newMapping();
  for (const key in mapping) {
    // To rules a null is not there, although the schema allows it.
    if (mapping[key] === null) continue;
    const property = schema.properties.get(key);
    const type = property ?? (additional === true ? undefined : additional);
    // What CEL adds to JSON stands in the same mappings; only expressions read them.
    const value = toCel(mapping[key] as Value, type) as Value;
    for (const name of property === undefined ? [key] : namesInRules(key)) converted[name] = value;
  }
  return converted;
}

function isConvertible(schema: CustomSchema): boolean {
  let found = convertible.get(schema);
  if (found === undefined) {
    const isText = /^(?:date-?time|date|duration|byte)$/.test(schema.format ?? '');
    const isEscaped = [...schema.properties.keys()].some((key) => escapeName(key) !== key);
    found =
      isText ||
      isEscaped ||
      schema.nullable ||
      schema.types[0] === 'number' ||
      partsOf(schema).some(isConvertible);
    convertible.set(schema, found);
  }
  return found;
}
