import type { Mapping } from '../../source/value.ts';
import { isExpressionProblem, type Node, parseExpression } from '../policy/expression.ts';
import { type Check, each, invalid, required, supported } from './check.ts';
import { flag, has, optionalText, struct, text } from './fields.ts';

const reasons = ['FieldValueRequired', 'FieldValueForbidden', 'FieldValueInvalid', 'FieldValueDuplicate'];

/** Checks `x-kubernetes-validations` of one schema: texts, and that each expression compiles. */
export function validateSchemaRules(schema: Mapping, check: Check): void {
  each(check, schema, 'x-kubernetes-validations', (rule) => {
    const expression = text(rule, 'rule');
    if (expression.trim() === '') required(check, 'rule');
    else reportExpression(expression, 'rule', schema, check);
    const messageExpression = text(rule, 'messageExpression');
    if (messageExpression !== '' && messageExpression.trim() === '')
      required(check, 'messageExpression', 'must not be blank');
    else if (messageExpression !== '')
      reportExpression(messageExpression, 'messageExpression', schema, check);
    validateMessage(rule, expression, check);
    supported(check, 'reason', optionalText(rule, 'reason'), reasons);
    const path = text(rule, 'fieldPath');
    if (path !== '' && (path.trim() === '' || /[\n\r]/.test(path)))
      invalid(check, 'fieldPath', path, 'must be a path in one line');
  });
}

function validateMessage(rule: Mapping, expression: string, check: Check): void {
  const message = text(rule, 'message');
  if (message !== '' && message.trim() === '') invalid(check, 'message', message, 'must not be blank');
  else if (/[\n\r]/.test(message.trim())) invalid(check, 'message', message, 'must not contain line breaks');
  else if (message === '' && /[\n\r]/.test(expression.trim()))
    required(check, 'message', 'must be set for a rule of several lines');
}

function reportExpression(expression: string, at: string, schema: Mapping, check: Check): void {
  const node = parseExpression(expression);
  const problem = isExpressionProblem(node) ? node.problem : unknownField(node, schema);
  if (problem !== undefined) invalid(check, at, expression, `does not compile: ${problem}`);
}

/** The first field of `self` that the schema does not have; whatever else an expression names is not typed here. */
function unknownField(node: Node, schema: Mapping): string | undefined {
  const found = node.op === '.' || node.op === '.?' ? missingStep(node, schema) : undefined;
  return found ?? firstOf(node.args, schema);
}

function firstOf(args: unknown, schema: Mapping): string | undefined {
  if (Array.isArray(args)) {
    for (const part of args) {
      const found = firstOf(part, schema);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  return isNode(args) ? unknownField(args, schema) : undefined;
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'op' in value && 'args' in value;
}

function missingStep(node: Node, schema: Mapping): string | undefined {
  const [operand, name] = node.args as readonly [Node, string];
  const owner = schemaOf(operand, schema);
  if (owner === undefined || text(owner, 'type') !== 'object' || isOpen(owner)) return undefined;
  // Names with "__" are escaped words and characters.
  if (name.includes('__') || has(struct(owner, 'properties'), name)) return undefined;
  return isMetaField(owner, name) ? undefined : `undefined field '${name}'`;
}

function schemaOf(node: Node, schema: Mapping): Mapping | undefined {
  if (node.op === 'id') return node.args === 'self' || node.args === 'oldSelf' ? schema : undefined;
  if (node.op !== '.' && node.op !== '.?') return undefined;
  const [operand, name] = node.args as readonly [Node, string];
  return struct(struct(schemaOf(operand, schema), 'properties'), name);
}

function isOpen(schema: Mapping): boolean {
  return has(schema, 'additionalProperties') || flag(schema, 'x-kubernetes-preserve-unknown-fields') === true;
}

/** At the root and in embedded resources these can be read without being written down. */
function isMetaField(schema: Mapping, name: string): boolean {
  const isResource =
    flag(schema, 'x-kubernetes-embedded-resource') === true ||
    has(struct(schema, 'properties'), 'spec') ||
    has(struct(schema, 'properties'), 'metadata');
  return isResource && ['apiVersion', 'kind', 'metadata'].includes(name);
}
