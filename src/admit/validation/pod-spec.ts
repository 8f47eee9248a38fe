import { type Mapping, newMapping } from '../../source/value.ts';
import { validateAffinity } from './affinity.ts';
import {
  type Check,
  duplicate,
  each,
  forbidden,
  invalid,
  required,
  requireTexts,
  supported,
} from './check.ts';
import { validateHostNetworkPorts } from './container-ports.ts';
import { type PodContext, validateContainers } from './containers.ts';
import { validateDnsConfig, validateHostAliases } from './dns-config.ts';
import { flag, numeric, optionalText, struct, structs, text } from './fields.ts';
import { validateLabels } from './metadata.ts';
import { checkText, dns1123Label, dns1123Subdomain, qualifiedName } from './names.ts';
import { inRange } from './numbers.ts';
import { validatePodResources } from './pod-resources.ts';
import { validateResourceMap } from './resources.ts';
import { validateHostUsers, validatePodSecurityContext } from './security-context.ts';
import { validateTolerations } from './tolerations.ts';
import { validateTopologySpread } from './topology-spread.ts';
import type { Volumes } from './volume-mounts.ts';
import { validateVolumes } from './volumes.ts';
import { validateHostProcess, validateOs } from './windows.ts';

/** Where a pod's spec stands: in a Pod of its own, or in a template, to which a StatefulSet adds claims. */
export interface PodPlace {
  readonly podName?: string;
  readonly podLabels?: Mapping | undefined;
  readonly claims?: Volumes;
  /** A StatefulSet gives its pods their host names, so those of its template are not looked at. */
  readonly namesHosts?: boolean;
}

const noVolumes: Volumes = new Map();
const dnsPolicies = ['ClusterFirstWithHostNet', 'ClusterFirst', 'Default', 'None'];
const defaultGracePeriod = 30;
const maxInt32 = 2_147_483_647;

/** Checks `spec` of a Pod or of a pod template. */
export function validatePodSpec(parent: Mapping, check: Check, place: PodPlace): void {
  const spec = struct(parent, 'spec') ?? newMapping();
  check.path.push('spec');
  const volumes = validateVolumes(spec, check, place.claims ?? noVolumes, place.podName ?? '');
  const context = contextOf(spec, volumes, place);
  validateResourceClaims(spec, check);
  validateContainers(spec, check, context);
  if (check.minor >= 34) validatePodResources(spec, check);
  if (flag(spec, 'hostNetwork') === true) validateHostNetworkPorts(spec, check, context.hostPortsDefaulted);
  validatePolicies(spec, check);
  validatePodSecurityContext(spec, check);
  validateScheduling(spec, check, place.podLabels);
  validateNetwork(spec, check, place);
  validateHostProcess(spec, check);
  validateHostUsers(spec, check);
  validateNameFields(spec, check);
  inRange(check, spec, 'activeDeadlineSeconds', 1, maxInt32);
  validateOs(spec, check);
  check.path.pop();
}

function contextOf(spec: Mapping, volumes: Volumes, place: PodPlace): PodContext {
  const isPod = place.podName !== undefined;
  return {
    volumes,
    resourceClaims: new Set(structs(spec, 'resourceClaims').map((claim) => text(claim, 'name'))),
    gracePeriod: numeric(spec, 'terminationGracePeriodSeconds') ?? defaultGracePeriod,
    restartPolicy: text(spec, 'restartPolicy') || 'Always',
    hostUsers: flag(spec, 'hostUsers') !== false,
    isPod,
    hostPortsDefaulted: isPod && flag(spec, 'hostNetwork') === true,
  };
}

function validatePolicies(spec: Mapping, check: Check): void {
  const restartPolicy = text(spec, 'restartPolicy');
  if (restartPolicy !== '')
    supported(check, 'restartPolicy', restartPolicy, ['Always', 'OnFailure', 'Never']);
  const dnsPolicy = text(spec, 'dnsPolicy');
  if (dnsPolicy !== '') supported(check, 'dnsPolicy', dnsPolicy, dnsPolicies);
  const preemptionPolicy = optionalText(spec, 'preemptionPolicy');
  if (preemptionPolicy === '') required(check, 'preemptionPolicy');
  else supported(check, 'preemptionPolicy', preemptionPolicy, ['PreemptLowerPriority', 'Never']);
  if (struct(spec, 'overhead') !== undefined) validateResourceMap(spec, 'overhead', check);
}

function validateScheduling(spec: Mapping, check: Check, podLabels: Mapping | undefined): void {
  validateLabels(spec, 'nodeSelector', check);
  validateAffinity(spec, check, podLabels);
  validateTolerations(spec, check);
  validateTopologySpread(spec, check, podLabels);
  each(check, spec, 'readinessGates', (gate) =>
    checkText(check, 'conditionType', text(gate, 'conditionType'), qualifiedName),
  );
  const gates = new Set<string>();
  each(check, spec, 'schedulingGates', (gate) => {
    const name = text(gate, 'name');
    checkText(check, 'name', name, qualifiedName);
    if (gates.has(name)) duplicate(check, 'name', name);
    gates.add(name);
  });
}

function validateNetwork(spec: Mapping, check: Check, place: PodPlace): void {
  validateDnsConfig(spec, check);
  validateHostAliases(spec, check);
  if (place.namesHosts !== true)
    for (const key of ['hostname', 'subdomain'])
      if (text(spec, key) !== '') checkText(check, key, text(spec, key), dns1123Label);
  const override = optionalText(spec, 'hostnameOverride');
  if (override === undefined || check.minor < 35) return;
  if (flag(spec, 'setHostnameAsFQDN') === true)
    forbidden(check, 'hostnameOverride', 'must not be set together with setHostnameAsFQDN: true');
  if (flag(spec, 'hostNetwork') === true)
    forbidden(check, 'hostnameOverride', 'must not be set together with hostNetwork: true');
  if (override.length > 64) invalid(check, 'hostnameOverride', override, 'must have at most 64 characters');
  else checkText(check, 'hostnameOverride', override, dns1123Subdomain);
}

function validateNameFields(spec: Mapping, check: Check): void {
  // The older name of the field counts where the newer one is empty.
  const account = text(spec, 'serviceAccountName') === '' ? 'serviceAccount' : 'serviceAccountName';
  for (const key of [account, 'nodeName', 'priorityClassName'])
    if (text(spec, key) !== '') checkText(check, key, text(spec, key), dns1123Subdomain);
  const runtimeClass = optionalText(spec, 'runtimeClassName');
  if (runtimeClass !== undefined) checkText(check, 'runtimeClassName', runtimeClass, dns1123Subdomain);
}

function validateResourceClaims(spec: Mapping, check: Check): void {
  const names = new Set<string>();
  each(check, spec, 'resourceClaims', (claim) => {
    const name = text(claim, 'name');
    requireTexts(claim, check, 'name');
    if (name !== '') {
      if (names.has(name)) duplicate(check, 'name', name);
      checkText(check, 'name', name, dns1123Label);
    }
    names.add(name);
    const direct = optionalText(claim, 'resourceClaimName');
    const template = optionalText(claim, 'resourceClaimTemplateName');
    if (direct !== undefined && template !== undefined)
      invalid(check, [], '', 'must have one of resourceClaimName and resourceClaimTemplateName, not both');
    if (direct === undefined && template === undefined)
      invalid(check, [], '', 'must have resourceClaimName or resourceClaimTemplateName');
    if (direct !== undefined) checkText(check, 'resourceClaimName', direct, dns1123Subdomain);
    if (template !== undefined) checkText(check, 'resourceClaimTemplateName', template, dns1123Subdomain);
  });
}
