import { CompletionItemKind } from 'vscode-languageserver';
import { codeSpan } from '../../report/markdown/markdown-text.ts';
import type { Outline } from '../yaml/outline.ts';
import { childAt, itemsOf, type OutlineNode, textAt } from '../yaml/outline-node.ts';
import { type CelFunction, celFunctions } from './cel-functions.ts';
import { boundIn, nodeOfChain, type Scope, scopeOf } from './cel-scope.ts';
import { documentationOf } from './documentation.ts';
import { type Kinds, kindsIn } from './kinds.ts';
import type { LineParts } from './line-parts.ts';
import type { Proposal } from './proposal.ts';
import type { PartProposals } from './propose-variables.ts';
import type { Writing } from './writing.ts';

/** Within an expression of a policy or a CRD: fields of what it judges, variables and functions; undefined anywhere else. */
export function proposeExpressions(
  { cursor, files, knowledge }: Writing,
  { before: line, after }: LineParts,
): PartProposals | undefined {
  const outer = cursor.within ?? cursor;
  const { outline } = outer;
  const kinds = kindsIn(files, knowledge);
  const scope = scopeOf(outer, outline.root, kinds);
  if (scope === undefined) return undefined;
  const [chain = ''] = /[\w.?[\]]*$/u.exec(line) ?? [];
  const end = chain.lastIndexOf('.');
  const typed = chain.slice(end + 1);
  const holder = chain.slice(0, Math.max(end, 0));
  const text = textUpTo(cursor, line);
  const proposals =
    holder === '' ? variables(scope, text, kinds) : below(holder, text, { outline, kinds, scope });
  return {
    proposals,
    from: line.length - typed.length,
    to: line.length + (/^\w*/u.exec(after)?.[0].length ?? 0),
  };
}

/** An expression as far as the cursor, also on the lines before. */
function textUpTo({ within, line: at }: Writing['cursor'], line: string): string {
  const first = within?.around.block?.first;
  if (within === undefined || first === undefined) return line;
  const before = within.outline.lines.slice(first, at).map(({ text }) => text);
  return [...before, line].join(' ');
}

function variables(scope: Scope, text: string, kinds: Kinds): Proposal[] {
  const names = [...scope.keys(), ...boundIn(text).keys()];
  return [
    ...[...new Set(names)].map((label) => ({ label, kind: CompletionItemKind.Variable, rank: 0 })),
    ...celFunctions(minorOf(kinds))
      .filter(({ on }) => on === '')
      .map(functionProposal),
  ];
}

function minorOf({ facts: { version } }: Kinds): number {
  return Number(version.slice(version.indexOf('.') + 1));
}

function functionProposal({ name, signatures }: CelFunction): Proposal {
  return {
    label: name,
    kind: CompletionItemKind.Function,
    text: `${name}(`,
    detail: signatures[0] ?? '',
    words: signatures.map((one) => `- ${codeSpan(one)}`).join('\n'),
  };
}

function below(
  holder: string,
  text: string,
  { outline, kinds, scope }: { readonly outline: Outline; readonly kinds: Kinds; readonly scope: Scope },
): Proposal[] {
  const methods = celFunctions(minorOf(kinds))
    .filter(({ on }) => on !== '')
    .map(functionProposal);
  if (holder === 'variables' && scope.has('variables')) return variableNames(outline.root);
  const here = nodeOfChain(holder, text, { outline, scope });
  const fields = [...(here?.fields() ?? [])].map(([label, field]) => ({
    label,
    kind: CompletionItemKind.Field,
    detail: field.type,
    words: documentationOf(field),
    rank: 0,
  }));
  return [...fields, ...methods];
}

function variableNames(root: OutlineNode): Proposal[] {
  const list = childAt(root, 'spec', 'variables');
  return (list === undefined ? [] : itemsOf(list)).flatMap((one) => {
    const label = textAt(one, 'name');
    if (label === undefined) return [];
    return [{ label, kind: CompletionItemKind.Variable, detail: textAt(one, 'expression') ?? '' }];
  });
}
