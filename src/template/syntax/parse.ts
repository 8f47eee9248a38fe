import type { TextPart } from '../../source/scalar-offsets.ts';
import { isEmptyTemplate, type Template, type TemplateText } from '../template.ts';
import { UnsupportedTemplate } from '../template-error.ts';
import { lexTemplate } from './lex.ts';
import type { BranchNode, TemplateNode } from './node.ts';
import { parsePipe, parseTemplateName } from './parse-pipe.ts';
import { expectToken, nested, nextWord, type Parser, peekWord, refuse, refuseToken } from './parser.ts';
import { goSyntax, type Syntax, type Token } from './token.ts';

/** How a template is read. */
export interface ParseOptions {
  readonly isFunction: (name: string) => boolean;
  readonly syntax?: Syntax | undefined;
}

const maximumTokens = 400_000;

/** Reads a template with all that it defines, itself last (Go 1.26, text/template/parse); throws `TemplateError`. */
export function parseTemplate(
  source: TemplateText,
  { isFunction, syntax = goSyntax }: ParseOptions,
): Template[] {
  const tokens = lexTemplate(source.text, syntax);
  if (tokens.length > maximumTokens) throw new UnsupportedTemplate('a template of this size');
  const parser: Parser = {
    source,
    syntax,
    tokens,
    isFunction,
    at: 0,
    variables: ['$'],
    ranges: 0,
    depth: 0,
    actionStart: undefined,
  };
  const defined = new Map<string, Template>();
  const nodes = parseAll(parser, defined);
  addTemplate(parser, defined, { name: source.name, source, nodes });
  return [...defined.values()];
}

function addTemplate(parser: Parser, defined: Map<string, Template>, template: Template): void {
  const other = defined.get(template.name);
  if (other === undefined || isEmptyTemplate(other)) {
    defined.delete(template.name);
    defined.set(template.name, template);
  } else if (!isEmptyTemplate(template))
    refuse(parser, `template: multiple definition of template ${JSON.stringify(template.name)}`);
}

/** What ends a list of nodes; of `else if` the token of the `if` is still to be read. */
type Ending = 'end' | 'else';

type Defined = Map<string, Template>;

function parseAll(parser: Parser, defined: Defined): TemplateNode[] {
  const nodes: TemplateNode[] = [];
  while (peekWord(parser).kind !== 'end-of-file') {
    const before = parser.at;
    const isDefinition = nextWord(parser).kind === 'open' && isKeyword(peekWord(parser), 'define');
    if (isDefinition) {
      parser.at += 1;
      parseDefinition(parser, defined);
      continue;
    }
    parser.at = before;
    const node = parseNode(parser, defined);
    if (node === 'end' || node === 'else') refuse(parser, `unexpected {{${node}}}`);
    else nodes.push(node);
  }
  return nodes;
}

function isKeyword({ kind, text }: Token, word: string): boolean {
  return kind === 'keyword' && text === word;
}

function parseDefinition(parser: Parser, defined: Defined): void {
  const name = parseTemplateName(parser, 'define clause');
  expectToken(parser, ['close'], 'define clause');
  parseOwn(parser, defined, { name, context: 'define clause' });
}

/** The body of a template of its own, which knows no variables from around it. */
function parseOwn(
  parser: Parser,
  defined: Defined,
  { name, context }: { readonly name: string; readonly context: string },
): void {
  const { variables, ranges } = parser;
  Object.assign(parser, { variables: ['$'], ranges: 0 });
  const { nodes, ending } = parseList(parser, defined);
  if (ending !== 'end') refuse(parser, `unexpected {{else}} in ${context}`);
  addTemplate(parser, defined, { name, source: parser.source, nodes });
  Object.assign(parser, { variables, ranges });
}

function parseList(
  parser: Parser,
  defined: Defined,
): { readonly nodes: TemplateNode[]; readonly ending: Ending } {
  return nested(parser, () => {
    const nodes: TemplateNode[] = [];
    while (peekWord(parser).kind !== 'end-of-file') {
      const node = parseNode(parser, defined);
      if (node === 'end' || node === 'else') return { nodes, ending: node };
      nodes.push(node);
    }
    parser.at += 1;
    return refuse(parser, 'unexpected EOF');
  });
}

