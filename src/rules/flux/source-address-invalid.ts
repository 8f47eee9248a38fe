import { textAt } from '../../object/object-field.ts';
import { nameOf, type Resource } from '../../object/resource.ts';
import type { RuleProblem } from '../../object/rule-problem.ts';
import { ownOf } from '../../source/own.ts';
import type { Path } from '../../source/value.ts';
import { valueText } from '../../source/value-text.ts';
import type { ClusterRule } from '../rule.ts';
import { describeObject, fluxKinds } from './flux-objects.ts';
import { isSemverConstraint } from './semver-constraint.ts';

/** What source-controller 1.9 refuses at once: addresses of the wrong scheme, tags in them, ranges of versions that are none. */
export const sourceAddressInvalid: ClusterRule = {
  id: 'source-address-invalid',
  severity: 'error',
  scope: 'cluster',
  tags: ['flux', 'supply-chain'],
  *judge(cluster) {
    for (const resource of fluxKinds(cluster, 'HelmRepository')) yield* judgeHelmRepository(resource);
    for (const resource of fluxKinds(cluster, 'OCIRepository')) yield* judgeOciRepository(resource);
    const versioned = fluxKinds(
      cluster,
      'OCIRepository',
      'GitRepository',
      'HelmChart',
      'HelmRelease',
      'ImagePolicy',
    );
    for (const resource of versioned) yield* judgeVersions(resource);
  },
};

function* judgeHelmRepository(resource: Resource): Iterable<RuleProblem> {
  const url = textAt(resource.object, 'spec', 'url') ?? '';
  const isOci = textAt(resource.object, 'spec', 'type') === 'oci';
  if (url === '' || url.includes('${') || url.startsWith('oci://') === isOci) return;
  yield {
    at: [resource, 'spec', 'url'],
    message: `${describeObject(resource)} is of type ${isOci ? 'oci' : 'default'}, and ${url} is not an address for it, so it stalls`,
    help: isOci
      ? 'write the address as oci://, or leave type: oci out'
      : 'set type: oci, or use an OCIRepository',
  };
}

function* judgeOciRepository(resource: Resource): Iterable<RuleProblem> {
  const url = textAt(resource.object, 'spec', 'url') ?? '';
  const last = url.slice(url.lastIndexOf('/') + 1);
  const mark = url.startsWith('oci://') ? /[:@].*$/u.exec(last)?.[0] : undefined;
  // A port belongs to the host.
  if (mark === undefined || url.indexOf('/', 'oci://'.length) < 0 || url.includes('${')) return;
  const what = mark.startsWith('@') ? 'digest' : 'tag';
  yield {
    at: [resource, 'spec', 'url'],
    message: `the URL of ${describeObject(resource)} contains a ${what}, which it must not, so it stalls`,
    help: `remove ${mark}, and write spec.ref.${what}`,
  };
}

const ranges: Readonly<Record<string, readonly Path[]>> = {
  OCIRepository: [['spec', 'ref', 'semver']],
  GitRepository: [['spec', 'ref', 'semver']],
  HelmChart: [['spec', 'version']],
  HelmRelease: [['spec', 'chart', 'spec', 'version']],
  ImagePolicy: [['spec', 'policy', 'semver', 'range']],
};

function* judgeVersions(resource: Resource): Iterable<RuleProblem> {
  const { object } = resource;
  const kind = valueText(object['kind']);
  // Of a chart in another kind of source the version is not asked.
  const source =
    kind === 'HelmRelease' ? ['spec', 'chart', 'spec', 'sourceRef', 'kind'] : ['spec', 'sourceRef', 'kind'];
  const isChart = kind === 'HelmRelease' || kind === 'HelmChart';
  if (isChart && textAt(object, ...source) !== 'HelmRepository') return;
  for (const path of ownOf(ranges, kind) ?? []) {
    const range = textAt(object, ...path.map(String));
    if (range === undefined || range.includes('${') || isSemverConstraint(range)) continue;
    yield {
      at: [resource, ...path],
      message: `${JSON.stringify(range)} is not a range of versions, so ${kind} ${nameOf(object)} never gets one`,
      help: 'write a version, or a range such as ">=1.2.0 <2.0.0" or 1.x; the name of a branch or tag goes under branch or tag',
    };
  }
}
