import { knownOnce } from '../object/known-once.ts';
import { noteArguments, noteItself } from './read-values.ts';
import { spendLength, spendSteps, spendTexts, spendValue } from './run.ts';
import { type Evaluate, failAt, failFrom, frameOf, type Operands, type State } from './state.ts';
import { formatNode } from './syntax/format-node.ts';
import type { FunctionNode, Operand } from './syntax/node.ts';
import { FunctionError, TemplateError } from './template-error.ts';
import { isList, knownValue } from './value/datum.ts';
import { isTruthy, typeOf } from './value/kind.ts';
import type { Functions, GoFunction, Known } from './value/model.ts';
import { printValue } from './value/print.ts';
import { validateType } from './value/validate-type.ts';

/** Calls a function by its name; `and` and `or` evaluate no more than they need to. */
export function callFunction(state: State, node: FunctionNode, given: Operands, evaluate: Evaluate): Known {
  const { name } = node;
  if (name === 'call') return refuseCall(state, given, evaluate);
  if (name === 'and' || name === 'or') return callLogic(state, name, given, evaluate);
  const method = functionsByName(state.run.functions).get(name);
  if (method === undefined) failAt(state, `${JSON.stringify(name)} is not a defined function`);
  return callMethod(state, { name, method, given, node }, evaluate);
}

/** A map is asked faster than an object whose prototype does not count. */
const functionsByName = knownOnce(
  (functions: Functions): ReadonlyMap<string, GoFunction> => new Map(Object.entries(functions)),
);

/** No value that a template can have here is a function, and those that are not Go refuses (text/template 1.26, funcs.go). */
function refuseCall(state: State, { operands, final, command }: Operands, evaluate: Evaluate): never {
  const [first] = operands;
  if (first === undefined && final === undefined)
    failAt(state, 'wrong number of args for call: want at least 1 got 0');
  const { value } = first === undefined ? (final ?? knownValue(undefined)) : evaluate(first, undefined);
  const name = first === undefined ? printValue(value) : formatNode(first).replace(/^\((.*)\)$/su, '$1');
  state.at = command ?? state.at;
  if (value === undefined || value === null) failAt(state, 'error calling call: call of nil');
  return failAt(state, `error calling call: non-function ${name} of type ${typeOf(value)}`);
}

function callLogic(
  state: State,
  name: 'and' | 'or',
  { operands, final }: Operands,
  evaluate: Evaluate,
): Known {
  let known = knownValue(undefined);
  const count = operands.length + (final === undefined ? 0 : 1);
  if (count === 0) failAt(state, `wrong number of args for ${name}: want at least 1 got 0`);
  for (const operand of operands) {
    known = evaluate(operand, 'any');
    noteItself(state.run.read, known);
    if (isTruthy(known.value) === (name === 'or')) return known;
  }
  return final === undefined ? known : validateType(state, final, 'any');
}

/** What is called, what errors call it, and with what. */
export interface Called {
  readonly name: string;
  readonly method: GoFunction;
  readonly given: Operands;
  readonly node: Operand;
}

/** What a function is given is the value alone, and so is what it hands on. */
function withoutPlace(known: Known): Known {
  const { value } = known;
  if (typeof value !== 'object' || value?.kind !== 'object' || value.textInPlace === undefined) return known;
  const { textInPlace: _, ...alone } = value;
  return { ...known, value: alone };
}

// To execute a template of its own costs more than an action.
const stepsOfTemplate = 10;

export function callMethod(state: State, { name, method, given, node }: Called, evaluate: Evaluate): Known {
  const { operands, final } = given;
  const { takes, rest } = method;
  const count = operands.length + (final === undefined ? 0 : 1);
  if (rest === undefined ? count !== takes.length : count < takes.length)
    failAt(
      state,
      `wrong number of args for ${name}: want ${rest === undefined ? '' : 'at least '}${takes.length} got ${count}`,
    );
  const args: Known[] = [];
  for (const operand of operands) args.push(withoutPlace(evaluate(operand, takes[args.length] ?? rest)));
  if (final !== undefined) args.push(withoutPlace(validateType(state, final, takes[args.length] ?? rest)));
  const here = state.here ?? state.own;
  const { run } = state;
  noteArguments(run.read, name, args);
  if (method.walks) for (const { value } of args) spendValue(run, value);
  spendTexts(run, args, method.parses === true);
  if (method.nests) {
    spendSteps(run, stepsOfTemplate);
    // What it runs into is told with the whole call.
    state.at = given.command ?? node;
  }
  try {
    const inner = method.nests ? { ...run, calls: [...run.calls, frameOf(state)] } : run;
    const result = method.call(args, { run: inner, here });
    if (typeof result.value === 'string') spendLength(run, result.value.length);
    else if (isList(result.value)) spendSteps(run, result.value.items.length);
    return result;
  } catch (error) {
    state.at = given.command ?? node;
    if (error instanceof TemplateError) failFrom(state, `error calling ${name}: ${error.message}`, error);
    if (error instanceof FunctionError) failAt(state, `error calling ${name}: ${error.message}`);
    throw error;
  }
}
