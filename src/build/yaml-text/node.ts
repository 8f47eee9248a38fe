import type { ScalarStyle } from './token.ts';

/** A node of a YAML text as it is written, so that it can be written again (yaml.Node of go-yaml v3). */
export interface YamlNode {
  readonly kind: 'document' | 'mapping' | 'sequence' | 'scalar' | 'alias';
  /** The short tag, empty where a node was made without one. */
  readonly tag: string;
  /** Whether the tag stands in the text. */
  readonly isTagged: boolean;
  readonly isFlow: boolean;
  readonly style: ScalarStyle;
  readonly anchor: string;
  /** The text of a scalar, the name of an alias. */
  text: string;
  /** Items, or keys and values in turn. */
  readonly content: YamlNode[];
  readonly alias?: YamlNode;
  head: string;
  line: string;
  foot: string;
}

const blank = {
  tag: '',
  isTagged: false,
  isFlow: false,
  style: 'plain',
  anchor: '',
  text: '',
  head: '',
  line: '',
  foot: '',
} as const;

/** A node with nothing but what is given. */
export function makeNode(given: Partial<YamlNode> & Pick<YamlNode, 'kind'>): YamlNode {
  return { ...blank, content: [], ...given };
}
