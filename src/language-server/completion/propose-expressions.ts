import { CompletionItemKind } from 'vscode-languageserver';
import { codeSpan } from '../../report/markdown/markdown-text.ts';
import { nodeAt, type SchemaNode } from '../../schema/schema-node.ts';
import { childAt, itemsOf, type OutlineNode, textAt } from '../yaml/outline-node.ts';
import { type CelFunction, celFunctions } from './cel-functions.ts';
import { documentationOf } from './documentation.ts';
import { type Kinds, kindsIn } from './kinds.ts';
import type { LineParts } from './line-parts.ts';
import type { Proposal } from './proposal.ts';
import type { PartProposals } from './propose-variables.ts';
import type { Writing } from './writing.ts';

const holders: ReadonlySet<unknown> = new Set(['expression', 'messageExpression', 'valueExpression']);

/** Within an expression of a policy: fields of what it judges, variables and functions; undefined anywhere else. */
export function proposeExpressions(
  { cursor, files, knowledge }: Writing,
  { before: line, after }: LineParts,
): PartProposals | undefined {
  const outer = cursor.within ?? cursor;
  const { root } = outer.outline;
  if (
    !holders.has(outer.path.at(-1)) ||
    !/^(?:Validating|Mutating)AdmissionPolicy$/u.test(textAt(root, 'kind') ?? '')
  )
    return undefined;
  const [chain = ''] = /[\w.?[\]]*$/u.exec(line) ?? [];
  const end = chain.lastIndexOf('.');
  const typed = chain.slice(end + 1);
  const holder = chain.slice(0, Math.max(end, 0));
  const kinds = kindsIn(files, knowledge);
  const proposals = holder === '' ? variables(root, kinds) : below(holder, root, kinds);
  return {
    proposals,
    from: line.length - typed.length,
    to: line.length + (/^\w*/u.exec(after)?.[0].length ?? 0),
  };
}

function variables(root: OutlineNode, kinds: Kinds): Proposal[] {
  const names = ['object', 'oldObject', 'request', 'params', 'namespaceObject', 'variables', 'authorizer'];
  const own = names.map((label) => ({ label, kind: CompletionItemKind.Variable, rank: 0 }));
  const hasParameters = childAt(root, 'spec', 'paramKind') !== undefined;
  return [
    ...own.filter(({ label }) => label !== 'params' || hasParameters),
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

function below(holder: string, root: OutlineNode, kinds: Kinds): Proposal[] {
  const methods = celFunctions(minorOf(kinds))
    .filter(({ on }) => on !== '')
    .map(functionProposal);
  if (holder === 'variables') return variableNames(root);
  const [first, ...steps] = holder
    .replaceAll(/\.\?/gu, '.')
    .replaceAll(/\[[^\]]*\]/gu, '.0')
    .split('.')
    .filter((step) => step !== '');
  const node = first === 'object' || first === 'oldObject' ? judgedKind(root, kinds) : undefined;
  const path = steps.map((step) => (/^\d+$/u.test(step) ? Number(step) : step));
  const here: SchemaNode | undefined = node && nodeAt(node, path);
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

/** The kind that the policy judges, by the first of its rules. */
function judgedKind(root: OutlineNode, kinds: Kinds): SchemaNode | undefined {
  const rule = childAt(root, 'spec', 'matchConstraints', 'resourceRules', 0);
  if (rule === undefined) return undefined;
  const [group = '', version, resource] = ['apiGroups', 'apiVersions', 'resources'].map((key) =>
    firstOf(childAt(rule, key)),
  );
  return kinds.byPlural(group, version ?? '', resource ?? '');
}

function firstOf(list: OutlineNode | undefined): string | undefined {
  const [first] = list === undefined ? [] : itemsOf(list);
  return first === undefined ? undefined : first.value.replaceAll(/^["']|["']$/gu, '');
}
