import type { Node } from 'typescript/unstable/ast';
import {
  isBinaryExpression,
  isCallExpression,
  isElementAccessExpression,
  isIdentifier,
  isNewExpression,
  isNoSubstitutionTemplateLiteral,
  isObjectLiteralExpression,
  isPropertyAccessExpression,
  isRegularExpressionLiteral,
  isStringLiteral,
  isTemplateExpression,
  isTemplateSpan,
} from 'typescript/unstable/ast/is';
import { afterAll, expect, it } from 'vitest';
import {
  calleeName,
  complaintsAbout,
  isAnyText,
  isPrimitive,
  itemType,
  openTypedSource,
  type Question,
  SyntaxKind,
} from './support/typed-source.ts';

const source = openTypedSource();
const { checker } = source;
afterAll(() => source.close());

const arithmetic = new Set<SyntaxKind>([
  SyntaxKind.PlusToken,
  SyntaxKind.PlusEqualsToken,
  SyntaxKind.MinusToken,
  SyntaxKind.AsteriskToken,
  SyntaxKind.SlashToken,
  SyntaxKind.LessThanToken,
  SyntaxKind.GreaterThanToken,
  SyntaxKind.LessThanEqualsToken,
  SyntaxKind.GreaterThanEqualsToken,
  SyntaxKind.EqualsEqualsToken,
  SyntaxKind.ExclamationEqualsToken,
]);
const conversions = new Set([
  'String',
  'Number',
  'BigInt',
  'parseInt',
  'parseFloat',
  '.parseInt',
  '.parseFloat',
]);
const joining = new Set(['.join', '.sort', '.toSorted']);

const mustBePrimitive = (node: Node): Question => ({
  node,
  judge: (type) =>
    isPrimitive(checker, type) ? undefined : `${checker.typeToString(type)} may be an object`,
});

const itemsMustBePrimitive = (node: Node): Question => ({
  node,
  judge: (type) => {
    const item = itemType(checker, type);
    return item === undefined || isPrimitive(checker, item)
      ? undefined
      : `${checker.typeToString(item)} may be an object`;
  },
});

// The templates of HTML take parts of a page, and check for themselves what they are given.
function isTagged(span: Node): boolean {
  return span.parent.parent.kind === SyntaxKind.TaggedTemplateExpression;
}

function conversionsIn(node: Node): Question[] {
  if (isTemplateSpan(node)) return isTagged(node) ? [] : [mustBePrimitive(node.expression)];
  if (isBinaryExpression(node))
    return arithmetic.has(node.operatorToken.kind) ? [node.left, node.right].map(mustBePrimitive) : [];
  if (!isCallExpression(node)) return [];
  const [first] = node.arguments;
  const name = calleeName(node.expression);
  if (first !== undefined && conversions.has(name)) return [mustBePrimitive(first)];
  if (!isPropertyAccessExpression(node.expression)) return [];
  const list = node.expression.expression;
  if (joining.has(name) && (name === '.join' || first === undefined)) return [itemsMustBePrimitive(list)];
  const isConverting = first !== undefined && isIdentifier(first) && conversions.has(first.text);
  return isConverting ? [itemsMustBePrimitive(list)] : [];
}

it('no value of a repository becomes a string or a number but by a reader that takes every value', () => {
  // A mapping has no prototype: `${mapping}`, String(mapping) and Number(mapping) throw, and take the whole run with them.
  // `valueText` and `valueNumber` do not.
  expect(complaintsAbout(source, conversionsIn)).toEqual([]);
});

const isWritten = (node: Node): boolean =>
  isStringLiteral(node) || isNoSubstitutionTemplateLiteral(node) || isRegularExpressionLiteral(node);

function isMappingType(text: string): boolean {
  return /^(?:Mutable)?Mapping(?: \| undefined)?$/u.test(text);
}

function lookUpsIn(node: Node): Question[] {
  if (isBinaryExpression(node) && node.operatorToken.kind === SyntaxKind.InKeyword && !isWritten(node.left))
    return [{ node: node.left, judge: (type) => (isAnyText(type) ? 'asks a prototype as well' : undefined) }];
  if (!isElementAccessExpression(node)) return [];
  const { expression, argumentExpression } = node;
  const judgeTable = (): string | undefined => {
    const table = checker.getTypeAtLocation(expression);
    const words = table === undefined ? '' : checker.typeToString(table);
    return isMappingType(words) ? undefined : `may be a property that ${words} inherits`;
  };
  return [{ node: argumentExpression, judge: (type) => (isAnyText(type) ? judgeTable() : undefined) }];
}

it('no table is asked for a key of a repository but by `ownOf`, which takes no property of a prototype for an entry', () => {
  const found = complaintsAbout(source, lookUpsIn);
  expect(found.filter((place) => !place.startsWith('src/source/own.ts:'))).toEqual([]);
});

const matching = new Set(['.match', '.matchAll', '.search']);

it('no pattern is made of a string of the repository but by RE2, or by the automaton of plain ones', () => {
  // JavaScript's engine goes back over what it has seen, for as long as whoever wrote the pattern or the text pleases.
  const patternsIn = (node: Node): Question[] => {
    if (!isNewExpression(node) && !isCallExpression(node)) return [];
    const [first] = node.arguments ?? [];
    const name = calleeName(node.expression);
    if (first === undefined || (name !== 'RegExp' && !matching.has(name))) return [];
    const parts = isTemplateExpression(first) ? first.templateSpans.map((span) => span.expression) : [first];
    return parts.map((part) => ({
      node: part,
      judge: (type) => (isAnyText(type) ? 'may be anything' : undefined),
    }));
  };
  expect(complaintsAbout(source, patternsIn)).toEqual([]);
});

it('every mapping is made by `newMapping` or `mappingOf`, so it inherits nothing', () => {
  const literals = (node: Node): Question[] => {
    if (!isObjectLiteralExpression(node)) return [];
    const judge = (): string | undefined => {
      const type = checker.getContextualType(node);
      return type !== undefined && isMappingType(checker.typeToString(type))
        ? 'a literal inherits'
        : undefined;
    };
    return [{ node, judge }];
  };
  expect(complaintsAbout(source, literals)).toEqual([]);
});

/** What may hold an integer beyond 2^53, which a document may write anywhere. */
const mayHoldBigInt = /\b(?:Mapping|MutableMapping|Value|Sequence|bigint|unknown|any)\b/u;

function isReplacing(replacer: Node | undefined): boolean {
  return replacer !== undefined && (!isIdentifier(replacer) || replacer.text !== 'undefined');
}

function serializedIn(node: Node): Question[] {
  if (!isCallExpression(node) || calleeName(node.expression) !== '.stringify') return [];
  const [first, replacer] = node.arguments;
  if (first === undefined || isReplacing(replacer)) return [];
  const judge: Question['judge'] = (type) => {
    const words = checker.typeToString(type);
    return mayHoldBigInt.test(words) ? `${words} may hold a bigint` : undefined;
  };
  return [{ node: first, judge }];
}

it('no value of a repository is serialized but by `formatValue`, which takes integers of any size', () => {
  // Reports and messages of editors have no such value: they are made here, of texts.
  const made = /^src\/(?:report\/machine\/json-text|language-server\/features\/code-actions)\.ts:/u;
  expect(complaintsAbout(source, serializedIn).filter((place) => !made.test(place))).toEqual([]);
});
