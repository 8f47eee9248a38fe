import { lexTemplate } from '../../template/syntax/lex.ts';
import { goSyntax, type Token } from '../../template/syntax/token.ts';

/** Fields that a template reads one below the other, with where each of their names stands. */
export interface TemplateUse {
  /** From what the template is given: `Values`, `image`, `tag`; 0 for an item of a list. */
  readonly path: readonly (string | number)[];
  /** The last of the path that are written here; the others come from `with`, `range` or a variable. */
  readonly written: readonly { readonly start: number; readonly end: number }[];
}

type Known = TemplateUse['path'] | undefined;

/** What `.` and the variables stand for at a place; undefined where nobody can tell. */
export interface TemplateScope {
  readonly dot: Known;
  readonly variables: ReadonlyMap<string, Known>;
}

const root: TemplateScope = { dot: [], variables: new Map([['$', []]]) };

/** Reads the fields that a template asks for, also of one that is half written. */
export function templateUses(text: string): TemplateUse[] {
  const reading = { uses: [] as TemplateUse[], scopes: [root] };
  for (const action of actionsOf(text)) readAction(action, reading);
  return reading.uses;
}

/** What `.` and variables stand for at an offset. */
export function templateScopeAt(text: string, offset: number): TemplateScope {
  const reading = { uses: [], scopes: [root] };
  for (const action of actionsOf(text)) {
    if ((action.at(-1)?.start ?? 0) >= offset) break;
    readAction(action, reading);
  }
  return reading.scopes.at(-1) ?? root;
}

/** The path of a chain of fields as it is written, `.Values.image` or `$x.tag`. */
export function pathOfChain(chain: string, { dot, variables }: TemplateScope): Known {
  const [first = '', ...names] = chain.split('.');
  const start = first === '' ? dot : variables.get(first);
  return start && [...start, ...names.filter((name) => name !== '')];
}

interface Reading {
  readonly uses: TemplateUse[];
  readonly scopes: TemplateScope[];
}

function actionsOf(text: string): Token[][] {
  const actions: Token[][] = [];
  for (const token of lexTemplate(text, goSyntax)) {
    if (token.kind === 'open') actions.push([]);
    else if (token.kind !== 'text') actions.at(-1)?.push(token);
  }
  return actions;
}

function readAction(tokens: readonly Token[], { uses, scopes }: Reading): void {
  const words = tokens.filter(({ kind }) => kind !== 'space');
  const scope = scopes.at(-1) ?? root;
  const chains = chainsIn(tokens, scope);
  uses.push(...chains.flatMap(({ use }) => (use.written.length === 0 ? [] : [use])));
  const keyword = words[0]?.kind === 'keyword' ? words[0].text : '';
  if (keyword === 'end') scopes.splice(Math.max(scopes.length - 1, 1));
  else if (keyword === 'else') scopes.splice(-1, 1, scopes.at(-2) ?? root);
  else if (keyword === 'define' || keyword === 'block') scopes.push(root);
  const [last] = chains.slice(-1);
  // A pipe of one chain alone is what it says; of any other nobody can tell.
  const isAlone =
    chains.length === 1 && !words.some(({ kind }) => ['pipe', 'identifier', 'leftParen'].includes(kind));
  const value = isAlone ? last?.use.path : undefined;
  const declared = declaredIn(words);
  const item = keyword === 'range' && value !== undefined ? [...value, 0] : value;
  const variables = new Map(scope.variables);
  for (const [index, name] of declared.entries())
    variables.set(name, keyword === 'range' && declared.length === 2 && index === 0 ? undefined : item);
  if (['if', 'with', 'range'].includes(keyword))
    scopes.push({ dot: keyword === 'if' ? scope.dot : item, variables });
  else if (declared.length > 0 && scopes.length > 0) scopes.splice(-1, 1, { ...scope, variables });
}

/** The variables before `:=`. */
function declaredIn(words: readonly Token[]): string[] {
  const end = words.findIndex(({ kind }) => kind === 'declare');
  return words.slice(0, Math.max(end, 0)).flatMap(({ kind, text }) => (kind === 'variable' ? [text] : []));
}

interface Chain {
  readonly use: TemplateUse;
}

/** The chains of fields of an action, those behind `:=` where there is one. */
function chainsIn(tokens: readonly Token[], { dot, variables }: TemplateScope): Chain[] {
  const found: Chain[] = [];
  const begin = tokens.findIndex(({ kind }) => kind === 'declare') + 1;
  for (let index = begin; index < tokens.length; index++) {
    const first = tokens[index];
    if (first === undefined || !['dot', 'field', 'variable'].includes(first.kind)) continue;
    const isBehind = tokens[index - 1]?.kind === 'rightParen';
    const written: { start: number; end: number }[] = [];
    const names: string[] = [];
    let last = first.kind === 'field' ? index : index + 1;
    for (let field = tokens[last]; field?.kind === 'field'; field = tokens[++last]) {
      names.push(field.text.slice(1));
      written.push({ start: field.start + 1, end: field.start + field.text.length });
    }
    index = last - 1;
    const start = first.kind === 'variable' ? variables.get(first.text) : dot;
    if (start !== undefined && !isBehind) found.push({ use: { path: [...start, ...names], written } });
  }
  return found;
}
