import { ownOf } from '../../source/own.ts';
import { compileRe2 } from '../../source/re2.ts';
import { FunctionError, UnsupportedTemplate } from '../template-error.ts';
import { textIn } from '../value/argument.ts';
import { nilList, textList } from '../value/datum.ts';
import { computes } from '../value/go-function.ts';
import type { Functions, GoFunction, GoList } from '../value/model.ts';

type Expression = ReturnType<typeof compileRe2>;

/** The functions of sprig 3.3 for regular expressions; each of them is there again with `must` before its name. */
export const regexpFunctions: Functions = {
  regexQuoteMeta: computes(['text'], (text) => text.replaceAll(/[\\.+*?()|[\]{}^$]/gu, '\\$&')),
  regexMatch: computes(['text', 'text'], (pattern, text) => {
    try {
      return compile(pattern).matcher(text).find();
    } catch {
      return false;
    }
  }),
  mustRegexMatch: computes(['text', 'text'], (pattern, text) => compile(pattern).matcher(text).find()),
  ...both(
    'regexFind',
    computes(['text', 'text'], (pattern, text) => matchesOf(compile(pattern), text, 1)[0]?.text ?? ''),
  ),
  ...both(
    'regexFindAll',
    computes(['text', 'text', 'int'], (pattern, text, count) =>
      someTexts(matchesOf(compile(pattern), text, count).map((one) => one.text)),
    ),
  ),
  ...both(
    'regexReplaceAll',
    computes(['text', 'text', 'text'], (pattern, text, by) => {
      const expression = compile(pattern);
      return replaceMatches(text, matchesOf(expression, text), (match) => expand(by, match, expression));
    }),
  ),
  ...both(
    'regexReplaceAllLiteral',
    computes(['text', 'text', 'text'], (pattern, text, by) =>
      replaceMatches(text, matchesOf(compile(pattern), text), () => by),
    ),
  ),
  ...both(
    'regexSplit',
    computes(['text', 'text', 'int'], (pattern, text, count) =>
      count === 0 ? nilList('[]string') : textList(split(compile(pattern), text, count)),
    ),
  ),
};

/** Go has no list for no match. */
function someTexts(texts: readonly string[]): GoList {
  return texts.length === 0 ? nilList('[]string') : textList(texts);
}

/** Without `must` Go panics over a pattern that is none, with another word before the reason. */
function both(name: string, own: GoFunction): Functions {
  const panics: GoFunction = {
    ...own,
    call: (args, call) => {
      compile(textIn(args[0]), true);
      return own.call(args, call);
    },
  };
  return { [name]: panics, [`must${name.slice(0, 1).toUpperCase()}${name.slice(1)}`]: own };
}

const compiled = new Map<string, Expression>();

// Charts use few expressions many times.
function compile(pattern: string, panics = false): Expression {
  const known = compiled.get(pattern);
  if (known !== undefined) return known;
  try {
    const expression = compileRe2(pattern);
    if (compiled.size < 1_000) compiled.set(pattern, expression);
    return expression;
  } catch (error) {
    const message = error instanceof Error ? error.message : 'no expression';
    const reason = message.startsWith('error parsing') ? message : `error parsing regexp: ${message}`;
    throw new FunctionError(panics ? `regexp: Compile(\`${pattern}\`): ${reason}` : reason);
  }
}

interface Match {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly groups: readonly (string | undefined)[];
}

/** All matches as Go finds them: an empty one right behind another is none. */
function matchesOf(expression: Expression, text: string, count = -1): Match[] {
  const matcher = expression.matcher(text);
  const found: Match[] = [];
  let last = -1;
  let at = 0;
  while (at <= text.length && (count < 0 || found.length < count) && matcher.find(at)) {
    const [start, end] = [matcher.start(), matcher.end()];
    if (end > start || start !== last) {
      const groups = Array.from(
        { length: matcher.groupCount() + 1 },
        (_, index) => matcher.group(index) ?? undefined,
      );
      found.push({ start, end, text: text.slice(start, end), groups });
    }
    last = end;
    at = end > start ? end : end + ((text.codePointAt(end) ?? 0) > 0xffff ? 2 : 1);
  }
  return found;
}

const maximumLength = 50_000_000;

function replaceMatches(text: string, matches: readonly Match[], by: (match: Match) => string): string {
  let made = '';
  let at = 0;
  for (const match of matches) {
    made += text.slice(at, match.start) + by(match);
    if (made.length > maximumLength) throw new UnsupportedTemplate('a string of this length');
    at = match.end;
  }
  return made + text.slice(at);
}

/** `$1`, `${1}` and `${name}` stand for groups; a name is as long as it can be (regexp.Expand). */
function expand(template: string, { groups }: Match, expression: Expression): string {
  return template.replaceAll(/\$(?:\$|(\w+)|\{(\w+)\})/gu, (whole, plain?: string, braced?: string) => {
    if (whole === '$$') return '$';
    const name = plain ?? braced ?? '';
    const names = expression.namedGroups() as Readonly<Record<string, number>>;
    const index = /^\d+$/u.test(name) ? Number(name) : ownOf(names, name);
    return (index === undefined ? undefined : groups[index]) ?? '';
  });
}

function split(expression: Expression, text: string, count: number): string[] {
  if (count === 0) return [];
  if (text === '') return [''];
  const parts: string[] = [];
  let [start, end] = [0, 0];
  for (const match of matchesOf(expression, text)) {
    if (count > 0 && parts.length === count - 1) break;
    end = match.start;
    if (match.end !== 0) parts.push(text.slice(start, end));
    start = match.end;
  }
  if (end !== text.length) parts.push(text.slice(start));
  return parts;
}
