import { CompletionItemKind } from 'vscode-languageserver';
import { nodeAt, type SchemaNode } from '../../schema/schema-node.ts';
import { childAt, itemsOf, type OutlineNode, textAt } from '../yaml/outline-node.ts';
import { documentationOf } from './documentation.ts';
import type { Proposal } from './proposal.ts';
import type { WrittenTarget } from './written-target.ts';

/** JSON pointers into what an operation changes, one name after the other; `here` is an object that it changes, as somebody wrote it. */
export function operationPaths(changed: SchemaNode, typed: string, here?: WrittenTarget): Proposal[] {
  const end = typed.lastIndexOf('/');
  const before = typed.slice(0, Math.max(end, 0));
  const steps = stepsOf(before);
  const node = nodeAt(changed, steps);
  if (node === undefined) return [];
  const own = here && childAt(here.root, ...steps);
  if (node.is === 'list') return itemsAt(before, own === undefined ? [] : itemsOf(own));
  const keys = node.is === 'map' ? keysAt(own, steps, here) : [];
  return [
    ...[...node.fields()].map(([name, field]) => ({ name, type: field.type, words: documentationOf(field) })),
    ...keys.map((name) => ({ name, type: 'of the object' })),
  ].map(({ name, type, ...more }) => ({
    label: `${before}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`,
    kind: CompletionItemKind.Reference,
    detail: type,
    ...more,
  }));
}

/** The items of a list by their places, with what they are called. */
function itemsAt(before: string, items: readonly OutlineNode[]): Proposal[] {
  const known = items.map((item, index) => ({
    label: `${before}/${index}`,
    detail: ['name', 'key', 'kind'].flatMap((key) => textAt(item, key) ?? [])[0] ?? `item ${index}`,
  }));
  const all = [
    ...(known.length > 0 ? known : [{ label: `${before}/0`, detail: 'the first item' }]),
    { label: `${before}/-`, detail: 'the end of the list' },
  ];
  return all.map((one) => ({ ...one, kind: CompletionItemKind.Reference }));
}

/** The keys of a map, with the labels that builds add. */
function keysAt(
  own: OutlineNode | undefined,
  steps: readonly (string | number)[],
  here: WrittenTarget | undefined,
): string[] {
  const labels = steps.at(-1) === 'labels' ? Object.keys(here?.labels ?? {}) : [];
  const keys = (own?.children ?? []).flatMap(({ is, key }) => (is === 'key' ? [key] : []));
  return [...new Set([...keys, ...labels])];
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
