import { isRemote } from '../../build/loader.ts';
import { isAllowed } from '../../fetched/fetch-line.ts';
import { remoteBaseOf } from '../../fetched/remote-base.ts';
import type { WantedCheckout } from '../../fetched/wanted.ts';
import { getAt } from '../../object/provenance.ts';
import { groupVersionKind, type Resource, trackedObject } from '../../object/resource.ts';
import type { RuleProblem } from '../../object/rule-problem.ts';
import type { Path } from '../../source/value.ts';
import { itemsAt } from '../../source/value.ts';
import { kustomizationFiles, listedTexts } from '../kustomize/kustomization-file.ts';
import type { BuildRule } from '../rule.ts';

export const sourceHostUnlisted: BuildRule = {
  id: 'source-host-unlisted',
  severity: 'error',
  scope: 'build',
  criterion: 'wired',
  tags: ['supply-chain', 'flux', 'argo-cd', 'kustomize'],
  judgesFiles: true,
  *judge(build, context) {
    const { sourceHosts = [] } = context;
    if (sourceHosts.length === 0) return;
    for (const resource of build.resources) yield* judgeObject(resource, sourceHosts);
    for (const file of kustomizationFiles(build, context))
      for (const field of ['resources', 'bases', 'components', 'crds'])
        for (const entry of listedTexts(file, field)) {
          const wanted = isRemote(entry.value) ? remoteBaseOf(entry.value)?.wanted : undefined;
          if (wanted !== undefined && !isAllowed(wanted, sourceHosts))
            yield { at: [entry], ...wordsFor(wanted.repository) };
        }
  },
};

function* judgeObject(resource: Resource, sourceHosts: readonly string[]): Iterable<RuleProblem> {
  for (const path of addressFields(resource)) {
    const address = getAt(trackedObject(resource), path)?.value;
    if (typeof address !== 'string' || address === '') continue;
    const wanted: WantedCheckout = { kind: 'checkout', repository: address, version: '' };
    if (!isAllowed(wanted, sourceHosts)) yield { at: [resource, ...path], ...wordsFor(address) };
  }
}

/** The fields of an object that say where a controller fetches from. */
function addressFields({ object }: Resource): Path[] {
  const { group, kind } = groupVersionKind(object);
  if (group === 'source.toolkit.fluxcd.io')
    return ['GitRepository', 'HelmRepository', 'OCIRepository'].includes(kind) ? [['spec', 'url']] : [];
  if (group !== 'argoproj.io' || kind !== 'Application') return [];
  const several = itemsAt(object, ['spec', 'sources']).map(
    (_, index): Path => ['spec', 'sources', index, 'repoURL'],
  );
  return [['spec', 'source', 'repoURL'], ...several];
}

function wordsFor(address: string): Pick<RuleProblem, 'message' | 'help'> {
  return {
    message: `${address} is not in sourceHosts of cdb-lint.yaml`,
    help: 'use a listed host, or add this one in a separate change',
  };
}
