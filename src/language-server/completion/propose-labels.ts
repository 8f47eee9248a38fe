import { CompletionItemKind } from 'vscode-languageserver';
import { ownOf } from '../../source/own.ts';
import type { Knowledge } from '../judging/knowledge.ts';
import type { KnownObject } from '../judging/known-object.ts';
import type { Cursor } from '../yaml/cursor-shape.ts';
import { childAt, textAt } from '../yaml/outline-node.ts';
import type { Proposal } from './proposal.ts';
import { selectedKinds } from './selected-kinds.ts';
import type { Subject } from './subject.ts';

type Labels = Readonly<Record<string, string>>;

/** Labels that a selector could match: keys, and the values that objects have for a key. */
export function proposeLabels(cursor: Cursor, subject: Subject, { objects }: Knowledge): Proposal[] {
  const { siblings, hasColon } = cursor;
  const wanted = wantedAt(cursor);
  if (wanted === undefined || subject.is !== 'object') return [];
  const { key, isMap } = wanted;
  const found = new Map<string, number>();
  for (const labels of labelsFor(cursor, subject, objects))
    for (const [name, value] of Object.entries(labels)) {
      const label = key === undefined ? name : name === key ? value : undefined;
      if (label !== undefined && label !== '' && !siblings.includes(label))
        found.set(label, (found.get(label) ?? 0) + 1);
    }
  return [...found].map(([label, count]) => ({
    label,
    kind: CompletionItemKind.Value,
    ...(isMap && key === undefined && !hasColon ? { text: `${label}: ` } : {}),
    ...(key === undefined || cursor.quote !== undefined || isPlain(label)
      ? {}
      : { text: JSON.stringify(label) }),
    detail: `of ${count === 1 ? '1 object' : `${count} objects`}`,
  }));
}

/** Whether YAML reads a value as a string without quotes. */
function isPlain(label: string): boolean {
  return !/^(?:true|false|yes|no|on|off|y|n|null|[-+.]?\d.*)$/iu.test(label);
}

const maps: ReadonlySet<unknown> = new Set(['matchLabels', 'selector', 'nodeSelector']);

/** The key whose values may stand at the cursor; none where a key may. */
function wantedAt({
  role,
  path,
  outline,
}: Cursor): { readonly key: string | undefined; readonly isMap: boolean } | undefined {
  if (role === 'key') return maps.has(path.at(-1)) ? { key: undefined, isMap: true } : undefined;
  if (role === 'value' && maps.has(path.at(-2))) return { key: String(path.at(-1)), isMap: true };
  if (!/^match(?:Expressions|Fields)$/u.test(String(path.at(-1) === 'key' ? path.at(-3) : path.at(-4))))
    return undefined;
  if (path.at(-1) === 'key') return { key: undefined, isMap: false };
  const key = path.at(-2) === 'values' ? textAt(outline.root, ...path.slice(0, -2), 'key') : undefined;
  return key === undefined ? undefined : { key, isMap: false };
}

/** What every node has (k8s.io/api/core/v1, well_known_labels.go). */
const nodeLabels: readonly Labels[] = [
  {
    'kubernetes.io/arch': 'amd64',
    'kubernetes.io/os': 'linux',
    'kubernetes.io/hostname': '',
    'node.kubernetes.io/instance-type': '',
    'topology.kubernetes.io/region': '',
    'topology.kubernetes.io/zone': '',
    'node-role.kubernetes.io/control-plane': '',
  },
  { 'kubernetes.io/arch': 'arm64', 'kubernetes.io/os': 'windows' },
];

function labelsFor(
  { path, outline }: Cursor,
  { kind = '', kinds }: Subject,
  objects: readonly KnownObject[],
): readonly Labels[] {
  if (path.some((step) => step === 'nodeSelector' || step === 'nodeAffinity')) return nodeLabels;
  if (path.includes('namespaceSelector'))
    return objects
      .filter((one) => one.kind === 'Namespace')
      .map(({ name, labels }) => ({ 'kubernetes.io/metadata.name': name, ...labels }));
  const other = ownOf(selectedKinds, kind);
  if (other !== undefined) return objects.filter((one) => one.kind === other).map(({ labels }) => labels);
  const isBuiltIn = kinds.all().some((one) => one.kind === kind && one.plural !== undefined);
  const pods = objects.filter(({ containers }) => !isBuiltIn || containers !== undefined);
  return [ownPods(outline.root), ...pods.map(({ labels }) => labels)];
}

/** The labels of the template of what is being written. */
function ownPods(root: Cursor['around']): Labels {
  const labels = childAt(root, 'spec', 'template', 'metadata', 'labels');
  return Object.fromEntries(
    (labels?.children ?? []).flatMap(({ key }) => {
      const value = labels && textAt(labels, key);
      return value === undefined ? [] : [[key, value]];
    }),
  );
}
