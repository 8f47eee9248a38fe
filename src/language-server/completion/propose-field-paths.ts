import { CompletionItemKind } from 'vscode-languageserver';
import { nodeAt, type SchemaNode } from '../../schema/schema-node.ts';
import type { KnownObject } from '../judging/known-object.ts';
import { type OutlineNode, textAt } from '../yaml/outline-node.ts';
import { documentationOf } from './documentation.ts';
import type { Proposal } from './proposal.ts';
import { nodeOfKind, type Subject } from './subject.ts';

/** Field paths of what a replacement selects, one name after the other, with dots between them. */
export function proposeFieldPaths(
  typed: string,
  selector: OutlineNode,
  { kinds }: Subject,
  objects: readonly KnownObject[],
): Proposal[] {
  const kind = textAt(selector, 'kind');
  const node = kind === undefined ? undefined : nodeOfKind(kinds, kind, textAt(selector, 'group'));
  const before = typed.slice(0, typed.lastIndexOf('.') + 1);
  const steps = before === '' ? [] : stepsOf(before.slice(0, -1));
  const here = node && nodeAt(node, steps);
  if (here === undefined) return [];
  const name = textAt(selector, 'name');
  const chosen = objects.filter((one) => one.kind === kind && (name === undefined || one.name === name));
  return [...nextSteps(here, steps, chosen)].map(([step, field]) => ({
    label: before + step,
    kind: CompletionItemKind.Reference,
    ...(field === undefined ? {} : { detail: field.type, words: documentationOf(field) }),
  }));
}

/** Names are fields or keys of a map, `[name=web]` and numbers items of a list (kustomize, kyaml/utils/pathsplitter.go). */
function stepsOf(path: string): (string | number)[] {
  const parts = path.match(/\[[^\]]*\]|(?:\\.|[^.[\\])+/gu) ?? [];
  return parts.map((part) => (/^(?:\[.*\]|\d+|\*|-)$/u.test(part) ? 0 : part.replaceAll('\\.', '.')));
}

function nextSteps(
  here: SchemaNode,
  steps: readonly (string | number)[],
  objects: readonly KnownObject[],
): Map<string, SchemaNode | undefined> {
  const last = String(steps.at(-1));
  if (here.is === 'list') {
    const names = /ontainers$/u.test(last) ? objects.flatMap(({ containers = [] }) => containers) : [];
    return new Map(['*', '0', ...names.map((name) => `[name=${name}]`)].map((step) => [step, here.below()]));
  }
  if (here.is !== 'map') return new Map(here.fields());
  const keys = objects.flatMap((one) =>
    last === 'labels' ? Object.keys(one.labels) : steps.length === 1 ? (one.keys ?? []) : [],
  );
  return new Map(keys.map((key) => [key.replaceAll('.', '\\.'), here.below()]));
}
