import type { Mapping } from '../../source/value.ts';
import {
  type Check,
  duplicate,
  each,
  forbidden,
  invalid,
  notFound,
  notSupported,
  required,
  supported,
  tooMany,
  within,
} from './check.ts';
import { reportSharedHostPorts, validateContainerPorts, validateHostPorts } from './container-ports.ts';
import { validateEnv, validateEnvFrom, validateFileKeyVolumes } from './env.ts';
import { has, isEmpty, items, optionalText, struct, structs, text } from './fields.ts';
import { checkText, dns1123Label } from './names.ts';
import { type Grace, validateLifecycle, validateProbes } from './probes.ts';
import { containerResourceName, validateResourceClaimNames, validateResources } from './resources.ts';
import { validateSecurityContext } from './security-context.ts';
import { type Volumes, validateVolumeDevices, validateVolumeMounts } from './volume-mounts.ts';

/** What a container has to know of its pod. */
export interface PodContext extends Grace {
  readonly volumes: Volumes;
  readonly resourceClaims: ReadonlySet<string>;
  readonly restartPolicy: string;
  readonly hostUsers: boolean;
  /** A Pod itself, not a template: some defaults apply to it alone. */
  readonly isPod: boolean;
  readonly hostPortsDefaulted: boolean;
}

const pullPolicies = ['Always', 'IfNotPresent', 'Never'];
const restartPolicies = ['Always', 'Never', 'OnFailure'];
const maxRestartRules = 20;
const maxExitCodes = 255;
const notEphemeral = [
  'ports',
  'resources',
  'livenessProbe',
  'readinessProbe',
  'startupProbe',
  'lifecycle',
  'resizePolicy',
  'restartPolicy',
  'restartPolicyRules',
];

/** Checks the three lists of containers of a pod. */
export function validateContainers(spec: Mapping, check: Check, context: PodContext): void {
  if (isEmpty(spec, 'containers')) required(check, 'containers', 'must have at least one container');
  const names = new Set<string>();
  each(check, spec, 'containers', (container) => {
    validateContainer(container, check, context);
    claimName(container, check, names);
    validateLifecycle(container, check, context);
    validateProbes(container, check, context);
    validateRestartRules(container, check);
  });
  validateHostPorts(spec, 'containers', check, context.hostPortsDefaulted);
  each(check, spec, 'initContainers', (container) => {
    validateContainer(container, check, context);
    claimName(container, check, names);
    validateInitContainer(container, check, context);
  });
  validateEphemeralContainers(spec, check, context, names);
}

/** Checks ResizePolicy entries, which a container and a pod that never restarts must agree on. */
function validateResizePolicy(container: Mapping, check: Check, restartPolicy: string): void {
  const seen = new Set<string>();
  each(check, container, 'resizePolicy', (policy) => {
    const name = text(policy, 'resourceName');
    if (seen.has(name)) duplicate(check, [], name);
    seen.add(name);
    if (name === '') required(check, 'resourceName');
    else supported(check, 'resourceName', name, ['cpu', 'memory']);
    const restart = text(policy, 'restartPolicy');
    if (restart === '') required(check, 'restartPolicy');
    else supported(check, 'restartPolicy', restart, ['NotRequired', 'RestartContainer']);
    if (restartPolicy === 'Never' && restart !== 'NotRequired')
      invalid(check, 'restartPolicy', restart, 'must be NotRequired in a pod with restartPolicy Never');
  });
}

function validateContainer(container: Mapping, check: Check, context: PodContext): void {
  const name = text(container, 'name');
  if (name === '') required(check, 'name');
  else checkText(check, 'name', name, dns1123Label);
  validateImage(container, check, context);
  const messagePolicy = text(container, 'terminationMessagePolicy');
  if (messagePolicy !== '')
    supported(check, 'terminationMessagePolicy', messagePolicy, ['File', 'FallbackToLogsOnError']);
  validateContainerPorts(container, check);
  validateEnv(container, check);
  validateFileKeyVolumes(container, check, context.volumes);
  validateEnvFrom(container, check);
  validateVolumeMounts(container, check, context.volumes);
  validateVolumeDevices(container, check, context.volumes);
  within(check, container, 'resources', (resources) => {
    validateResources(resources, check, containerResourceName);
    validateResourceClaimNames(resources, check, context.resourceClaims);
  });
  // Dropped unread before 1.33.
  if (check.minor >= 33) validateResizePolicy(container, check, context.restartPolicy);
  validateSecurityContext(container, check, context.hostUsers);
}

