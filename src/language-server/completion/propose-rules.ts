import { CompletionItemKind } from 'vscode-languageserver';
import { type Proposal, proposeKeys } from './proposal.ts';
import type { Subject } from './subject.ts';
import type { Writing } from './writing.ts';

const severities = ['error', 'warning', 'note', 'off'];

/** Names of rules and their severities, in cdb-lint.yaml. */
export function proposeRules({ cursor, rules = [] }: Writing, { is }: Subject): Proposal[] {
  const { role, path } = cursor;
  if (is !== 'configuration') return [];
  if (role === 'key' && path.at(-1) === 'rules')
    return proposeKeys(rules, cursor, { kind: CompletionItemKind.Field });
  if (role === 'value' && path.at(-2) === 'rules')
    return severities.map((label) => ({ label, kind: CompletionItemKind.EnumMember }));
  const isNamed = role === 'value' && path.at(-1) === 'rule';
  return isNamed ? rules.map((label) => ({ label, kind: CompletionItemKind.Value })) : [];
}
