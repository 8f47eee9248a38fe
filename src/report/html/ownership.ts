import type { ObjectReference } from '../../diagnostic/diagnostic.ts';
import { plural } from '../../diagnostic/plural.ts';
import type { OwnershipReport } from '../ownership-report.ts';
import type { Report } from '../report.ts';
import { type Html, html } from './html-text.ts';

const ways = {
  flux: 'Flux',
  argocd: 'Argo CD',
  kustomize: 'anyone who builds it',
  manifests: 'anyone who applies it',
};

/** Who applies which object, for each cluster. */
export function ownershipPart({ ownership }: Report): Html {
  if (ownership.length === 0) return html``;
  const clusters = groupBy(ownership, ({ cluster }) => cluster);
  return html`<h2 id="applied-by">Applied by</h2>
${[...clusters].map(
  ([cluster, owners]) => html`<h3>${cluster === '' ? 'no environment' : cluster}</h3>
<ul>
${owners.map(ownerPart)}</ul>
`,
)}`;
}

function ownerPart({ by, kind, namespace, name, path, objects, alternative }: OwnershipReport): Html {
  const owner = `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;
  const where = path === undefined ? '' : ` from ${path || '.'}`;
  const other = alternative === undefined ? '' : `, an alternative (${alternative})`;
  const kinds = [...groupBy(objects, (object) => object.kind)].map(
    ([one, own]) => html`<dt>${one}</dt><dd>${own.map(label).join(', ')}</dd>\n`,
  );
  return html`<li><details><summary>${owner} <span class="soft">by ${ways[by]}${where}, ${plural(objects.length, 'object')}${other}</span></summary><dl>
${kinds}</dl></details></li>
`;
}

function label({ namespace, name }: ObjectReference): string {
  return namespace === undefined ? name : `${namespace}/${name}`;
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}
