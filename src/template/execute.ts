import type { Origin, TextSource } from '../object/provenance.ts';
import { type MadeText, stretchAt } from '../source/made-text.ts';
import type { TextPart } from '../source/scalar-offsets.ts';
import { evaluatePipe, expressionOf } from './evaluate.ts';
import { finishOutput, newOutput, type Output, writeMade, writeText } from './output.ts';
import { noteItself, noteWhole } from './read-values.ts';
import { spendLength, spendSteps, spendValue } from './run.ts';
import { failAt, frameOf, pushVariable, type State, setVariable } from './state.ts';
import type { ActionNode, BranchNode, InvocationNode, TemplateNode, TextNode } from './syntax/node.ts';
import type { Template } from './template.ts';
import { printsNothing, UnsupportedTemplate } from './template-error.ts';
import { knownKey, knownValue, originsOf, sortedKeys } from './value/datum.ts';
import { integerOf, isTruthy } from './value/kind.ts';
import type { Datum, Known, Run } from './value/model.ts';
import { printResult, printValue } from './value/print.ts';

/** More than this many templates inside each other are a recursion without end, or none that is followed here. */
const maximumCalls = 120;

// What each stretch came from is kept for as long as the text is: that costs more memory than a step takes time.
const stepsOfPrinting = 7;

/** The text of a template for a dot, as Go's text/template makes it (1.26, exec.go); throws `TemplateError`. */
export function executeTemplate(run: Run, template: Template, dot: Known): MadeText<TextSource> {
  const output = newOutput();
  walkTemplate(run, template, dot, output);
  return finishOutput(output);
}

function walkTemplate(run: Run, template: Template, dot: Known, output: Output): void {
  if (run.calls.length > maximumCalls) throw new UnsupportedTemplate('templates nested this deeply');
  const { origin, text } = template.source;
  const own: TextSource = { template: origin, text, values: [] };
  const state: State = { run, template, own, variables: [['$', dot]], at: undefined };
  try {
    walk(state, template.nodes, dot, output);
  } catch (error) {
    if (error instanceof UnsupportedTemplate) error.frames ??= [...run.calls, frameOf(state)];
    throw error;
  }
}

/** How a list of nodes was left: `break` and `continue` go up to their loop. */
type Left = 'break' | 'continue' | undefined;

function walk(state: State, nodes: readonly TemplateNode[], dot: Known, output: Output): Left {
  for (const node of nodes) {
    spendSteps(state.run);
    switch (node.kind) {
      case 'text':
        spendLength(state.run, node.text.length);
        writeOwn(state, node, output);
        break;
      case 'action':
        printAction(state, node, dot, output);
        break;
      case 'template':
        invoke(state, node, dot, output);
        break;
      case 'break':
      case 'continue':
        return node.kind;
      default: {
        const left = walkBranch(state, node, dot, output);
        if (left !== undefined) return left;
      }
    }
  }
  return undefined;
}

/** Letters of the template itself; those of one that values made are theirs. */
function writeOwn({ own, run, template }: State, { text, start }: TextNode, output: Output): void {
  const { source } = template;
  if (source.stretches === undefined) writeText(output, text, own, start);
  else {
    const before = output.stretches.length;
    writeMade(output, { text: source.text, stretches: source.stretches }, start, start + text.length);
    spendSteps(run, output.stretches.length - before);
  }
}

/** An action as a source; in a template that values made those that wrote it come first. */
function sourceOf({ own, template }: State, part: TextPart): TextSource {
  const { stretches } = template.source;
  const made = stretches?.[stretchAt(stretches, part.start)]?.source;
  return made ?? { template: own.template, text: own.text, part, values: own.values };
}

function printAction(state: State, node: ActionNode, dot: Known, output: Output): void {
  const here = sourceOf(state, node.part);
  state.here = here;
  const known = evaluatePipe(state, dot, node.pipe);
  if (node.pipe.names.length > 0) return;
  const { value, made } = known;
  noteWhole(state.run.read, known);
  if (value === undefined && !state.run.printsNothing) failAt(state, printsNothing, expressionOf(node.pipe));
  spendValue(state.run, value);
  spendSteps(state.run, made === undefined ? stepsOfPrinting : 2 * made.length);
  const text = textInPlace(value) ?? printResult(value);
  spendLength(state.run, text.length);
  if (made !== undefined) writeMade(output, { text, stretches: made });
  else writeText(output, text, withValues(here, originsOf(known)));
}

