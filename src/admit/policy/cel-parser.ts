import { Environment } from '@marcbachmann/cel-js';

// The parser itself only needs to know that optionals exist; macros that it expands keep their call form beside the expansion.
const limits = {
  maxAstNodes: 10_000,
  maxDepth: 200,
  maxListElements: 5000,
  maxMapEntries: 5000,
  maxCallArguments: 32,
};
let parser: Environment | undefined;

/** The syntax tree of one CEL expression; throws where it is none. */
export function parseCel(text: string): unknown {
  parser ??= new Environment({ enableOptionalTypes: true, unlistedVariablesAreDyn: true, limits });
  return parser.parse(text).ast;
}
