import { wholeSchema } from '../../schema/custom-kind.ts';
import type { Mapping } from '../../source/value.ts';
import { type DeclaredSize, declaredSize } from '../cost/declared-size.ts';
import { costOfAll, excess, highestCost, ruleLimit, schemaLimit } from '../cost/rule-cost.ts';
import { type CelType, dyn, optionalOf } from '../policy/cel-type.ts';
import { customType } from '../policy/schema-type.ts';
import { type Check, each, forbidden, invalid, required, supported } from './check.ts';
import { validateExpression } from './expressions.ts';
import { flag, isEmpty, optionalText, text } from './fields.ts';
import { schemaAtPath } from './schema-path.ts';

const reasons = ['FieldValueRequired', 'FieldValueForbidden', 'FieldValueInvalid', 'FieldValueDuplicate'];

export interface RulesPlace {
  readonly isRoot: boolean;
  /** Whether the value cannot be told apart from one version of the object to the next, so that there is no old one. */
  readonly isUncorrelated: boolean;
  /** How often the schema may apply to an object; undefined where nothing bounds that. */
  readonly count: number | undefined;
  readonly spent: Spent;
}

/** What all rules of a schema may cost together. */
export interface Spent {
  cost: number;
}

/** Checks `x-kubernetes-validations` of one schema: texts, and that each expression compiles for what the schema describes. */
export function validateSchemaRules(schema: Mapping, check: Check, place: RulesPlace): void {
  if (isEmpty(schema, 'x-kubernetes-validations')) return;
  const whole = wholeSchema(schema);
  // What has no type of its own cannot be seen by rules; the schema is refused for the lack of one.
  const self = (whole === undefined ? undefined : customType(whole, 'rule', place.isRoot)) ?? dyn;
  each(check, schema, 'x-kubernetes-validations', (rule) => {
    const oldSelf = flag(rule, 'optionalOldSelf') === true ? optionalOf(self) : self;
    const names = new Map([
      ['self', self],
      ['oldSelf', oldSelf],
    ]);
    const expression = text(rule, 'rule');
    const size = whole === undefined ? undefined : declaredSize(whole, place.isRoot || whole.isEmbedded);
    const costs = { size, count: place.count, spent: place.spent };
    if (expression.trim() === '') required(check, 'rule');
    else reportExpression(expression, 'rule', names, check, costs);
    const messageExpression = text(rule, 'messageExpression');
    if (messageExpression !== '' && messageExpression.trim() === '')
      required(check, 'messageExpression', 'must not be blank');
    else if (messageExpression !== '')
      reportExpression(messageExpression, 'messageExpression', names, check, { ...costs, count: 1 });
    validateMessage(rule, expression, check);
    supported(check, 'reason', optionalText(rule, 'reason'), reasons);
    reportOldSelf(rule, check, place);
    const path = text(rule, 'fieldPath');
    if (path !== '' && (/[\n\r]/.test(path) || schemaAtPath(schema, path, true) === undefined))
      invalid(check, 'fieldPath', path, 'must be the path of a field inside it, such as .spec.replicas');
  });
}

function reportOldSelf(rule: Mapping, check: Check, { isUncorrelated }: RulesPlace): void {
  const expression = text(rule, 'rule');
  const isTransition = /\boldSelf\b/.test(expression.replace(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/g, ''));
  if (isTransition && isUncorrelated)
    invalid(check, 'rule', expression, 'must not use oldSelf inside a list that is not of type map');
  if (!isTransition && flag(rule, 'optionalOldSelf') !== undefined)
    invalid(
      check,
      'optionalOldSelf',
      flag(rule, 'optionalOldSelf'),
      'is allowed only for rules that use oldSelf',
      'remove it',
    );
}

function validateMessage(rule: Mapping, expression: string, check: Check): void {
  const message = text(rule, 'message');
  if (message !== '' && message.trim() === '') invalid(check, 'message', message, 'must not be blank');
  else if (/[\n\r]/.test(message.trim())) invalid(check, 'message', message, 'must not contain line breaks');
  else if (message === '' && /[\n\r]/.test(expression.trim()))
    required(check, 'message', 'must be set for a rule with several lines');
}

interface Costs {
  readonly size: DeclaredSize | undefined;
  readonly count: number | undefined;
  readonly spent: Spent;
}

function reportExpression(
  expression: string,
  at: 'rule' | 'messageExpression',
  names: ReadonlyMap<string, CelType>,
  check: Check,
  { size, count, spent }: Costs,
): void {
  const result = at === 'rule' ? 'bool' : 'string';
  const context = { names, result, kubernetesMinor: check.minor } as const;
  const compiled = validateExpression(expression, check, at, context);
  if (compiled === undefined || size === undefined) return;
  const cost = costOfAll(highestCost(compiled.node, compiled.checker, size), size, count);
  spent.cost += cost;
  if (cost <= ruleLimit) return;
  const problem = `${at === 'rule' ? 'the rule' : 'the messageExpression'} may cost ${excess(cost, ruleLimit)} what the server allows`;
  forbidden(check, at, problem, boundsHelp);
}

const boundsHelp =
  'set maxItems, maxProperties and maxLength where lists, maps and strings are declared, or simplify the rule';

/** Reports rules that are each cheap enough, but not together. */
export function reportWholeCost({ cost }: Spent, check: Check): void {
  if (cost <= schemaLimit) return;
  const problem = `the rules of the schema may cost ${excess(cost, schemaLimit)} what the server allows for all of them`;
  forbidden(check, [], problem, boundsHelp);
}
