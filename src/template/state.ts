import type { TextSource } from '../object/provenance.ts';
import { formatNode } from './syntax/format-node.ts';
import type { BranchNode, CommandNode, InvocationNode, Operand } from './syntax/node.ts';
import type { Template } from './template.ts';
import { type Frame, lineAndByte, TemplateError } from './template-error.ts';
import type { ArgumentType, Known, Run } from './value/model.ts';

/** Where the execution of one template is. */
export interface State {
  readonly run: Run;
  readonly template: Template;
  /** The template's own text, as a source of what is made. */
  readonly own: TextSource;
  /** The innermost last. */
  readonly variables: [string, Known][];
  /** What is being evaluated, which errors name. */
  at: Operand | CommandNode | BranchNode | InvocationNode | undefined;
  /** The action that is being executed. */
  here?: TextSource;
}

/** The operands of a call, the function's own name left out, and what is piped into it. */
export interface Operands {
  readonly operands: readonly Operand[];
  readonly final: Known | undefined;
  /** The whole command, which errors of the call name. */
  readonly command?: CommandNode | undefined;
}

/** Evaluates an operand as an argument of a type; without one any will do, and nothing remains nothing. */
export type Evaluate = (operand: Operand, type: ArgumentType | undefined) => Known;

export function pushVariable({ variables }: Pick<State, 'variables'>, name: string, known: Known): void {
  variables.push([name, known]);
}

export function setVariable(state: State, name: string, known: Known): void {
  const own = state.variables.findLast(([one]) => one === name);
  if (own === undefined) failAt(state, `undefined variable: ${name}`);
  own[1] = known;
}

export function variableOf(state: State, name: string): Known {
  const own = state.variables.findLast(([one]) => one === name);
  return own === undefined ? failAt(state, `undefined variable: ${name}`) : own[1];
}

/** Where the execution is, as those see it that are called from there. */
export function frameOf({ template, at }: State): Frame {
  return at === undefined
    ? { template, start: 0 }
    : { template, start: at.start, expression: formatNode(at) };
}

/** Ends the execution with Go's words. */
export function failAt(state: State, words: string, missing?: string): never {
  const frames = [...state.run.calls, frameOf(state)];
  throw new TemplateError(`${placeOf(state)}: ${words}`, { words, frames, missing });
}

/** The same for an error of a called template, whose frames are known. */
export function failFrom(state: State, words: string, inner: TemplateError): never {
  throw new TemplateError(`${placeOf(state)}: ${words}`, inner);
}

function placeOf({ template, at }: State): string {
  if (at === undefined) return `template: ${template.name}`;
  const { line, byte } = lineAndByte(template.source.text, at.start);
  const where = `${template.source.name}:${line}:${byte}`;
  return `template: ${where}: executing ${JSON.stringify(template.name)} at <${formatNode(at)}>`;
}
