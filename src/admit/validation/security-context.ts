import type { Mapping } from '../../source/value.ts';
import {
  type Check,
  duplicate,
  each,
  forbidden,
  invalid,
  required,
  requireOneOf,
  supported,
  tooLong,
  within,
} from './check.ts';
import { flag, items, numberOf, optionalText, struct, text } from './fields.ts';
import { validateId } from './numbers.ts';
import { checkRelativePath } from './paths.ts';
import { validateWindowsOptions } from './windows.ts';

const sysctlPattern = /^(?:[a-z0-9](?:[-_a-z0-9]*[a-z0-9])?[./])*[a-z0-9](?:[-_a-z0-9]*[a-z0-9])?$/;
const profileTypes = ['Localhost', 'RuntimeDefault', 'Unconfined'];
const ipcSysctls = [
  'kernel.shmall',
  'kernel.shmmax',
  'kernel.shmmni',
  'kernel.shm_rmid_forced',
  'kernel.msgmax',
  'kernel.msgmnb',
  'kernel.msgmni',
  'kernel.sem',
];

/** Checks `securityContext` of a pod. */
export function validatePodSecurityContext(spec: Mapping, check: Check): void {
  within(check, spec, 'securityContext', (context) => {
    for (const key of ['fsGroup', 'runAsUser', 'runAsGroup']) validateId(check, context, key);
    validateSupplementalGroups(context, check);
    validateSysctls(context, check, spec);
    supported(check, 'fsGroupChangePolicy', optionalText(context, 'fsGroupChangePolicy'), [
      'OnRootMismatch',
      'Always',
    ]);
    within(check, context, 'seccompProfile', validateSeccompProfile);
    within(check, context, 'windowsOptions', validateWindowsOptions);
    within(check, context, 'appArmorProfile', validateAppArmorProfile);
    // Dropped unread before 1.33.
    if (check.minor < 33) return;
    supported(check, 'supplementalGroupsPolicy', optionalText(context, 'supplementalGroupsPolicy'), [
      'Merge',
      'Strict',
    ]);
    const changePolicies = check.minor >= 37 ? ['MountOption', 'Recursive'] : ['Recursive'];
    // The other one came with the feature gate SELinuxMount, which is on by default since 1.37.
    supported(check, 'seLinuxChangePolicy', optionalText(context, 'seLinuxChangePolicy'), changePolicies);
  });
  if (flag(spec, 'shareProcessNamespace') === true && flag(spec, 'hostPID') === true)
    invalid(check, 'shareProcessNamespace', true, 'must not be set together with hostPID');
}

/** Checks `securityContext` of a container. */
export function validateSecurityContext(container: Mapping, check: Check, hostUsers: boolean): void {
  within(check, container, 'securityContext', (context) => {
    for (const key of ['runAsUser', 'runAsGroup']) validateId(check, context, key);
    // Dropped unread before 1.33.
    const procMount = check.minor >= 33 ? optionalText(context, 'procMount') : undefined;
    supported(check, 'procMount', procMount, ['Default', 'Unmasked']);
    if (hostUsers && procMount === 'Unmasked')
      invalid(check, 'procMount', procMount, 'Unmasked needs hostUsers: false in the pod');
    within(check, context, 'seccompProfile', validateSeccompProfile);
    validateEscalation(context, check);
    within(check, context, 'windowsOptions', validateWindowsOptions);
    within(check, context, 'appArmorProfile', validateAppArmorProfile);
  });
}

function validateSupplementalGroups(context: Mapping, check: Check): void {
  const groups = items(context, 'supplementalGroups');
  for (let index = 0; index < groups.length; index++) {
    const group = numberOf(groups[index]);
    if (group < 0 || group > 2_147_483_647)
      invalid(check, ['supplementalGroups', index], group, 'must be between 0 and 2147483647');
  }
}

function validateEscalation(context: Mapping, check: Check): void {
  if (flag(context, 'allowPrivilegeEscalation') !== false) return;
  if (flag(context, 'privileged') === true)
    invalid(
      check,
      'allowPrivilegeEscalation',
      false,
      'a privileged container can always escalate',
      'remove privileged, or allowPrivilegeEscalation',
    );
  if (items(struct(context, 'capabilities'), 'add').includes('CAP_SYS_ADMIN'))
    invalid(check, 'allowPrivilegeEscalation', false, 'CAP_SYS_ADMIN always allows escalation');
}

function validateSysctls(context: Mapping, check: Check, spec: Mapping): void {
  const names = new Set<string>();
  each(check, context, 'sysctls', (sysctl) => {
    const name = text(sysctl, 'name');
    if (name === '') required(check, 'name');
    else if (name.length > 253 || !sysctlPattern.test(name))
      invalid(check, 'name', name, 'must be the name of a sysctl, such as net.core.somaxconn');
    else if (names.has(name)) duplicate(check, 'name', name);
    names.add(name);
    const dotted = name.replaceAll('/', '.');
    if (flag(spec, 'hostNetwork') === true && dotted.startsWith('net.'))
      invalid(check, 'name', name, 'must not be set with hostNetwork');
    if (flag(spec, 'hostIPC') === true && (ipcSysctls.includes(dotted) || dotted.startsWith('fs.mqueue.')))
      invalid(check, 'name', name, 'must not be set with hostIPC');
  });
}

function validateSeccompProfile(profile: Mapping, check: Check): void {
  const type = text(profile, 'type');
  requireOneOf(check, 'type', type, profileTypes);
  const localhost = optionalText(profile, 'localhostProfile');
  if (type === 'Localhost') {
    if (localhost === undefined) required(check, 'localhostProfile', 'must be set with type Localhost');
    else checkRelativePath(check, 'localhostProfile', localhost);
  } else if (localhost !== undefined)
    invalid(check, 'localhostProfile', localhost, 'is allowed only for type Localhost');
}

function validateAppArmorProfile(profile: Mapping, check: Check): void {
  const type = text(profile, 'type');
  requireOneOf(check, 'type', type, profileTypes);
  const localhost = optionalText(profile, 'localhostProfile');
  if (type !== 'Localhost') {
    if (localhost !== undefined && profileTypes.includes(type))
      invalid(check, 'localhostProfile', localhost, 'is allowed only for type Localhost');
    return;
  }
  if (localhost === undefined || localhost === '')
    required(check, 'localhostProfile', 'must be set with type Localhost');
  else if (localhost.trim() !== localhost)
    invalid(check, 'localhostProfile', localhost, 'must not have leading or trailing spaces');
  if ((localhost ?? '').length > 4095) tooLong(check, 'localhostProfile', 4095);
}

/** The rules of a pod whose users are not the host's. */
export function validateHostUsers(spec: Mapping, check: Check): void {
  if (flag(spec, 'hostUsers') !== false) return;
  for (const key of ['hostNetwork', 'hostPID', 'hostIPC'])
    if (flag(spec, key) === true) forbidden(check, key, 'must not be set with hostUsers: false');
  if (check.minor < 34) return;
  for (const list of ['containers', 'initContainers', 'ephemeralContainers'])
    each(check, spec, list, (container) => {
      if (items(container, 'volumeDevices').length > 0)
        forbidden(check, 'volumeDevices', 'must not be set with hostUsers: false');
    });
}
