import type { RuleProblem } from '../../object/rule-problem.ts';
import { ownOf } from '../../source/own.ts';
import type { Path, Value } from '../../source/value.ts';
import { isSequence } from '../../source/value.ts';
import type { ClusterRule } from '../rule.ts';
import { type Application, applicationsOf } from './argo-application.ts';
import { ignoredDifferences } from './ignored-difference.ts';

/** Expressions that gojq cannot parse fail the comparison of the whole Application (util/argo/normalizers of 3.6). */
export const ignoredDifferenceInvalid: ClusterRule = {
  id: 'ignored-difference-invalid',
  severity: 'error',
  scope: 'cluster',
  tags: ['argo-cd'],
  *judge(cluster) {
    for (const application of applicationsOf(cluster)) {
      for (const { entry, at } of ignoredDifferences(application.declaration.object)) {
        yield* judgeExpressions(application, entry['jqPathExpressions'], [...at, 'jqPathExpressions']);
        yield* judgePointers(application, entry['jsonPointers'], [...at, 'jsonPointers']);
      }
    }
  },
};

function* judgeExpressions(
  { declaration, name }: Application,
  list: Value | undefined,
  at: Path,
): Iterable<RuleProblem> {
  for (const [index, text] of (isSequence(list) ? list : []).entries()) {
    const fault = typeof text === 'string' ? faultIn(text) : undefined;
    if (fault === undefined) continue;
    yield {
      at: [declaration, ...at, index],
      message: `this jq expression cannot be parsed (${fault}), so nothing of ${name} can be compared`,
      help: 'correct the expression; check it with jq',
    };
  }
}

function* judgePointers(
  { declaration }: Application,
  list: Value | undefined,
  at: Path,
): Iterable<RuleProblem> {
  for (const [index, text] of (isSequence(list) ? list : []).entries()) {
    if (typeof text !== 'string' || text === '' || text.startsWith('/')) continue;
    yield {
      at: [declaration, ...at, index],
      severity: 'warning',
      message: `${text} is not a JSON pointer, which begins with a slash, so it ignores nothing`,
      help: `write /${text}`,
    };
  }
}

const closing: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

/** What is certainly wrong with an expression: brackets, quotes, or an operator with nothing behind it. */
function faultIn(expression: string): string | undefined {
  const open: string[] = [];
  for (let at = 0; at < expression.length; at++) {
    const char = expression[at] ?? '';
    if (char === '"') {
      const end = /^"(?:[^"\\]|\\.)*"/su.exec(expression.slice(at))?.[0].length;
      if (end === undefined) return 'a quote is not closed';
      at += end - 1;
    } else if (Object.hasOwn(closing, char)) open.push(ownOf(closing, char) ?? '');
    else if (')]}'.includes(char) && open.pop() !== char) return `${char} has no opening counterpart`;
  }
  const [missing] = open.slice(-1);
  if (missing !== undefined) return `${missing} is missing`;
  if (expression.trim() === '') return 'it is empty';
  if (/[|,=]\s*$/u.test(expression)) return 'nothing follows its last operator';
  return unquotedKey(expression);
}

/** `.spec.foo-bar` takes a function `bar` from `.spec.foo`, and there is none. */
function unquotedKey(expression: string): string | undefined {
  const withoutTexts = expression.replaceAll(/"(?:[^"\\]|\\.)*"/gsu, '""');
  const [, name] = /\.[A-Za-z_]\w*[-/]([A-Za-z_]\w*)(?!\w|::|\s*\()/u.exec(withoutTexts) ?? [];
  return name === undefined || functions.has(name)
    ? undefined
    : `there is no function ${name}: a key with a dash or a slash is written in quotes, as in ."a-b"`;
}

/** What gojq 0.12 knows without arguments and gives a number, list or nothing. */
const functions: ReadonlySet<string> = new Set(
  (
    'abs add arrays ascii booleans builtins cbrt ceil combinations cos empty env error exp exp10 exp2 explode fabs false finites first ' +
    'flatten floor from_entries fromdate fromdateiso8601 fromjson gamma gmtime halt implode infinite input inputs iterables keys last ' +
    'length lgamma localtime log log10 log2 logb max min mktime modf nan nearbyint normals not now null nulls numbers objects paths ' +
    'pow10 recurse reverse rint round scalars significand sin sort sqrt strings tan to_entries toboolean tojson tonumber tostream ' +
    'tostring transpose trim true trunc type unique utf8bytelength values'
  ).split(' '),
);
