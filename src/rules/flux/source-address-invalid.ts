import { compileGoRegExp } from '../../build/go-regexp.ts';
import { textAt } from '../../object/object-field.ts';
import { nameOf, type Resource } from '../../object/resource.ts';
import type { RuleProblem } from '../../object/rule-problem.ts';
import { ownOf } from '../../source/own.ts';
import type { Path } from '../../source/value.ts';
import { valueText } from '../../source/value-text.ts';
import type { ClusterRule } from '../rule.ts';
import { describeObject, fluxKinds } from './flux-objects.ts';
import { isSemverConstraint } from './semver-constraint.ts';

/** What source-controller 1.9 refuses at once: addresses of the wrong scheme, tags in them, ranges of versions and hashes that are none. */
export const sourceAddressInvalid: ClusterRule = {
  id: 'source-address-invalid',
  severity: 'error',
  scope: 'cluster',
  tags: ['flux', 'supply-chain'],
  *judge(cluster) {
    for (const resource of fluxKinds(cluster, 'HelmRepository')) yield* judgeHelmRepository(resource);
    for (const resource of fluxKinds(cluster, 'OCIRepository')) {
      yield* judgeOciRepository(resource);
      yield* judgeHash(resource, 'digest');
    }
    for (const resource of fluxKinds(cluster, 'GitRepository')) {
      yield* judgeReference(resource);
      yield* judgeHash(resource, 'commit');
    }
    for (const resource of fluxKinds(cluster, 'Bucket')) yield* judgeEndpoint(resource);
    const versioned = fluxKinds(
      cluster,
      'OCIRepository',
      'GitRepository',
      'HelmChart',
      'HelmRelease',
      'ImagePolicy',
    );
    for (const resource of versioned) yield* judgeVersions(resource);
    for (const resource of fluxKinds(cluster, 'OCIRepository', 'ImagePolicy')) yield* judgePattern(resource);
  },
};

function* judgeHelmRepository(resource: Resource): Iterable<RuleProblem> {
  const url = textAt(resource.object, 'spec', 'url') ?? '';
  const isOci = textAt(resource.object, 'spec', 'type') === 'oci';
  if (url === '' || url.includes('${') || url.startsWith('oci://') === isOci) return;
  yield {
    at: [resource, 'spec', 'url'],
    message: `${describeObject(resource)} is of type ${isOci ? 'oci' : 'default'}, but ${url} is not an address of that type, so it stalls`,
    help: isOci
      ? 'write the address as oci://, or remove type: oci'
      : 'set type: oci, or use an OCIRepository',
  };
}

function* judgeOciRepository(resource: Resource): Iterable<RuleProblem> {
  const url = textAt(resource.object, 'spec', 'url') ?? '';
  const last = url.slice(url.lastIndexOf('/') + 1);
  const mark = url.startsWith('oci://') ? /[:@].*$/u.exec(last)?.[0] : undefined;
  const name = url.slice(url.indexOf('/', 'oci://'.length) + 1);
  if (mark === undefined && url.startsWith('oci://') && /[^a-z0-9_./-]/u.test(name) && !url.includes('${'))
    yield {
      at: [resource, 'spec', 'url'],
      message: `the URL of ${describeObject(resource)} contains a repository name with characters other than lowercase letters, digits, "_", "-", "." and "/", so it stalls`,
      help: 'write the name of the repository in lowercase, as in the registry',
    };
  // A port belongs to the host.
  if (mark === undefined || url.indexOf('/', 'oci://'.length) < 0 || url.includes('${')) return;
  const what = mark.startsWith('@') ? 'digest' : 'tag';
  yield {
    at: [resource, 'spec', 'url'],
    message: `the URL of ${describeObject(resource)} contains a ${what}, which is not allowed, so it stalls`,
    help: `remove ${mark}, and write spec.ref.${what}`,
  };
}

const hashes = {
  digest: { pattern: /^sha256:[0-9a-f]{64}$/u, words: 'sha256: with 64 hexadecimal digits in lowercase' },
  // go-git reads no more of it.
  commit: { pattern: /^[0-9a-f]{40}/iu, words: 'all 40 hexadecimal digits of the hash of the commit' },
};

