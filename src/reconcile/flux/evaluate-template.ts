import { prefixLength, type Which } from '../../source/glob-prefix.ts';
import { lowerOf, upperOf } from '../../template/value/letters.ts';
import type { TemplateNode, VariableNode } from './substitution-template.ts';

/** The value of a variable: undefined for one that is not defined, `unknown` for one whose value nobody can know here. */
export type Lookup = (name: string) => string | { readonly unknown: true } | undefined;

/** The text of a template; an expression whose variable has no value that is known stays as it is written. Undefined where it grows too long. */
export function evaluateTemplate(nodes: readonly TemplateNode[], lookup: Lookup): string | undefined {
  let text = '';
  for (const node of nodes) {
    text += evaluateNode(node, lookup);
    if (text.length > maximumLength) return undefined;
  }
  return text;
}

// A long value that is used often grows beyond all memory; etcd takes no object of more than 1.5 MB.
const maximumLength = 2_000_000;

/** What one node of a template becomes. */
export function evaluateNode(node: TemplateNode, lookup: Lookup): string {
  if ('text' in node) return node.text;
  const value = lookup(node.name);
  if (typeof value === 'object' || (value === undefined && !suppliesDefault(node))) return node.source;
  const args = node.args.map((arg) => evaluateNode(arg, lookup));
  return applyOperator(value ?? '', node.operator, args);
}

/** Whether an expression does without the variable's value (isDefaultOp of envsubst). */
export function suppliesDefault({ operator }: VariableNode): boolean {
  return /^:?[=?+-]$/u.test(operator);
}

// The function table of envsubst: every operator that it does not know is a default, `:+` and `:?` as well.
function applyOperator(value: string, operator: string, args: readonly string[]): string {
  const [first = '', second] = args;
  switch (operator) {
    case ',':
      return lowerFirst(value);
    case ',,':
      return lowerOf(value);
    case '^':
      return upperFirst(value);
    case '^^':
      return upperOf(value);
    case '#':
      return args.length === 0
        ? String(new TextEncoder().encode(value).length)
        : trimPrefix(value, first, 'shortest');
    case '##':
      return trimPrefix(value, first, 'longest');
    case '%':
      return trimSuffix(value, first, 'shortest');
    case '%%':
      return trimSuffix(value, first, 'longest');
    case ':':
      return substring(value, first, second);
    case '/':
      return replaceFirst(value, first, second ?? '');
    case '//':
      return replaceAll(value, first, second ?? '');
    case '/#':
      return second !== undefined && value.startsWith(first) ? second + value.slice(first.length) : value;
    case '/%':
      return second !== undefined && value.endsWith(first)
        ? value.slice(0, -first.length || undefined) + second
        : value;
    default:
      return value === '' ? args.join('') : value;
  }
}

function lowerFirst(value: string): string {
  const [first = ''] = value;
  return lowerOf(first) + value.slice(first.length);
}

function upperFirst(value: string): string {
  const [first = ''] = value;
  return upperOf(first) + value.slice(first.length);
}

function replaceFirst(value: string, pattern: string, replacement: string): string {
  const at = value.indexOf(pattern);
  return at < 0 ? value : value.slice(0, at) + replacement + value.slice(at + pattern.length);
}

function replaceAll(value: string, pattern: string, replacement: string): string {
  // Nothing stands before every character, and at the end.
  const parts = pattern === '' ? ['', ...value, ''] : value.split(pattern);
  // What is longer than an object may be stays as it is, and is refused as a whole.
  const length = value.length + parts.length * replacement.length;
  return length > 2 * maximumLength ? 'x'.repeat(maximumLength + 1) : parts.join(replacement);
}

function substring(value: string, offset: string, length: string | undefined): string {
  const position = parseInteger(offset);
  if (position === undefined) return value;
  // Go counts bytes.
  const bytes = new TextEncoder().encode(value);
  const start = position < 0 ? Math.max(0, bytes.length + position) : position;
  const count = length === undefined ? bytes.length : parseInteger(length);
  if (count === undefined) return value;
  const end = count < 0 ? Math.max(start, bytes.length + count) : start + count;
  return new TextDecoder().decode(bytes.subarray(start, end));
}

function parseInteger(text: string): number | undefined {
  return /^[+-]?[0-9]{1,15}$/u.test(text) ? Number(text) : undefined;
}

function trimPrefix(value: string, pattern: string, which: Which): string {
  return value.slice(prefixLength(value, pattern, which) ?? 0);
}

function trimSuffix(value: string, pattern: string, which: Which): string {
  const length = prefixLength(reversed(value), reversed(pattern), which) ?? 0;
  return value.slice(0, value.length - length);
}

function reversed(text: string): string {
  return text.split('').reverse().join('');
}
