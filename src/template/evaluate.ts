import { type Origin, originOfPart, type TextSource, type Tracked } from '../object/provenance.ts';
import { joinMade, type MadeText, madeText } from '../source/made-text.ts';
import { isMapping, isSequence, type Mapping, type Value } from '../source/value.ts';
import { valueText } from '../source/value-text.ts';
import { callFunction } from './functions.ts';
import {
  type Expression,
  type Pipeline,
  parseTemplate,
  Refused,
  type Syntax,
  type TemplateNode,
  Unsupported,
} from './parse.ts';
import { isTruthy, printValue } from './print.ts';

/** Why a template has no text: a missing parameter, what Go refuses, or something that is not followed here. */
export type TemplateFailure =
  | {
      readonly missing: string;
      /** What it becomes where the controller leaves what it does not know as it stands. */
      readonly left?: MadeText<TextSource>;
    }
  | { readonly refused: string }
  | { readonly unsupported: string };

/** The text of a template with what each stretch of it came from, or why there is none. */
export type TemplateResult = { readonly made: MadeText<TextSource> } | TemplateFailure;

export interface TemplateOptions {
  /** As `missingkey=error` has it: a field that is not there ends the template, whether it is printed or not. */
  readonly isStrict: boolean;
  readonly syntax?: Syntax;
}

const maximumSteps = 100_000;
const maximumLength = 1_000_000;

/**
 * Fills a template in as Go's text/template does, with parameters whose origins are kept. Not strict, only a field that is printed or
 * looked into has to be there, for that would print `<no value>`.
 */
