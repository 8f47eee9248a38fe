import { textAt } from '../../object/object-field.ts';
import { itemsAt, type Mapping, type Path } from '../../source/value.ts';
import type { ClusterRule } from '../rule.ts';
import { applicationsOf } from './argo-application.ts';
import { ignoredDifferences, ignoredFields } from './ignored-difference.ts';

const broad = new Set(['', 'spec', 'metadata', 'spec.template', 'spec.template.spec']);

/** All of each container, image included; one that is chosen by its name is what somebody else puts there. */
const wholeContainers =
  /^(?:\.spec\.template\.spec\.(?:init)?[cC]ontainers(?:\[\d*\]\??)?(?:\s*\|\s*select\((?!\s*\.name\s*[=|]).*\))?|\/spec\/template\/spec\/(?:init)?[cC]ontainers(?:\/\d+)?)$/u;

/** Entries that hide nearly every change of an object, and so what self-heal and the status are for. */
export const ignoreDifferencesTooBroad: ClusterRule = {
  id: 'ignore-differences-too-broad',
  severity: 'warning',
  scope: 'cluster',
  tags: ['argo-cd'],
  *judge(cluster) {
    for (const { declaration } of applicationsOf(cluster)) {
      for (const { entry, at } of ignoredDifferences(declaration.object)) {
        // What is said of one object is meant for it.
        if (textAt(entry, 'name') !== undefined) continue;
        const kind = textAt(entry, 'kind') ?? '';
        for (const { text, at: place } of broadFields(entry, at)) {
          yield {
            at: [declaration, ...place],
            message: `${text || '""'} of every ${kind} is ignored: changes to it are never detected`,
            help: 'list only the fields that something else sets',
          };
        }
      }
    }
  },
};

function broadFields(entry: Mapping, at: Path): { readonly text: string; readonly at: Path }[] {
  const named = ignoredFields(entry, at).filter(({ field }) => broad.has(field.join('.')));
  const containers = ['jsonPointers', 'jqPathExpressions'].flatMap((list) =>
    itemsAt(entry, [list]).flatMap((text, index) =>
      typeof text === 'string' && wholeContainers.test(text) ? [{ text, at: [...at, list, index] }] : [],
    ),
  );
  return [...named, ...containers];
}
