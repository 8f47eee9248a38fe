import { groupVersionKind, nameOf, namespaceOf } from '../object/resource.ts';
import type { RunJudgement } from './judge.ts';

/** The names of all objects and files of a run: whoever may read what it says of a change has them before their eyes. */
export function shownNames({ tree }: Pick<RunJudgement, 'tree'>): readonly string[] {
  const names = new Set(tree.found.plainFiles);
  for (const { inputs, resources } of tree.units.map(({ build }) => build)) {
    for (const path of inputs) names.add(path);
    for (const { object } of resources) {
      const { group, version, kind } = groupVersionKind(object);
      for (const name of [group, version, kind, namespaceOf(object), nameOf(object)]) names.add(name);
    }
  }
  return [...names];
}
