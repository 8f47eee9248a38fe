import { ownOf } from '../source/own.ts';
import { callMethod } from './call.ts';
import { type Evaluate, failAt, type Operands, type State } from './state.ts';
import { formatNode } from './syntax/format-node.ts';
import type { ChainNode, FieldNode, VariableNode } from './syntax/node.ts';
import { knownValue, noOrigins } from './value/datum.ts';
import { typeOf } from './value/kind.ts';
import type { GoList, GoMap, GoObject, Known } from './value/model.ts';

/** Fields to be looked up in a value, the last of which may be a method that is given arguments. */
export interface Lookup {
  readonly receiver: Known;
  readonly node: FieldNode | VariableNode | ChainNode;
  readonly given: Operands;
}

const nothing: Operands = { operands: [], final: undefined };

export function fieldsOf(state: State, { receiver, node, given }: Lookup, evaluate: Evaluate): Known {
  const { path } = node;
  let known = receiver;
  for (let index = 0; index < path.length; index++) {
    const name = path[index] ?? '';
    const own = index === path.length - 1 ? given : nothing;
    known =
      plainEntry(known, name, own) ?? fieldOf(state, { receiver: known, node, given: own }, name, evaluate);
  }
  return known;
}

/** What a map has under a name, which most fields are; undefined for all else. */
function plainEntry({ value }: Known, name: string, { operands, final }: Operands): Known | undefined {
  if (typeof value !== 'object' || value?.kind !== 'map' || operands.length > 0 || final !== undefined)
    return undefined;
  const { methods, entries } = value;
  return methods === undefined || !Object.hasOwn(methods, name) ? entries.get(name) : undefined;
}

function fieldOf(state: State, { receiver, node, given }: Lookup, name: string, evaluate: Evaluate): Known {
  const { value } = receiver;
  const { missingKey } = state.run;
  if (value === undefined) {
    if (missingKey === 'error')
      failAt(state, `nil data; no entry for key ${JSON.stringify(name)}`, formatNode(node));
    return knownValue(undefined);
  }
  if (value === null) failAt(state, `nil pointer evaluating interface {}.${name}`, formatNode(node));
  if (typeof value !== 'object' || value.kind === 'integer' || value.kind === 'bytes')
    return failAt(state, `can't evaluate field ${name} in type ${nameOfType(node, value)}`, formatNode(node));
  const method = value.methods === undefined ? undefined : ownOf(value.methods, name);
  if (method !== undefined)
    return callMethod(state, { name, method, given: { ...given, command: undefined }, node }, evaluate);
  const entry = entryOf(value, name);
  if (value.kind !== 'map' && entry === undefined)
    failAt(state, `can't evaluate field ${name} in type ${nameOfType(node, value)}`, formatNode(node));
  if (given.operands.length > 0 || given.final !== undefined)
    failAt(state, `${name} is not a method but has arguments`);
  if (entry !== undefined) return entry;
  if (missingKey === 'error')
    failAt(state, `map has no entry for key ${JSON.stringify(name)}`, formatNode(node));
  // Of a map of anything else but interfaces the zero value is one of its own type.
  const zero = value.kind === 'map' && value.type === 'map[string]string' ? '' : null;
  return { value: missingKey === 'zero' ? zero : undefined, origins: noOrigins };
}

function entryOf(value: GoMap | GoObject | GoList, name: string): Known | undefined {
  if (value.kind === 'list') return undefined;
  return (value.kind === 'map' ? value.entries : value.fields).get(name);
}

// What comes out of a map is an interface to reflect, whatever it holds; a variable holds the value itself.
function nameOfType(node: Lookup['node'], value: Known['value']): string {
  return node.kind === 'variable' && node.path.length === 1 ? typeOf(value) : 'interface {}';
}