/** Each property by itself: to spread an object for each action would cost as much as to execute it. */
function withValues({ template, text, part, values }: TextSource, more: readonly Origin[]): TextSource {
  const all = values.length === 0 ? more : [...values, ...more];
  return part === undefined ? { template, text, values: all } : { template, text, part, values: all };
}

/** What the place is printed as that a pipeline names; a value that a function answers is in none. */
function textInPlace(value: Datum): string | undefined {
  return typeof value === 'object' && value?.kind === 'object' ? value.textInPlace : undefined;
}

function invoke(state: State, node: InvocationNode, dot: Known, output: Output): void {
  state.at = node;
  const template = state.run.templates.get(node.name);
  if (template === undefined) failAt(state, `template ${JSON.stringify(node.name)} not defined`);
  const inner = node.pipe === undefined ? knownValue(undefined) : evaluatePipe(state, dot, node.pipe);
  const frame = {
    template: state.template,
    start: node.start,
    expression: `template ${JSON.stringify(node.name)}`,
  };
  walkTemplate({ ...state.run, calls: [...state.run.calls, frame] }, template, inner, output);
}

function walkBranch(state: State, node: BranchNode, dot: Known, output: Output): Left {
  const mark = state.variables.length;
  state.here = sourceOf(state, node.part);
  const known = evaluatePipe(state, dot, node.pipe);
  noteItself(state.run.read, known);
  const left =
    node.kind === 'range'
      ? walkRange(state, node, { dot, known }, output)
      : isTruthy(known.value)
        ? walk(state, node.body, node.kind === 'with' ? known : dot, output)
        : walk(state, node.otherwise ?? [], dot, output);
  state.variables.length = mark;
  return left;
}

function walkRange(
  state: State,
  node: BranchNode,
  { dot, known }: { readonly dot: Known; readonly known: Known },
  output: Output,
): Left {
  const items = itemsOf(state, node, known);
  if (items.length === 0) return walk(state, node.otherwise ?? [], dot, output);
  const mark = state.variables.length;
  for (const [key, item] of items) {
    spendSteps(state.run);
    noteItself(state.run.read, item);
    setLoopVariables(state, node, key, item);
    const left = walk(state, node.body, item, output);
    state.variables.length = mark;
    if (left === 'break') break;
  }
  return undefined;
}

function setLoopVariables(state: State, { pipe }: BranchNode, key: Known, item: Known): void {
  const [first, second] = pipe.names;
  if (first === undefined) return;
  const set = pipe.declares ? setTop : setVariable;
  if (second === undefined) set(state, first, item);
  else {
    set(state, first, key);
    set(state, second, item);
  }
}

// Variables of a range are those that its pipeline has declared, and so stay on the stack.
function setTop({ variables }: State, name: string, known: Known): void {
  const own = variables.findLast(([one]) => one === name);
  if (own === undefined) pushVariable({ variables }, name, known);
  else own[1] = known;
}

/** A number of the type that another one has. */
function numberLike(value: Datum, number: bigint): Datum {
  return typeof value === 'object' && value?.kind === 'integer' ? { ...value, value: number } : number;
}

/** The keys and items of what a loop goes through, a map in the order of its keys. */
function itemsOf(state: State, node: BranchNode, known: Known): readonly (readonly [Known, Known])[] {
  const { value } = known;
  if (value === undefined || value === null) return [];
  const count = integerOf(value);
  if (count !== undefined) {
    if (node.pipe.names.length > 1)
      failAt(state, `can't use ${printValue(value)} to iterate over more than one variable`);
    spendSteps(state.run, Math.max(0, Number(count)));
    return Array.from({ length: Math.max(0, Number(count)) }, (_, index) => {
      const item = { value: numberLike(value, BigInt(index)), origins: known.origins };
      return [knownValue(undefined), item] as const;
    });
  }
  if (typeof value === 'object' && value.kind === 'list')
    return value.items.map((item, index) => [knownValue(BigInt(index)), item] as const);
  if (typeof value === 'object' && value.kind === 'map')
    return sortedKeys(value).map(
      (key) => [knownKey(value, key), value.entries.get(key) ?? knownValue(null)] as const,
    );
  return failAt(state, `range can't iterate over ${printValue(value)}`);
}
