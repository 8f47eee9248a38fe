/** What a value may be at one place of an object, whoever says so: read while somebody writes it. */
export interface SchemaNode {
  readonly is: 'object' | 'map' | 'list' | 'scalar' | 'any';
  /** In words: `string`, `list of objects`. */
  readonly type: string;
  /** What whoever made it says of it. */
  words(): string | undefined;
  /** As they are written; undefined where there are more than can be listed. */
  readonly values?: readonly string[];
  /** What stands there where nobody wrote anything. */
  readonly fallback?: string;
  /** A built-in type as Go names it, `core.v1.PodSpec`. */
  readonly name?: string;
  /** Of an object. */
  fields(): ReadonlyMap<string, SchemaNode>;
  required(): readonly string[];
  /** The items of a list, the values of a map. */
  below(): SchemaNode | undefined;
}

const noFields: ReadonlyMap<string, SchemaNode> = new Map();

/** A place with nothing below it. */
export function leafNode(
  type: string,
  more: Partial<Pick<SchemaNode, 'values' | 'fallback' | 'words'>> = {},
): SchemaNode {
  return {
    is: 'scalar',
    type,
    words: () => undefined,
    fields: () => noFields,
    required: () => [],
    below: () => undefined,
    ...more,
  };
}

/** The place that a path leads to; undefined where nothing is known. */
export function nodeAt(root: SchemaNode, path: readonly (string | number)[]): SchemaNode | undefined {
  let node: SchemaNode | undefined = root;
  for (const step of path) {
    const known: SchemaNode | undefined = typeof step === 'string' ? node.fields().get(step) : undefined;
    node = known ?? (node.is === 'map' || typeof step === 'number' ? node.below() : undefined);
    if (node === undefined) return undefined;
  }
  return node;
}

/** `string`, `list of strings`, `map of numbers`. */
export function listWords(items: string): string {
  return `list of ${items.endsWith('s') || items === 'any' ? items : `${items}s`}`;
}
