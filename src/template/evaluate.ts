import { callFunction } from './call.ts';
import { fieldsOf } from './field.ts';
import { spendSteps } from './run.ts';
import {
  type Evaluate,
  failAt,
  type Operands,
  pushVariable,
  type State,
  setVariable,
  variableOf,
} from './state.ts';
import { formatNode } from './syntax/format-node.ts';
import type { CommandNode, NumberNode, Operand, PipeNode } from './syntax/node.ts';
import { knownValue } from './value/datum.ts';
import type { ArgumentType, Known } from './value/model.ts';
import { nameOfType, validateType } from './value/validate-type.ts';

/** The value of a pipeline; undefined where Go's reflect calls it invalid. */
export function evaluatePipe(state: State, dot: Known, pipe: PipeNode): Known {
  state.at = pipe;
  let known: Known | undefined;
  for (const command of pipe.commands) {
    spendSteps(state.run);
    known = evaluateCommand(state, dot, command, known);
    if (known.value === null) known = { ...known, value: undefined };
  }
  const result = known ?? knownValue(undefined);
  for (const name of pipe.names) {
    if (pipe.declares) pushVariable(state, name, result);
    else setVariable(state, name, result);
  }
  return result;
}

/** What a pipeline that printed nothing is called: the field that is not there. */
export function expressionOf({ commands }: PipeNode): string {
  const first = commands.at(-1)?.operands[0];
  if (first === undefined) return 'a field';
  return first.kind === 'function' ? `the result of ${first.name}` : formatNode(first);
}

function evaluateCommand(state: State, dot: Known, command: CommandNode, final: Known | undefined): Known {
  const [first, ...operands] = command.operands;
  const given = { operands, final, command };
  switch (first.kind) {
    case 'field':
    case 'chain':
    case 'function':
    case 'variable':
      return evaluateName(state, dot, first, given);
    case 'pipe':
      refuseArguments(state, first, given);
      return evaluatePipe(state, dot, first);
    default:
      state.at = first;
      refuseArguments(state, first, given);
      if (first.kind === 'nil') failAt(state, 'nil is not a command');
      return evaluateLiteral(state, dot, first);
  }
}

type NameNode = Extract<Operand, { readonly kind: 'field' | 'chain' | 'function' | 'variable' }>;

function evaluateName(state: State, dot: Known, node: NameNode, given: Operands): Known {
  state.at = node;
  const argument: Evaluate = (operand, type) => evaluateArgument(state, dot, operand, type);
  switch (node.kind) {
    case 'function':
      return callFunction(state, node, given, argument);
    case 'field':
      return fieldsOf(state, { receiver: dot, node, given }, argument);
    case 'variable': {
      const receiver = variableOf(state, node.name);
      if (node.path.length === 0) refuseArguments(state, node, given);
      return fieldsOf(state, { receiver, node, given }, argument);
    }
    case 'chain': {
      if (node.of.kind === 'nil') failAt(state, `indirection through explicit nil in ${formatNode(node)}`);
      const receiver = evaluateArgument(state, dot, node.of, undefined);
      return fieldsOf(state, { receiver, node, given }, argument);
    }
  }
}

const nothing: Operands = { operands: [], final: undefined };

function evaluateArgument(state: State, dot: Known, operand: Operand, type: ArgumentType | undefined): Known {
  spendSteps(state.run);
  state.at = operand;
  switch (operand.kind) {
    case 'dot':
      return validateType(state, dot, type);
    case 'nil':
      return evaluateNil(state, type);
    case 'field':
    case 'chain':
    case 'function':
    case 'variable':
      return validateType(state, evaluateName(state, dot, operand, nothing), type);
    case 'pipe':
      return validateType(state, evaluatePipe(state, dot, operand), type);
    default:
      return evaluateTyped(state, operand, type);
  }
}

function evaluateNil(state: State, type: ArgumentType | undefined): Known {
  if (type === undefined || type === 'any' || type === 'map' || type === 'list')
    return validateType(state, knownValue(undefined), type);
  return failAt(state, `cannot assign nil to ${nameOfType(type)}`);
}

type Literal = Extract<Operand, { readonly kind: 'bool' | 'number' | 'string' }>;

const wanted: Readonly<Partial<Record<ArgumentType, readonly [kind: Literal['kind'], name: string]>>> = {
  text: ['string', 'string'],
  int: ['number', 'integer'],
  int64: ['number', 'integer'],
  float: ['number', 'float'],
  bool: ['bool', 'bool'],
};

function evaluateTyped(state: State, operand: Literal, type: ArgumentType | undefined): Known {
  if (type === undefined || type === 'any') return evaluateLiteral(state, knownValue(undefined), operand);
  const [kind, name] = wanted[type] ?? [undefined, ''];
  if (kind === undefined)
    failAt(state, `can't handle ${formatNode(operand)} for arg of type ${nameOfType(type)}`);
  if (operand.kind !== kind) failAt(state, `expected ${name}; found ${formatNode(operand)}`);
  if (operand.kind !== 'number') return evaluateLiteral(state, knownValue(undefined), operand);
  if (type === 'float') return knownValue(operand.float);
  if (operand.integer === undefined) failAt(state, `expected integer; found ${formatNode(operand)}`);
  return validateType(state, knownValue(operand.integer), type);
}

function evaluateLiteral(state: State, dot: Known, operand: Operand): Known {
  switch (operand.kind) {
    case 'dot':
      return dot;
    case 'bool':
      return knownValue(operand.value);
    case 'number':
      return knownValue(idealConstant(state, operand));
    case 'string':
      return knownValue(operand.text);
    default:
      return failAt(state, `can't evaluate command ${JSON.stringify(formatNode(operand))}`);
  }
}

function idealConstant(state: State, { text, integer, float, isFloat }: NumberNode): number | bigint {
  if (isFloat && /[.eEpP]/u.test(text) && !/^0[xX]/u.test(text)) return float;
  if (integer === undefined || integer >= 2n ** 63n) return failAt(state, `${text} overflows int`);
  return integer;
}

function refuseArguments(state: State, node: Operand, { operands, final }: Operands): void {
  if (operands.length > 0 || final !== undefined)
    failAt(state, `can't give argument to non-function ${formatNode(node)}`);
}
