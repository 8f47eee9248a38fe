import { CompletionItemKind } from 'vscode-languageserver';
import type { Knowledge } from '../judging/knowledge.ts';
import type { Cursor } from '../yaml/cursor-shape.ts';
import type { Proposal } from './proposal.ts';

const selectors: ReadonlySet<unknown> = new Set(['matchLabels', 'selector', 'nodeSelector']);

/** Labels that a selector could match: keys, and the values that objects have for a key. */
export function proposeLabels({ role, path, siblings }: Cursor, { objects }: Knowledge): Proposal[] {
  const isKey = role === 'key' && selectors.has(path.at(-1));
  const isValue = role === 'value' && selectors.has(path.at(-2));
  if (!isKey && !isValue) return [];
  const found = new Map<string, number>();
  for (const { labels } of objects)
    for (const [key, value] of Object.entries(labels)) {
      const label = isKey ? key : key === path.at(-1) ? value : undefined;
      if (label !== undefined && !siblings.includes(label)) found.set(label, (found.get(label) ?? 0) + 1);
    }
  return [...found].map(([label, count]) => ({
    label,
    kind: CompletionItemKind.Value,
    ...(isKey ? { text: `${label}: ` } : {}),
    detail: `of ${count === 1 ? '1 object' : `${count} objects`}`,
  }));
}
