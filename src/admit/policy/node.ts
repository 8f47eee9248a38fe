/**
 * A node of a parsed expression; macros are left as the calls they were. `args` by `op`: `value` a literal (`{uint}` for an unsigned
 * one), `id` a name, `.` and `.?` `[operand, name]`, `call` `[name, args]`, `rcall` `[name, receiver, args]`, `list` items, `map`
 * `[key, value]` pairs, `message` `[name, [field, value, isOptional][]]`, `?` what stands only where it has a value; else the operands.
 */
export interface Node {
  readonly op: string;
  readonly args: unknown;
  readonly start: number;
  readonly end: number;
}
