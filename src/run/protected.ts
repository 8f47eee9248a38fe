import { groupVersionKind, nameOf, namespaceOf, type Resource } from '../object/resource.ts';
import type { ChangeRow, ObjectChange } from '../report/change-report.ts';
import { valueAt } from '../source/value.ts';
import type { RunJudgement } from './judge.ts';

const annotation = 'cdb-lint.dev/protect';

/** Why the base forbids what a row does: it deletes something that is protected, or stands in a namespace that is. */
export function protectionOf({ tree }: RunJudgement): (row: ChangeRow) => string | undefined {
  const reasons = new Map<string, string>();
  for (const { object } of tree.units.flatMap(({ build }) => build.resources)) {
    const reason = valueAt(object, ['metadata', 'annotations', annotation]);
    if (typeof reason === 'string' && reason.trim() !== '')
      reasons.set(keyOfResource({ object }), reason.trim());
  }
  if (reasons.size === 0) return () => undefined;
  return (row) => {
    for (const one of row.objects.filter(({ actions }) => actions.includes('delete'))) {
      const reason = reasons.get(keyOf(one)) ?? reasons.get(namespaceKey(one.namespace));
      if (reason !== undefined) return reason;
    }
    return undefined;
  };
}

function keyOfResource({ object }: Pick<Resource, 'object'>): string {
  const { group, kind } = groupVersionKind(object);
  return JSON.stringify([group, kind, namespaceOf(object), nameOf(object)]);
}

function keyOf({ apiVersion, kind, namespace = '', name }: ObjectChange): string {
  const slash = apiVersion.indexOf('/');
  return JSON.stringify([slash < 0 ? '' : apiVersion.slice(0, slash), kind, namespace, name]);
}

function namespaceKey(name = ''): string {
  return JSON.stringify(['', 'Namespace', '', name]);
}
