import { isMapping, isSequence, type Mapping, type Value } from '../source/value.ts';
import { callFunction } from './functions.ts';
import {
  type Expression,
  type Pipeline,
  parseTemplate,
  Refused,
  type TemplateNode,
  Unsupported,
} from './parse.ts';
import { isTruthy, printValue } from './print.ts';

/** The text of a template, or why there is none: a missing parameter, what Go refuses, or something that is not followed here. */
export type TemplateResult =
  | { readonly text: string }
  | {
      readonly missing: string;
      /** What it becomes where the controller leaves what it does not know as it stands. */
      readonly left?: string;
    }
  | { readonly refused: string }
  | { readonly unsupported: string };

const maximumSteps = 100_000;
const maximumLength = 1_000_000;

/**
 * Evaluates a template as Go's text/template does. With `isStrict`, as `missingkey=error` has it, a field that is not there ends
 * it; without, only one that is printed or looked into does, for that would print `<no value>`.
 */
export function evaluateTemplate(template: string, parameters: Mapping, isStrict: boolean): TemplateResult {
  try {
    const run: Run = { isStrict, steps: 0, length: 0 };
    const scope: Scope = { dot: parameters, variables: [['$', parameters]] };
    const output: string[] = [];
    evaluateNodes(run, parseTemplate(template), scope, output);
    return { text: output.join('') };
  } catch (error) {
    if (error instanceof Missing) return { missing: error.message };
    if (error instanceof Refused) return { refused: error.message };
    if (error instanceof Unsupported) return { unsupported: error.message };
    throw error;
  }
}

class Missing extends Error {}

interface Run {
  readonly isStrict: boolean;
  steps: number;
  length: number;
}

interface Scope {
  readonly dot: Value | undefined;
  /** The innermost last. */
  readonly variables: [string, Value | undefined][];
}

/** How a block was left: `break` and `continue` go up to their loop. */
type Left = 'break' | 'continue' | undefined;

function evaluateNodes(run: Run, nodes: readonly TemplateNode[], scope: Scope, output: string[]): Left {
  for (const node of nodes) {
    count(run);
    if (node.kind === 'text') print(run, node.text, output);
    else if (node.kind === 'action') {
      const value = evaluatePipeline(run, node.pipeline, scope);
      if (node.pipeline.names.length === 0) print(run, printed(value, node.pipeline.value), output);
    } else if (!('pipeline' in node)) return node.kind;
    else {
      const left = evaluateBlock(run, node, scope, output);
      if (left !== undefined) return left;
    }
  }
  return undefined;
}

type Block = Extract<TemplateNode, { readonly pipeline: Pipeline; readonly body: readonly TemplateNode[] }>;

function evaluateBlock(run: Run, block: Block, scope: Scope, output: string[]): Left {
  const inner: Scope = { dot: scope.dot, variables: [...scope.variables] };
  if (block.kind === 'range') return evaluateRange(run, block, inner, output);
  const value = evaluatePipeline(run, block.pipeline, inner);
  if (!isTruthy(value)) return evaluateNodes(run, block.otherwise, inner, output);
  return evaluateNodes(run, block.body, block.kind === 'with' ? { ...inner, dot: value } : inner, output);
}

function evaluateRange(run: Run, block: Block, scope: Scope, output: string[]): Left {
  const { names, value: expression } = block.pipeline;
  const items = entriesOf(evaluate(run, expression, scope));
  count(run, items.length);
  if (items.length === 0) return evaluateNodes(run, block.otherwise, scope, output);
  for (const [key, value] of items) {
    const named: [string, Value][] =
      names.length === 0
        ? []
        : names.length === 1
          ? [[names[0] ?? '', value]]
          : [
              [names[0] ?? '', key],
              [names[1] ?? '', value],
            ];
    const left = evaluateNodes(
      run,
      block.body,
      { dot: value, variables: [...scope.variables, ...named] },
      output,
    );
    if (left === 'break') return undefined;
  }
  return undefined;
}

// Go goes through a map in the order of its keys.
function entriesOf(value: Value | undefined): [Value, Value][] {
  if (isSequence(value)) return value.map((item, index) => [BigInt(index), item]);
  if (isMapping(value))
    return Object.keys(value)
      .sort()
      .map((key) => [key, value[key] ?? null]);
  if (typeof value === 'bigint' && value < 10_000n)
    return Array.from({ length: Math.max(0, Number(value)) }, (_, index) => [BigInt(index), BigInt(index)]);
  if (value === undefined || value === null) return [];
  throw new Refused('range is given what has no items');
}

function evaluatePipeline(run: Run, { names, declares, value }: Pipeline, scope: Scope): Value | undefined {
  const result = evaluate(run, value, scope);
  const [name] = names;
  if (name === undefined) return result;
  const known = declares ? undefined : scope.variables.findLast(([own]) => own === name);
  if (known !== undefined) known[1] = result;
  else if (declares) scope.variables.push([name, result]);
  else throw new Refused(`there is no variable ${name}`);
  return result;
}

function evaluate(run: Run, expression: Expression, scope: Scope): Value | undefined {
  count(run);
  switch (expression.kind) {
    case 'literal':
      return expression.value;
    case 'field':
      return fieldsOf(run, scope.dot, expression);
    case 'variable': {
      const known = scope.variables.findLast(([name]) => name === expression.name);
      if (known === undefined) throw new Refused(`there is no variable ${expression.name}`);
      return fieldsOf(run, known[1], expression);
    }
    case 'chain':
      return fieldsOf(run, evaluate(run, expression.of, scope), expression);
    case 'call':
      return evaluateCall(run, expression, scope);
  }
}

function fieldsOf(
  { isStrict }: Run,
  start: Value | undefined,
  { path, text }: { readonly path: readonly string[]; readonly text: string },
): Value | undefined {
  let value = start;
  for (const name of path) {
    if (!isMapping(value)) throw new Missing(text);
    value = Object.hasOwn(value, name) ? value[name] : undefined;
    if (value === undefined && isStrict) throw new Missing(text);
  }
  return value;
}

function evaluateCall(run: Run, { name, args }: Extract<Expression, { kind: 'call' }>, scope: Scope) {
  // Go evaluates no more of these than it needs to.
  if (name === 'and' || name === 'or') {
    let value: Value | undefined;
    for (const arg of args) {
      value = evaluate(run, arg, scope);
      if (isTruthy(value) === (name === 'or')) return value;
    }
    return value;
  }
  const values = args.map((arg) => evaluate(run, arg, scope));
  const result = callFunction(name, values);
  if (typeof result === 'string') grow(run, result.length);
  else if (isSequence(result)) count(run, result.length);
  return result;
}

function printed(value: Value | undefined, expression: Expression): string {
  if (value !== undefined) return printValue(value);
  const what = expression.kind === 'call' ? `the result of ${expression.name}` : 'a field';
  throw new Missing('text' in expression ? expression.text : what);
}

function print(run: Run, text: string, output: string[]): void {
  grow(run, text.length);
  output.push(text);
}

function grow(run: Run, length: number): void {
  run.length += length;
  if (run.length > maximumLength) throw new Unsupported('a text of this length');
}

function count(run: Run, steps = 1): void {
  run.steps += steps;
  if (run.steps > maximumSteps) throw new Unsupported('a template of this many steps');
}
