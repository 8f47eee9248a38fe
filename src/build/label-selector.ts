import { isMapping, type Value } from '../source/value.ts';
import type { Problem } from './problem.ts';

/** Whether labels or annotations satisfy a selector. */
export type LabelMatcher = (labels: Value | undefined) => boolean;

interface Requirement {
  readonly key: string;
  readonly operator: 'in' | 'notin' | 'exists' | '!' | '>' | '<';
  readonly values: readonly string[];
}

/** Compiles a label selector: `a=b`, `a!=b`, `a in (b,c)`, `a notin (b)`, `a`, `!a`, `a>1`, joined by commas. */
export function compileLabelSelector(source: string): LabelMatcher | Problem {
  const tokens = source.match(/==|!=|[=!(),<>]|[^\s=!(),<>]+/g) ?? [];
  const requirements = parseRequirements(tokens);
  if (typeof requirements === 'string') {
    return {
      problem: `${JSON.stringify(source)} is not a label selector: ${requirements}`,
      help: 'write a=b, a!=b, a in (b, c), a notin (b), a or !a, joined by commas',
    };
  }
  return (labels) => requirements.every((requirement) => satisfies(requirement, labels));
}

function satisfies({ key, operator, values }: Requirement, labels: Value | undefined): boolean {
  const has = isMapping(labels) && Object.hasOwn(labels, key);
  if (operator === 'exists') return has;
  if (operator === '!') return !has;
  if (!has) return operator === 'notin';
  const raw = labels[key];
  const value = typeof raw === 'object' ? '' : String(raw);
  if (operator === 'in') return values.includes(value);
  if (operator === 'notin') return !values.includes(value);
  if (!isInteger(value)) return false;
  const difference = BigInt(unsigned(value)) - BigInt(unsigned(values[0] ?? '0'));
  return operator === '>' ? difference > 0n : difference < 0n;
}

/** The requirements, or what is wrong with them. */
function parseRequirements(tokens: readonly string[]): readonly Requirement[] | string {
  const requirements: Requirement[] = [];
  const queue = [...tokens];
  if (queue.length === 0) return requirements;
  for (;;) {
    const requirement = parseRequirement(queue);
    if (typeof requirement === 'string') return requirement;
    requirements.push(requirement);
    const next = queue.shift();
    if (next === undefined) return requirements;
    if (next !== ',') return `a comma is missing before ${next}`;
    if (queue.length === 0) return 'a key is missing at the end';
  }
}

function parseRequirement(queue: string[]): Requirement | string {
  const negated = queue[0] === '!';
  if (negated) queue.shift();
  const key = queue.shift() ?? '';
  if (!isKey(key)) return `${key === '' ? 'nothing' : key} is not a key`;
  if (negated) return { key, operator: '!', values: [] };
  const operator = queue[0];
  if (operator === undefined || operator === ',') return { key, operator: 'exists', values: [] };
  queue.shift();
  const values = operator === 'in' || operator === 'notin' ? parseSet(queue) : [parseSingle(queue)];
  if (typeof values === 'string') return values;
  const wrong = values.find((value) => !isLabelValue(value));
  if (wrong !== undefined) return `${wrong} is not a label value`;
  return requirementOf(key, operator, values);
}

function requirementOf(key: string, operator: string, values: readonly string[]): Requirement | string {
  switch (operator) {
    case '=':
    case '==':
    case 'in':
      return { key, operator: 'in', values };
    case '!=':
    case 'notin':
      return { key, operator: 'notin', values };
    case '>':
    case '<':
      return isInteger(values[0] ?? '') ? { key, operator, values } : `${operator} needs an integer`;
    default:
      return `${operator} is not an operator`;
  }
}

function parseSingle(queue: string[]): string {
  return isWord(queue[0]) ? (queue.shift() ?? '') : '';
}

/** `(a, b)`; a missing value between commas is the empty string. */
function parseSet(queue: string[]): readonly string[] | string {
  if (queue.shift() !== '(') return 'a parenthesis is missing after in or notin';
  const values = [parseSingle(queue)];
  for (;;) {
    const next = queue.shift();
    if (next === ')') return values;
    if (next !== ',') return 'a parenthesis is not closed';
    values.push(parseSingle(queue));
  }
}

function isWord(token: string | undefined): boolean {
  return token !== undefined && !/^[=!(),<>]/.test(token);
}

const namePart = /^[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;
const prefixPart = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/;

function isKey(key: string): boolean {
  const slash = key.indexOf('/');
  if (slash < 0) return namePart.test(key);
  return slash <= 253 && prefixPart.test(key.slice(0, slash)) && namePart.test(key.slice(slash + 1));
}

function isLabelValue(value: string): boolean {
  return value === '' || namePart.test(value);
}

function isInteger(text: string): boolean {
  return /^[-+]?\d{1,19}$/.test(text);
}

/** BigInt reads no plus sign. */
function unsigned(text: string): string {
  return text.replace(/^\+/, '');
}