export function fillTemplate(
  template: Tracked<string>,
  parameters: Tracked<Mapping>,
  { isStrict, syntax }: TemplateOptions,
): TemplateResult {
  const own: TextSource = { template: template.origin, text: template.value, values: [] };
  const run: Run = { isStrict, own, steps: 0, length: 0 };
  const all: Known = { value: parameters.value, origins: [parameters.origin] };
  try {
    const output: MadeText<TextSource>[] = [];
    const nodes = parseTemplate(template.value, syntax);
    evaluateNodes(run, nodes, { dot: all, variables: [['$', all]] }, output);
    return { made: joinMade(output) };
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
  readonly own: TextSource;
  steps: number;
  length: number;
}

/** A value and what it was made of: one origin for what stands in the parameters, that of each argument for what a function made. */
interface Known {
  readonly value: Value | undefined;
  readonly origins: readonly Origin[];
}

interface Scope {
  readonly dot: Known;
  /** The innermost last. */
  readonly variables: [string, Known][];
}

/** How a block was left: `break` and `continue` go up to their loop. */
type Left = 'break' | 'continue' | undefined;

function evaluateNodes(
  run: Run,
  nodes: readonly TemplateNode[],
  scope: Scope,
  output: MadeText<TextSource>[],
): Left {
  for (const node of nodes) {
    count(run);
    if (node.kind === 'text') print(run, madeText(node.text, run.own, node.at), output);
    else if (node.kind === 'action') {
      const { value, origins } = evaluatePipeline(run, node.pipeline, scope);
      if (node.pipeline.names.length > 0) continue;
      const source = { ...run.own, part: node.part, values: origins };
      print(run, madeText(printed(value, node.pipeline.value), source), output);
    } else if (!('pipeline' in node)) return node.kind;
    else {
      const left = evaluateBlock(run, node, scope, output);
      if (left !== undefined) return left;
    }
  }
  return undefined;
}

type Block = Extract<TemplateNode, { readonly pipeline: Pipeline; readonly body: readonly TemplateNode[] }>;

function evaluateBlock(run: Run, block: Block, scope: Scope, output: MadeText<TextSource>[]): Left {
  const inner: Scope = { dot: scope.dot, variables: [...scope.variables] };
  if (block.kind === 'range') return evaluateRange(run, block, inner, output);
  const value = evaluatePipeline(run, block.pipeline, inner);
  if (!isTruthy(value.value)) return evaluateNodes(run, block.otherwise, inner, output);
  return evaluateNodes(run, block.body, block.kind === 'with' ? { ...inner, dot: value } : inner, output);
}

function evaluateRange(run: Run, block: Block, scope: Scope, output: MadeText<TextSource>[]): Left {
  const { names, value: expression } = block.pipeline;
  const items = entriesOf(evaluate(run, expression, scope));
  count(run, items.length);
  if (items.length === 0) return evaluateNodes(run, block.otherwise, scope, output);
  for (const [key, value] of items) {
    const named: [string, Known][] =
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
function entriesOf(known: Known): [Known, Known][] {
  const { value } = known;
  const entry = (step: string | number): [Known, Known] => [
    computed(typeof step === 'number' ? BigInt(step) : step, []),
    partOf(known, step),
  ];
  if (isSequence(value)) return value.map((_, index) => entry(index));
  if (isMapping(value)) return Object.keys(value).sort().map(entry);
  if (typeof value === 'bigint' && value < 10_000n)
    return Array.from({ length: Math.max(0, Number(value)) }, (_, index) => {
      const number = computed(BigInt(index), known.origins);
      return [number, number];
    });
  if (value === undefined || value === null) return [];
  throw new Refused('range is given what has no items');
}

function computed(value: Value | undefined, origins: readonly Origin[]): Known {
  return { value, origins };
}

function partOf({ value, origins }: Known, step: string | number): Known {
  const [origin, ...others] = origins;
  const part =
    typeof step === 'number' ? (isSequence(value) ? value[step] : undefined) : fieldOf(value, step);
  // Of what a function made nobody knows which argument brought which part.
  return {
    value: part,
    origins: origin === undefined || others.length > 0 ? origins : [originOfPart(origin, step)],
  };
}

function fieldOf(value: Value | undefined, name: string): Value | undefined {
  return isMapping(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

function evaluatePipeline(run: Run, { names, declares, value }: Pipeline, scope: Scope): Known {
  const result = evaluate(run, value, scope);
  const [name] = names;
  if (name === undefined) return result;
  const known = declares ? undefined : scope.variables.findLast(([own]) => own === name);
  if (known !== undefined) known[1] = result;
  else if (declares) scope.variables.push([name, result]);
  else throw new Refused(`there is no variable ${name}`);
  return result;
}

function evaluate(run: Run, expression: Expression, scope: Scope): Known {
  count(run);
  switch (expression.kind) {
    case 'literal':
      return computed(expression.value, []);
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
  start: Known,
  { path, text }: { readonly path: readonly string[]; readonly text: string },
): Known {
  let known = start;
  for (const name of path) {
    if (!isMapping(known.value)) throw new Missing(text);
    known = partOf(known, name);
    if (known.value === undefined && isStrict) throw new Missing(text);
  }
  return known;
}

function evaluateCall(run: Run, { name, args }: Extract<Expression, { kind: 'call' }>, scope: Scope): Known {
  // Go evaluates no more of these than it needs to.
  if (name === 'and' || name === 'or') {
    let known = computed(undefined, []);
    for (const arg of args) {
      known = evaluate(run, arg, scope);
      if (isTruthy(known.value) === (name === 'or')) return known;
    }
    return known;
  }
  const values = args.map((arg) => evaluate(run, arg, scope));
  const result = callFunction(
    name,
    values.map(({ value }) => value),
  );
  if (typeof result === 'string') grow(run, result.length);
  else if (isSequence(result)) count(run, result.length);
  // What hands one of its arguments on, such as `default`, makes nothing of the others.
  const given = values.find(({ value }) => value === result && typeof value === 'object');
  return given ?? computed(result, [...new Set(originsOf(name, values, result))]);
}

/** What a function picks out of its arguments comes from there, and all else from all of them. */
function originsOf(name: string, values: readonly Known[], result: Value | undefined): Origin[] {
  const [first, ...keys] = values;
  if (first !== undefined && (name === 'index' || name === 'get')) {
    const picked = keys.reduce((known, { value }) => partOf(known, stepOf(value)), first);
    return [...picked.origins];
  }
  const chosen = choosing.has(name) ? values.filter(({ value }) => value === result) : [];
  return (chosen.length > 0 ? chosen : values).flatMap(({ origins }) => origins);
}

function stepOf(key: Value | undefined): string | number {
  return typeof key === 'number' || typeof key === 'bigint' ? Number(key) : valueText(key);
}

const choosing: ReadonlySet<string> = new Set(['default', 'coalesce', 'ternary']);

function printed(value: Value | undefined, expression: Expression): string {
  if (value !== undefined) return printValue(value);
  const what = expression.kind === 'call' ? `the result of ${expression.name}` : 'a field';
  throw new Missing('text' in expression ? expression.text : what);
}

function print(run: Run, made: MadeText<TextSource>, output: MadeText<TextSource>[]): void {
  grow(run, made.text.length);
  output.push(made);
}

function grow(run: Run, length: number): void {
  run.length += length;
  if (run.length > maximumLength) throw new Unsupported('a text of this length');
}

function count(run: Run, steps = 1): void {
  run.steps += steps;
  if (run.steps > maximumSteps) throw new Unsupported('a template of this many steps');
}
