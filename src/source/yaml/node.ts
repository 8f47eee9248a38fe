import type { ScalarStyle } from './token.ts';

/** A node of YAML as go-yaml composes it; `start` and `end` leave out its anchor and its tag. */
export type Node = ScalarNode | AliasNode | SequenceNode | MappingNode;

interface Placed {
  readonly start: number;
  readonly end: number;
}

interface Anchored extends Placed {
  readonly anchor: string | undefined;
  readonly tag: string | undefined;
}

export interface ScalarNode extends Anchored {
  readonly kind: 'scalar';
  readonly text: string;
  readonly style: ScalarStyle;
}

/** `target` is the node that had the anchor last when the alias was read. */
export interface AliasNode extends Placed {
  readonly kind: 'alias';
  readonly name: string;
  readonly target: Node;
  /** Whether the target is a copy for this alias, with its own aliases expanded. */
  readonly isExpanded?: true;
}

export interface SequenceNode extends Anchored {
  readonly kind: 'sequence';
  readonly isFlow: boolean;
  readonly items: Node[];
}

export interface MappingNode extends Anchored {
  readonly kind: 'mapping';
  readonly isFlow: boolean;
  readonly pairs: Pair[];
}

export interface Pair {
  readonly key: Node;
  readonly value: Node;
}

/** What stands where nothing is written. */
export function emptyAt(at: number): ScalarNode {
  return { kind: 'scalar', text: '', style: 'plain', start: at, end: at, anchor: undefined, tag: undefined };
}
