import type { TextPart } from '../../source/scalar-offsets.ts';

/** Where an expression stands in the template. */
interface Placed {
  readonly start: number;
}

export interface FieldNode extends Placed {
  readonly kind: 'field';
  readonly path: readonly string[];
}

export interface VariableNode extends Placed {
  readonly kind: 'variable';
  readonly name: string;
  readonly path: readonly string[];
}

export interface FunctionNode extends Placed {
  readonly kind: 'function';
  readonly name: string;
}

/** Fields of what another expression computes. */
export interface ChainNode extends Placed {
  readonly kind: 'chain';
  readonly of: Operand;
  readonly path: readonly string[];
}

export interface NumberNode extends Placed {
  readonly kind: 'number';
  readonly text: string;
  /** A bigint where it can be an integer, a number else; both where `1e3` can be either. */
  readonly integer?: bigint;
  readonly float: number;
  readonly isFloat: boolean;
}

export interface StringNode extends Placed {
  readonly kind: 'string';
  readonly quoted: string;
  readonly text: string;
}

/** One word of a command. */
export type Operand =
  | FieldNode
  | VariableNode
  | FunctionNode
  | ChainNode
  | NumberNode
  | StringNode
  | PipeNode
  | (Placed & { readonly kind: 'dot' | 'nil' })
  | (Placed & { readonly kind: 'bool'; readonly value: boolean });

/** A function with its arguments, or a value alone. */
export interface CommandNode extends Placed {
  readonly operands: readonly [Operand, ...Operand[]];
}

/** Commands, each of which hands its value to the next one; the names are those of variables that it sets. */
export interface PipeNode extends Placed {
  readonly kind: 'pipe';
  readonly names: readonly string[];
  readonly declares: boolean;
  readonly commands: readonly CommandNode[];
}

export interface TextNode extends Placed {
  readonly kind: 'text';
  readonly text: string;
}

export interface ActionNode extends Placed {
  readonly kind: 'action';
  readonly pipe: PipeNode;
  /** With its delimiters. */
  readonly part: TextPart;
}

export interface BranchNode extends Placed {
  readonly kind: 'if' | 'with' | 'range';
  readonly pipe: PipeNode;
  readonly body: readonly TemplateNode[];
  readonly otherwise: readonly TemplateNode[] | undefined;
  readonly part: TextPart;
}

export interface InvocationNode extends Placed {
  readonly kind: 'template';
  readonly name: string;
  readonly pipe: PipeNode | undefined;
}

export type TemplateNode =
  | TextNode
  | ActionNode
  | BranchNode
  | InvocationNode
  | (Placed & { readonly kind: 'break' | 'continue' });
