import { isProblem } from '../../build/problem.ts';
import { compileSelector } from '../../build/selector.ts';
import { groupVersionKind, namespaceOf, type Resource } from '../../object/resource.ts';
import { isMapping } from '../../source/value.ts';
import { type OutlineNode, textAt } from '../yaml/outline-node.ts';
import { writtenNames } from './written-names.ts';

const selectorFields = [
  'group',
  'version',
  'kind',
  'name',
  'namespace',
  'labelSelector',
  'annotationSelector',
] as const;

/** What the target of a patch or a replacement selects. Nothing while it is half written: one that asks for nothing would select everything. */
export function selectionOf(around: OutlineNode): ((resource: Resource) => boolean) | undefined {
  const fields = selectorFields.flatMap((field) => {
    const written = textAt(around, field);
    return written === undefined || written === '' ? [] : [[field, written] as const];
  });
  const selector = compileSelector(Object.fromEntries(fields));
  if (fields.length === 0 || isProblem(selector)) return undefined;
  return (resource) => {
    const metadata = resource.object['metadata'];
    const { labels = null, annotations = null } = isMapping(metadata) ? metadata : {};
    return selector.matches({
      gvk: groupVersionKind(resource.object),
      names: [...writtenNames(resource)],
      namespaces: [namespaceOf(resource.object)],
      labels,
      annotations,
    });
  };
}