function validateImage(container: Mapping, check: Check, context: PodContext): void {
  const image = text(container, 'image');
  if (image === '') required(check, 'image');
  // In templates the API server lets it pass, and the pods are refused later.
  else if (context.isPod && image.trim() !== image)
    invalid(check, 'image', image, 'must not have leading or trailing spaces', `write "${image.trim()}"`);
  const policy = text(container, 'imagePullPolicy');
  if (policy !== '') supported(check, 'imagePullPolicy', policy, pullPolicies);
}

function claimName(container: Mapping, check: Check, names: Set<string>): void {
  const name = text(container, 'name');
  if (name !== '' && names.has(name))
    duplicate(check, 'name', name, `there is already a container "${name}"`);
  names.add(name);
}

function validateInitContainer(container: Mapping, check: Check, context: PodContext): void {
  const isSidecar = text(container, 'restartPolicy') === 'Always';
  validateInitRestartPolicy(container, check);
  reportSharedHostPorts(container, check, new Set(), context.hostPortsDefaulted);
  if (isSidecar) {
    validateLifecycle(container, check, context);
    validateProbes(container, check, context);
    return;
  }
  for (const key of ['lifecycle', 'livenessProbe', 'readinessProbe', 'startupProbe'])
    if (has(container, key))
      forbidden(check, key, 'is allowed only for init containers with restartPolicy: Always');
  if (check.minor < 36) return;
  structs(container, 'resizePolicy').forEach((policy, index) => {
    if (text(policy, 'restartPolicy') === 'RestartContainer')
      invalid(
        check,
        ['resizePolicy', index, 'restartPolicy'],
        'RestartContainer',
        'is allowed only for sidecars',
      );
  });
}

/** Init containers restart always or not at all until 1.35, when rules came for every container. */
function validateInitRestartPolicy(container: Mapping, check: Check): void {
  const policy = optionalText(container, 'restartPolicy');
  if (check.minor >= 35) validateRestartRules(container, check);
  else if (policy !== undefined && policy !== 'Always')
    notSupported(check, 'restartPolicy', policy, ['Always']);
}

function validateRestartRules(container: Mapping, check: Check): void {
  const policy = optionalText(container, 'restartPolicy');
  const rules = items(container, 'restartPolicyRules');
  if (check.minor < 35) {
    if (policy !== undefined)
      forbidden(
        check,
        'restartPolicy',
        'is allowed only for init containers',
        'remove it, or move the container to initContainers',
      );
    return;
  }
  if (policy === undefined && rules.length > 0)
    required(check, 'restartPolicy', 'must be set with restartPolicyRules');
  supported(check, 'restartPolicy', policy, restartPolicies);
  if (rules.length > maxRestartRules) tooMany(check, 'restartPolicyRules', rules.length, maxRestartRules);
  const actions = check.minor >= 36 ? ['Restart', 'RestartAllContainers'] : ['Restart'];
  each(check, container, 'restartPolicyRules', (rule) => {
    supported(check, 'action', text(rule, 'action'), actions);
    const exitCodes = struct(rule, 'exitCodes');
    if (exitCodes === undefined) required(check, 'exitCodes');
    else supported(check, ['exitCodes', 'operator'], text(exitCodes, 'operator'), ['In', 'NotIn']);
    const count = items(exitCodes, 'values').length;
    if (count > maxExitCodes) tooMany(check, ['exitCodes', 'values'], count, maxExitCodes);
  });
}

function validateEphemeralContainers(
  spec: Mapping,
  check: Check,
  context: PodContext,
  names: Set<string>,
): void {
  const targets = new Set(names);
  each(check, spec, 'ephemeralContainers', (container) => {
    validateContainer(container, check, context);
    claimName(container, check, names);
    const target = text(container, 'targetContainerName');
    if (target !== '' && !targets.has(target))
      notFound(check, 'targetContainerName', target, 'no container of the pod has this name');
    for (const key of notEphemeral)
      if (has(container, key)) forbidden(check, key, 'is not allowed for ephemeral containers');
    each(check, container, 'volumeMounts', (mount) => {
      for (const key of ['subPath', 'subPathExpr'])
        if (text(mount, key) !== '') forbidden(check, key, 'is not allowed for ephemeral containers');
    });
  });
}
