import { getPart, itemsOf } from '../../object/provenance.ts';
import type { BuildRule } from '../rule.ts';
import { kustomizationFiles } from './kustomization-file.ts';

/** What kustomize 5 calls deprecated, and what to write instead. */
const replacements: ReadonlyMap<string, string> = new Map([
  ['bases', 'move the entries to resources'],
  ['imageTags', 'write images'],
  ['patchesStrategicMerge', 'write patches: each file as - path: FILE, each inline patch as - patch: TEXT'],
  ['patchesJson6902', 'write patches: the entries stay the same'],
  ['vars', 'write replacements'],
  [
    'commonLabels',
    'write labels with pairs; includeSelectors: true keeps the effect of commonLabels on selectors, which are immutable once deployed',
  ],
  ['helmChartInflationGenerator', 'write helmCharts'],
]);

export const kustomizationFieldDeprecated: BuildRule = {
  id: 'kustomization-field-deprecated',
  severity: 'warning',
  scope: 'build',
  criterion: 'wired',
  tags: ['kustomize'],
  judgesFiles: true,
  *judge(build, context) {
    for (const { document } of kustomizationFiles(build, context)) {
      for (const [field, help] of replacements) {
        if (getPart(document, field) === undefined) continue;
        yield { at: [document, field], message: `${field} is deprecated in kustomize 5`, help };
      }
      for (const field of ['configMapGenerator', 'secretGenerator']) {
        const entries = getPart(document, field);
        for (const entry of entries === undefined ? [] : itemsOf(entries)) {
          if (getPart(entry, 'env') === undefined) continue;
          yield {
            at: [entry, 'env'],
            message: 'env is deprecated in kustomize 5',
            help: 'write envs, which is a list',
          };
        }
      }
    }
  },
};
