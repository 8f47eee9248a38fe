import type { Mapping } from '../../source/value.ts';
import { mappingOf } from '../../source/value.ts';
import { type Check, duplicate, each, eachText, invalid, within } from '../validation/check.ts';
import { has, isEmpty, numeric, struct, structs, text } from '../validation/fields.ts';
import { dns1123Label } from '../validation/names.ts';
import { isSameProfile } from '../validation/pod-annotations.ts';
import { warnOfIp } from './network-warnings.ts';
import { warnOfExpressions, warnOfLabel, warnOfSelector, warnOfTerms } from './node-labels.ts';
import { containerLists, warnOfPorts } from './port-warnings.ts';
import { warnOfFraction } from './quota-warnings.ts';
import { warnOfClaim } from './storage-warnings.ts';
import { warnOfPaths } from './volume-path-warnings.ts';

const annotations: Readonly<Record<string, string>> = {
  'scheduler.alpha.kubernetes.io/critical-pod': 'priorityClassName',
  'security.alpha.kubernetes.io/sysctls': 'sysctls',
  'security.alpha.kubernetes.io/unsafe-sysctls': 'sysctls',
};
// Volumes of drivers that are no more: since when nothing mounts them.
const volumes: Readonly<Record<string, string>> = {
  photonPersistentDisk: '1.16',
  scaleIO: '1.22',
  flocker: '1.25',
  storageos: '1.25',
  quobyte: '1.25',
  glusterfs: '1.26',
  cephfs: '1.31',
  rbd: '1.31',
};

/** The name of a workload is part of its pods' hostnames. */
export function warnOfDottedName(object: Mapping, check: Check): void {
  const name = text(struct(object, 'metadata'), 'name');
  if (name !== '' && dns1123Label(name) !== undefined && name.length <= 253)
    invalid(
      check,
      ['metadata', 'name'],
      name,
      'should be a DNS label, because its pods use it in their hostnames',
    );
}

/** Warns of what stands in a Pod or in a template of pods: `k8s.io/kubernetes/pkg/api/pod/warnings.go`. */
export function warnOfPod(pod: Mapping, check: Check): void {
  warnOfAnnotations(pod, check);
  within(check, pod, 'spec', (spec) => {
    warnOfPlacement(spec, check);
    warnOfVolumes(spec, check);
    warnOfPaths(spec, check);
    warnOfTwins(spec, check);
    for (const name of ['memory', 'ephemeral-storage']) warnOfFraction(spec, ['overhead', name], check);
    for (const list of containerLists)
      each(check, spec, list, (container) => {
        for (const kind of ['limits', 'requests'])
          for (const name of ['memory', 'ephemeral-storage'])
            warnOfFraction(container, ['resources', kind, name], check);
      });
    warnOfPorts(spec, check);
    const seconds = numeric(spec, 'terminationGracePeriodSeconds');
    if (seconds !== undefined && seconds < 0)
      invalid(check, 'terminationGracePeriodSeconds', seconds, 'must not be negative; it counts as 1');
  });
}

function warnOfAnnotations(pod: Mapping, check: Check): void {
  const given = struct(struct(pod, 'metadata'), 'annotations');
  for (const [key, field] of Object.entries(annotations)) {
    if (!has(given, key)) continue;
    invalid(
      check,
      ['metadata', 'annotations', key],
      null,
      'no longer has any effect',
      `set ${field} instead`,
    );
  }
  warnOfProfiles(pod, given, check);
}