/** The controller looks a digest and a commit up by the whole hash and tries again for ever; the schema takes any text. */
function* judgeHash(resource: Resource, field: keyof typeof hashes): Iterable<RuleProblem> {
  const hash = textAt(resource.object, 'spec', 'ref', field) ?? '';
  const { pattern, words } = hashes[field];
  if (hash === '' || hash.includes('${') || pattern.test(hash)) return;
  yield {
    at: [resource, 'spec', 'ref', field],
    message: `${JSON.stringify(hash)} is not a full ${field}, so ${describeObject(resource)} never gets a revision`,
    help: `write ${words}`,
  };
}

/** The names that a remote lists are whole, with all that stands before a branch. */
function* judgeReference(resource: Resource): Iterable<RuleProblem> {
  const name = textAt(resource.object, 'spec', 'ref', 'name');
  if (name === undefined || name === 'HEAD' || name.startsWith('refs/') || name.includes('${')) return;
  yield {
    at: [resource, 'spec', 'ref', 'name'],
    message: `${JSON.stringify(name)} is not a full reference name, so ${describeObject(resource)} never gets a revision`,
    help: `write refs/heads/${name}, or branch: ${name}`,
  };
}

/** Only Azure takes an address with a scheme. */
function* judgeEndpoint(resource: Resource): Iterable<RuleProblem> {
  const endpoint = textAt(resource.object, 'spec', 'endpoint') ?? '';
  const provider = textAt(resource.object, 'spec', 'provider') ?? 'generic';
  if (!['generic', 'aws'].includes(provider) || !/^https?:\/\//u.test(endpoint)) return;
  yield {
    at: [resource, 'spec', 'endpoint'],
    message: `the endpoint of ${describeObject(resource)} has a scheme, so nothing is ever fetched from it`,
    help: 'write only the host and port; insecure: true means http',
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
      message: `${JSON.stringify(range)} is not a version range, so ${kind} ${nameOf(object)} never gets one`,
      help: 'write a version, or a range such as ">=1.2.0 <2.0.0" or 1.x; put the name of a branch or tag in branch or tag',
    };
  }
}

const patterns: Readonly<Record<string, Path>> = {
  OCIRepository: ['spec', 'ref', 'semverFilter'],
  ImagePolicy: ['spec', 'filterTags', 'pattern'],
};

/** The controllers compile the pattern for tags each time they look for one; what `extract` names and the pattern lacks is empty. */
function* judgePattern(resource: Resource): Iterable<RuleProblem> {
  const { object } = resource;
  const path = ownOf(patterns, valueText(object['kind'])) ?? [];
  const pattern = textAt(object, ...path.map(String)) ?? '';
  if (pattern === '' || pattern.includes('${')) return;
  const compiled = compileGoRegExp(pattern);
  if ('problem' in compiled) {
    yield {
      at: [resource, ...path],
      message: `${compiled.problem}, so ${describeObject(resource)} never gets a tag`,
      help: 'write it in the syntax of Go (RE2), which has no lookaround and no backreferences',
    };
    return;
  }
  const extract = textAt(object, 'spec', 'filterTags', 'extract') ?? '';
  const missing = groupsIn(extract).find((name) => !isGroupOf(pattern, name));
  if (path[1] !== 'filterTags' || missing === undefined) return;
  yield {
    at: [resource, 'spec', 'filterTags', 'extract'],
    message: `the pattern has no group ${missing}, so every tag becomes an empty string, and ${describeObject(resource)} never gets a tag`,
    help: `name a group (?P<${/^\d/u.test(missing) ? 'name' : missing}>…) in the pattern; put the name in braces if letters follow it`,
  };
}

/** What Go's Expand takes for names of groups: as many letters, digits and underscores as follow, or what stands in braces. */
function groupsIn(template: string): string[] {
  return [...template.replaceAll('$$', '').matchAll(/\$(?:\{(\w+)\}|(\w+))/gu)].map(
    ([, braced, plain]) => braced ?? plain ?? '',
  );
}

function isGroupOf(pattern: string, name: string): boolean {
  if (!/^\d+$/u.test(name)) return pattern.includes(`(?P<${name}>`) || pattern.includes(`(?<${name}>`);
  return Number(name) < pattern.split('(').length;
}
