import { isTrueAt } from '../../object/object-field.ts';
import { isSequence, valueAt } from '../../source/value.ts';
import type { ClusterRule } from '../rule.ts';

/** Without `missingkey=error` a Go template prints `<no value>` for a parameter that is not there (text/template, Option). */
export const applicationsetMissingKeyAllowed: ClusterRule = {
  id: 'applicationset-missing-key-allowed',
  severity: 'note',
  scope: 'cluster',
  tags: ['argo-cd'],
  *judge({ reconciliations }) {
    for (const { kind, declaration } of reconciliations) {
      if (kind !== 'ApplicationSet' || declaration === undefined) continue;
      if (!isTrueAt(declaration.object, 'spec', 'goTemplate')) continue;
      const options = valueAt(declaration.object, ['spec', 'goTemplateOptions']);
      if (isSequence(options) && options.includes('missingkey=error')) continue;
      yield {
        at: [declaration, 'spec', 'goTemplate'],
        message: 'a parameter that an element lacks becomes the string <no value> instead of an error',
        help: 'add goTemplateOptions: ["missingkey=error"]',
      };
    }
  },
};