/** Seccomp and AppArmor had annotations before they had fields. */
function warnOfProfiles(pod: Mapping, given: Mapping | undefined, check: Check): void {
  const spec = struct(pod, 'spec');
  const seccomp = 'seccomp.security.alpha.kubernetes.io/pod';
  if (has(given, seccomp) && !has(struct(spec, 'securityContext'), 'seccompProfile'))
    invalid(
      check,
      ['metadata', 'annotations', seccomp],
      null,
      'no longer has any effect',
      'set seccompProfile instead',
    );
  for (const list of containerLists)
    for (const container of structs(spec, list)) {
      const own = struct(container, 'securityContext');
      const before = `container.seccomp.security.alpha.kubernetes.io/${text(container, 'name')}`;
      if (has(given, before) && !has(own, 'seccompProfile'))
        invalid(
          check,
          ['metadata', 'annotations', before],
          null,
          'no longer has any effect',
          'set seccompProfile instead',
        );
      const apparmor = `container.apparmor.security.beta.kubernetes.io/${text(container, 'name')}`;
      const ofPod = struct(struct(spec, 'securityContext'), 'appArmorProfile');
      const isRead = has(own, 'appArmorProfile') || isSameProfile(ofPod, text(given, apparmor));
      if (check.minor >= 30 && has(given, apparmor) && !isRead)
        invalid(
          check,
          ['metadata', 'annotations', apparmor],
          null,
          'is deprecated as of Kubernetes 1.30',
          'set appArmorProfile instead',
        );
    }
}

function warnOfPlacement(spec: Mapping, check: Check): void {
  warnOfSelector(spec, check);
  each(check, spec, 'topologySpreadConstraints', (constraint) =>
    warnOfLabel(check, 'topologyKey', text(constraint, 'topologyKey')),
  );
  within(check, spec, 'affinity', (affinity) => {
    within(check, affinity, 'nodeAffinity', (node) => {
      within(check, node, 'requiredDuringSchedulingIgnoredDuringExecution', (required) =>
        warnOfTerms(required, 'nodeSelectorTerms', check),
      );
      each(check, node, 'preferredDuringSchedulingIgnoredDuringExecution', (preferred) =>
        within(check, preferred, 'preference', (term) => warnOfExpressions(term, check)),
      );
    });
    for (const key of ['podAffinity', 'podAntiAffinity'])
      within(check, affinity, key, (terms) => warnOfPodAffinity(terms, check));
  });
}

function warnOfPodAffinity(terms: Mapping, check: Check): void {
  const report = (term: Mapping | undefined, at: readonly string[]): void => {
    if (term !== undefined && !has(term, 'labelSelector'))
      invalid(check, [...at, 'labelSelector'], null, 'is not set, so the term matches no pod');
  };
  each(check, terms, 'requiredDuringSchedulingIgnoredDuringExecution', (term) => report(term, []));
  each(check, terms, 'preferredDuringSchedulingIgnoredDuringExecution', (weighted) =>
    report(struct(weighted, 'podAffinityTerm'), ['podAffinityTerm']),
  );
}

function warnOfVolumes(spec: Mapping, check: Check): void {
  each(check, spec, 'volumes', (volume) => {
    for (const [source, since] of Object.entries(volumes))
      if (has(volume, source))
        invalid(check, source, null, `volumes have no effect as of Kubernetes ${since}`);
    if (has(volume, 'gitRepo'))
      invalid(
        check,
        'gitRepo',
        null,
        check.minor >= 33
          ? 'volumes are off by default as of Kubernetes 1.33'
          : 'volumes are deprecated as of Kubernetes 1.11',
        'clone the repository in an init container',
      );
    const template = struct(struct(volume, 'ephemeral'), 'volumeClaimTemplate');
    if (template === undefined) return;
    check.path.push('ephemeral', 'volumeClaimTemplate');
    warnOfClaim(mappingOf({ spec: template['spec'] ?? null }), check);
    check.path.splice(-2);
  });
}

/** Warns of hosts and pull secrets that stand there twice. */
function warnOfTwins(spec: Mapping, check: Check): void {
  within(check, spec, 'dnsConfig', (config) =>
    eachText(check, config, 'nameservers', (address, _, index) => warnOfIp(check, index, address)),
  );
  for (const [list, key] of [
    ['hostAliases', 'ip'],
    ['imagePullSecrets', 'name'],
  ] as const) {
    const seen = new Set<string>();
    each(check, spec, list, (item) => {
      const value = text(item, key);
      if (seen.has(value)) duplicate(check, key, value);
      seen.add(value);
      if (list === 'hostAliases') warnOfIp(check, key, value);
      if (list === 'imagePullSecrets' && value === '' && isEmpty(item, key))
        invalid(check, key, value, 'is empty, so it names no secret');
    });
  }
}
