import type { Mapping } from '../../source/value.ts';
import { type Check, each, forbidden, invalid, requireOneOf, within } from './check.ts';
import { flag, has, items, optionalText, struct, structs, text } from './fields.ts';
import { checkText, dns1123Subdomain } from './names.ts';

const containerLists = ['containers', 'initContainers', 'ephemeralContainers'];
const linuxPodFields = [
  'appArmorProfile',
  'seLinuxOptions',
  'seccompProfile',
  'fsGroup',
  'fsGroupChangePolicy',
  'runAsUser',
  'runAsGroup',
  'supplementalGroups',
  'supplementalGroupsPolicy',
  'seLinuxChangePolicy',
];
const linuxContainerFields = [
  'appArmorProfile',
  'seLinuxOptions',
  'seccompProfile',
  'capabilities',
  'readOnlyRootFilesystem',
  'privileged',
  'allowPrivilegeEscalation',
  'procMount',
  'runAsUser',
  'runAsGroup',
];
const netBiosPattern = /^[^\\/:*?"<>|.][^\\/:*?"<>|]{0,14}$/;
const userDomainPattern =
  /^[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*$/;

/** Checks `os` of a pod and what it excludes. */
export function validateOs(spec: Mapping, check: Check): void {
  within(check, spec, 'os', (os) => requireOneOf(check, 'name', text(os, 'name'), ['linux', 'windows']));
  const name = text(struct(spec, 'os'), 'name');
  if (name === 'linux') forbidWindowsOptions(spec, check);
  if (name === 'windows') forbidLinuxFields(spec, check);
}

/** In a pod with HostProcess containers all are such, on the host's network. */
export function validateHostProcess(spec: Mapping, check: Check): void {
  const ofPod = hostProcessOf(spec);
  let hostProcesses = 0;
  let count = 0;
  for (const list of containerLists)
    for (const container of structs(spec, list)) {
      count++;
      const own = hostProcessOf(container);
      if (own ?? ofPod ?? false) hostProcesses++;
      if (ofPod !== undefined && own !== undefined && ofPod !== own)
        invalid(
          check,
          [list, structs(spec, list).indexOf(container), 'securityContext', 'windowsOptions', 'hostProcess'],
          own,
          `must be ${ofPod} as in the pod`,
        );
    }
  if (hostProcesses === 0) return;
  if (hostProcesses !== count)
    invalid(check, [], '', 'if one container is a HostProcess container, all must be');
  if (flag(spec, 'hostNetwork') !== true)
    invalid(
      check,
      'hostNetwork',
      false,
      'must be true for HostProcess containers',
      'write hostNetwork: true',
    );
}

/** Checks `windowsOptions` that the path stands at. */
export function validateWindowsOptions(options: Mapping, check: Check): void {
  const specName = optionalText(options, 'gmsaCredentialSpecName');
  if (specName !== undefined) checkText(check, 'gmsaCredentialSpecName', specName, dns1123Subdomain);
  const spec = optionalText(options, 'gmsaCredentialSpec');
  if (spec === '') invalid(check, 'gmsaCredentialSpec', spec, 'must not be empty');
  else if (spec !== undefined && spec.length > 64 * 1024)
    invalid(check, 'gmsaCredentialSpec', '', 'must be under 64 KiB');
  const user = optionalText(options, 'runAsUserName');
  if (user !== undefined) checkText(check, 'runAsUserName', user, windowsUserName);
}

function windowsUserName(value: string): string | undefined {
  if (value === '') return 'must not be empty';
  if (/[\x00-\x1f\x7f]/.test(value)) return 'must not contain control characters';
  const parts = value.split('\\');
  if (parts.length > 2) return 'must have at most one backslash';
  const [first = '', second] = parts;
  const user = second ?? first;
  if (second !== undefined) {
    if (first.length >= 256) return 'the domain must have fewer than 256 characters';
    if (!netBiosPattern.test(first) && !userDomainPattern.test(first))
      return 'the domain must be a NetBIOS or DNS name';
  }
  if (user === '') return 'the user must not be empty';
  if (user.length > 104) return 'the user must have at most 104 characters';
  if (/^[. ]+$/.test(user)) return 'the user must not be only dots and spaces';
  return /["/\\:;|=,+*?<>@[\]]/.test(user) ? 'the user must not contain any of "/\\:;|=,+*?<>@[]' : undefined;
}

function forbidWindowsOptions(spec: Mapping, check: Check): void {
  const report = (parent: Mapping) => {
    if (has(struct(parent, 'securityContext'), 'windowsOptions'))
      forbidden(check, ['securityContext', 'windowsOptions'], 'must not be set in a linux pod');
  };
  report(spec);
  for (const list of containerLists) each(check, spec, list, report);
}

function forbidLinuxFields(spec: Mapping, check: Check): void {
  const context = struct(spec, 'securityContext');
  const reportFields = (parent: Mapping | undefined, fields: readonly string[]) => {
    for (const key of fields)
      if (has(parent, key)) forbidden(check, ['securityContext', key], 'must not be set in a windows pod');
  };
  reportFields(context, linuxPodFields);
  if (items(context, 'sysctls').length > 0)
    forbidden(check, ['securityContext', 'sysctls'], 'must not be set in a windows pod');
  for (const key of ['hostUsers', 'shareProcessNamespace'])
    if (has(spec, key)) forbidden(check, key, 'must not be set in a windows pod');
  for (const key of ['hostPID', 'hostIPC'])
    if (flag(spec, key) === true) forbidden(check, key, 'must not be set in a windows pod');
  if (check.minor >= 34 && has(spec, 'resources'))
    forbidden(check, 'resources', 'must not be set in a windows pod');
  for (const list of containerLists)
    each(check, spec, list, (container) =>
      reportFields(struct(container, 'securityContext'), linuxContainerFields),
    );
}

function hostProcessOf(parent: Mapping): boolean | undefined {
  return flag(struct(struct(parent, 'securityContext'), 'windowsOptions'), 'hostProcess');
}
