import { textAt } from '../../object/object-field.ts';
import type { ClusterRule } from '../rule.ts';
import { applicationsOf } from './argo-application.ts';
import { ignoredDifferences, ignoredFields } from './ignored-difference.ts';

const broad = new Set(['', 'spec', 'metadata']);

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
        for (const { field, text, at: place } of ignoredFields(entry, at)) {
          if (field.length > 1 || !broad.has(String(field[0] ?? ''))) continue;
          yield {
            at: [declaration, ...place],
            message: `${text || '""'} of every ${kind} is ignored: no change of it is seen, by nobody`,
            help: 'name the fields that something else sets',
          };
        }
      }
    }
  },
};