function parseNode(parser: Parser, defined: Defined): TemplateNode | Ending {
  const token = nextWord(parser);
  if (token.kind === 'text') return { kind: 'text', text: token.text, start: token.start };
  if (token.kind !== 'open') return refuseToken(parser, token, 'input');
  parser.actionStart = token.start;
  const node = parseAction(parser, defined, token);
  parser.actionStart = undefined;
  return node;
}

function parseAction(parser: Parser, defined: Defined, open: Token): TemplateNode | Ending {
  const word = peekWord(parser);
  if (word.kind !== 'keyword') {
    const pipe = parsePipe(parser, 'command', 'close');
    return { kind: 'action', pipe, part: partOf(parser, open), start: word.start };
  }
  parser.at += 1;
  switch (word.text) {
    case 'if':
    case 'with':
    case 'range':
      return parseBranch(parser, defined, { kind: word.text, open });
    case 'break':
    case 'continue':
      return parseLeave(parser, word.text, word.start);
    case 'end':
      expectToken(parser, ['close'], 'end');
      return 'end';
    case 'else':
      if (!isKeyword(peekWord(parser), 'if') && !isKeyword(peekWord(parser), 'with'))
        expectToken(parser, ['close'], 'else');
      return 'else';
    case 'template':
      return parseInvocation(parser);
    case 'block':
      return parseBlock(parser, defined);
    default:
      return refuseToken(parser, word, 'command');
  }
}

/** An action with its delimiters, once its closing one is taken. */
function partOf({ tokens, at }: Parser, { start }: Token): TextPart {
  const close = tokens[at - 1];
  return { start, end: (close?.start ?? start) + (close?.text.length ?? 0) };
}

function parseLeave(parser: Parser, kind: 'break' | 'continue', start: number): TemplateNode {
  expectToken(parser, ['close'], `{{${kind}}}`);
  if (parser.ranges === 0) refuse(parser, `{{${kind}}} outside {{range}}`);
  return { kind, start };
}

function parseInvocation(parser: Parser): TemplateNode {
  const { start } = peekWord(parser);
  const name = parseTemplateName(parser, 'template clause');
  if (peekWord(parser).kind !== 'close')
    return { kind: 'template', name, pipe: parsePipe(parser, 'template clause', 'close'), start };
  parser.at += 1;
  return { kind: 'template', name, pipe: undefined, start };
}

function parseBlock(parser: Parser, defined: Defined): TemplateNode {
  const { start } = peekWord(parser);
  const name = parseTemplateName(parser, 'block clause');
  const pipe = parsePipe(parser, 'block clause', 'close');
  parseOwn(parser, defined, { name, context: 'block clause' });
  return { kind: 'template', name, pipe, start };
}

function parseBranch(
  parser: Parser,
  defined: Defined,
  { kind, open }: { readonly kind: BranchNode['kind']; readonly open: Token },
): BranchNode {
  const known = parser.variables.length;
  const pipe = parsePipe(parser, kind, 'close');
  const part = partOf(parser, open);
  if (kind === 'range') parser.ranges += 1;
  const { nodes: body, ending } = parseList(parser, defined);
  if (kind === 'range') parser.ranges -= 1;
  const otherwise = ending === 'else' ? parseOtherwise(parser, defined, { kind, open }) : undefined;
  parser.variables.length = known;
  return { kind, pipe, body, otherwise, part, start: pipe.start };
}

// `else if` is a block of its own in the other branch, which the same `end` closes.
function parseOtherwise(
  parser: Parser,
  defined: Defined,
  block: { readonly kind: BranchNode['kind']; readonly open: Token },
): readonly TemplateNode[] {
  if (block.kind !== 'range' && isKeyword(peekWord(parser), block.kind)) {
    parser.at += 1;
    return nested(parser, () => [parseBranch(parser, defined, block)]);
  }
  const { nodes, ending } = parseList(parser, defined);
  if (ending !== 'end') refuse(parser, 'expected end; found {{else}}');
  return nodes;
}
