import { grouped } from '../diagnostic/grouped.ts';
import { listSome } from '../diagnostic/list-some.ts';
import type { Build } from '../object/build.ts';
import { isKustomizationPath } from '../object/kustomization-path.ts';
import { describeReconciliation } from '../reconcile/reconciliation.ts';
import type { ChangeRow } from '../report/change-report.ts';
import type { Tree } from '../survey/tree.ts';
import type { Edits, Revision } from './edits.ts';
import { placeIn, rowOfFile } from './row-of-file.ts';
import type { Side } from './side.ts';
import { readAsManifests } from './without-effect.ts';

/** A row for the edited files that something reads which is not rendered, whatever reads them besides; those with the same readers in one. */
export function rowsOfUnrendered(
  base: Side,
  head: Side,
  edits: Edits,
  digest: (text: string) => string,
): ChangeRow[] {
  const readers = new Map<string, Set<string>>();
  const note = (file: string, name: string): void => {
    readers.set(file, (readers.get(file) ?? new Set()).add(name));
  };
  for (const side of [base, head]) {
    const known = new Map<string, readonly string[]>();
    const editedAt = (path: string): readonly string[] => {
      const edited = known.get(path) ?? side.filesAt(path).filter(edits.isChanged);
      known.set(path, edited);
      return edited;
    };
    for (const { name, build } of namedBuilds(side.tree))
      for (const file of [...unrenderedFiles(build, editedAt), ...editedEntries(build, side.revision, edits)])
        note(file, name);
  }
  const { idleCharts } = head.tree;
  for (const chart of idleCharts)
    for (const file of [base, head].flatMap((side) => side.filesAt(chart)))
      if (isOfTemplates(file) && edits.isChanged(file) && !readers.has(file))
        note(file, `the chart ${chart || '.'} (deployed by nothing here)`);
  const alike = grouped([...readers], ([, names]) => [...names].sort().join('\n'));
  return [...alike.values()].flatMap((all) => {
    const [[file, names] = [], ...others] = all;
    if (file === undefined || names === undefined) return [];
    const files = listSome(all.map(([one]) => one));
    const title = `the effect of the edit of ${files} is unknown: ${listSome([...names])} ${names.size === 1 ? 'is' : 'are'} not rendered in full`;
    const row = rowOfFile(file, { reason: 'unrendered-input', severity: 'changes', title }, edits, digest);
    const further = others.flatMap(([one]) => placeIn(one, edits) ?? []);
    return [further.length === 0 ? row : { ...row, further }];
  });
}

/** Whether Helm takes a file of a chart for more than a text beside it. */
function isOfTemplates(path: string): boolean {
  return /\.(?:ya?ml|tpl|json)$/u.test(path);
}

function namedBuilds({ units, clusters }: Tree): { readonly name: string; readonly build: Build }[] {
  const owners = clusters.flatMap(({ reconciliations }) => reconciliations);
  const reached = new Set(owners.map(({ build }) => build.root));
  return [
    ...owners.map((one) => ({ name: describeReconciliation(one), build: one.build })),
    ...units
      .filter(({ build }) => !reached.has(build.root))
      .map(({ build }) => ({ name: `the build of ${build.root || '.'}`, build })),
  ];
}

/** What tells of an entry of a kustomization that is not here: a chart, or a remote base. */
const tellingOfEntries: ReadonlySet<string> = new Set(['helm-chart-not-rendered', 'remote-not-fetched']);

/** Kustomizations in which an edit touches such an entry, as one of its version does. */
function editedEntries({ diagnostics }: Build, revision: Revision, edits: Edits): string[] {
  return diagnostics.flatMap(({ rule, span }) => {
    const isEdited = tellingOfEntries.has(rule) && edits.within(revision, span) !== undefined;
    return isEdited && isKustomizationPath(span.file.path) ? [span.file.path] : [];
  });
}

/** Of a directory only what makes no objects, as another file in it may import it; of files all of them. */
function unrenderedFiles(build: Build, editedAt: (path: string) => readonly string[]): string[] {
  const { unrendered = [], inputs } = build;
  const edited = unrendered.flatMap(editedAt);
  if (edited.length === 0) return [];
  const [named, rendered] = [new Set(unrendered), new Set(readAsManifests(build, inputs))];
  return edited.filter((file) => named.has(file) || !rendered.has(file));
}
