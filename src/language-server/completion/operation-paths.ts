import { CompletionItemKind } from 'vscode-languageserver';
import { nodeAt, type SchemaNode } from '../../schema/schema-node.ts';
import { documentationOf } from './documentation.ts';
import type { Proposal } from './proposal.ts';

/** JSON pointers into what an operation changes, one name after the other. */
export function operationPaths(changed: SchemaNode, typed: string): Proposal[] {
  const end = typed.lastIndexOf('/');
  const before = typed.slice(0, Math.max(end, 0));
  const node = nodeAt(changed, stepsOf(before));
  if (node === undefined) return [];
  if (node.is === 'list')
    return ['0', '-'].map((step) => ({
      label: `${before}/${step}`,
      kind: CompletionItemKind.Reference,
      detail: step === '-' ? 'the end of the list' : 'the first item',
    }));
  return [...node.fields()].map(([name, field]) => ({
    label: `${before}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`,
    kind: CompletionItemKind.Reference,
    detail: field.type,
    words: documentationOf(field),
  }));
}

/** What a JSON pointer leads through; `-` is an item like any other. */
export function stepsOf(path: string): (string | number)[] {
  const steps = path.split('/').slice(1);
  return steps.map((step) =>
    /^(?:\d+|-)$/u.test(step)
      ? step === '-'
        ? 0
        : Number(step)
      : step.replaceAll('~1', '/').replaceAll('~0', '~'),
  );
}
