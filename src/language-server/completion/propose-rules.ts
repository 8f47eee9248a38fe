import { CompletionItemKind } from 'vscode-languageserver';
import { profileNames } from '../../diagnostic/profile.ts';
import { childAt, type OutlineNode } from '../yaml/outline-node.ts';
import { type Proposal, proposeKeys } from './proposal.ts';
import type { Subject } from './subject.ts';
import type { Writing } from './writing.ts';

const severities = ['error', 'warning', 'note', 'off'];

/** Names of rules and their severities, of profiles and of environments, in cdb-lint.yaml. */
export function proposeRules({ cursor, rules = [] }: Writing, { is }: Subject): Proposal[] {
  const { role, path, outline } = cursor;
  if (is !== 'configuration') return [];
  if (role === 'key' && path.at(-1) === 'rules')
    return proposeKeys(rules, cursor, { kind: CompletionItemKind.Field });
  if (role === 'value' && path.at(-2) === 'rules')
    return severities.map((label) => ({ label, kind: CompletionItemKind.EnumMember }));
  if (role === 'value' && path.at(-1) === 'profile')
    return [...profileNames, ...keysBelow(outline.root, 'profiles')].map((label) => ({
      label,
      kind: CompletionItemKind.EnumMember,
    }));
  if (role === 'value' && path.at(-1) === 'environment')
    return keysBelow(outline.root, 'environments').map((label) => ({
      label,
      kind: CompletionItemKind.Value,
    }));
  const isNamed = role === 'value' && path.at(-1) === 'rule';
  return isNamed ? rules.map((label) => ({ label, kind: CompletionItemKind.Value })) : [];
}

function keysBelow(root: OutlineNode, field: string): string[] {
  return (childAt(root, field)?.children ?? []).flatMap(({ is, key }) => (is === 'key' ? [key] : []));
}
